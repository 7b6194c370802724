/* oxlint-disable max-params -- a typeface reads best as a row */
/** Typographic voices. All are free fonts packaged by Debian; they end up as pixels only. */
const voice = (face, weight, track, leading, { upper = false, tag = "'EB Garamond'", slant = 'normal' } = {}) => ({
  '--face': `'${face}'`,
  '--weight': weight,
  '--track': track,
  '--leading': leading,
  '--case': upper ? 'uppercase' : 'none',
  '--tagface': tag,
  '--slant': slant,
})

export const typefaces = {
  bebas: voice('Bebas Neue', 700, '0.03em', 0.9, { upper: true, tag: "'Lato'" }),
  didot: voice('GFS Didot', 400, '0.06em', 1.08, { upper: true }),
  garamond: voice('EB Garamond', 400, '-0.01em', 0.98),
  oldstd: voice('Old Standard TT', 700, '0em', 1, { tag: "'Old Standard TT'" }),
  spartan: voice('League Spartan', 800, '-0.035em', 0.88, { tag: "'Inter'" }),
  inter: voice('Inter Display', 900, '-0.035em', 0.93, { tag: "'Inter'" }),
  jura: voice('Jura', 300, '0.14em', 1.15, { upper: true, tag: "'Jura'" }),
  vollkorn: voice('Vollkorn', 900, '-0.01em', 0.95, { tag: "'Vollkorn'" }),
  lobster: voice('Lobster Two', 700, '0em', 1, { tag: "'Vollkorn'" }),
  averia: voice('Averia Serif GWF', 700, '0.01em', 1, { tag: "'Averia Serif GWF'" }),
  yanone: voice('Yanone Kaffeesatz', 600, '-0.005em', 0.86, { upper: true, tag: "'Cabin'" }),
  comfortaa: voice('Comfortaa', 700, '-0.02em', 1.05, { tag: "'Comfortaa'" }),
  quattro: voice('Quattrocento', 700, '0.05em', 1.1, { upper: true, tag: "'Quattrocento'" }),
  lato: voice('Lato', 300, '0.14em', 1.12, { upper: true, tag: "'Lato'" }),
}
