/** The eleven ways a poster is put together. `html` writes the words, `place` paints and fits them. */
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const title = (film) => `<h1 class="title">${escape(film.title)}</h1>`
const tagline = (film) => `<p class="tagline">${escape(film.tagline)}</p>`
const credits = (film) =>
  `<p class="credits">A film by <b>${escape(film.director)}</b><br>${escape(film.studio)} · ${film.year}</p>`
const oneLine = (film) =>
  `<p class="credits">${escape(film.studio)} presents a film by <b>${escape(film.director)}</b></p>`

const fullBleed =
  (horizon, box) =>
  ({ poster, picture, artCanvas, fit }) => {
    poster.prepend(artCanvas({ width: 480, height: 720, horizon, ...picture }))
    fit(poster.querySelector('.title'), ...box)
  }

const placed =
  (area, box) =>
  ({ poster, picture, artCanvas, fit }) => {
    poster.prepend(artCanvas({ ...area, ...picture }))
    fit(poster.querySelector('.title'), ...box)
  }

/** Breaks a title into two or three lines of similar length. */
function stackOf(text) {
  const words = text.split(' ')
  if (words.length === 1) return [text.slice(0, text.length / 2), text.slice(text.length / 2)]
  const count = Math.min(3, words.length)
  const target = words.join(' ').length / count
  const lines = ['']
  for (const word of words) {
    const open = lines.at(-1)
    const joined = open ? `${open} ${word}` : word
    if (open && joined.length > target * 1.25 && lines.length < count) lines.push(word)
    else lines[lines.length - 1] = joined
  }
  return lines
}

export const layouts = {
  lower: {
    html: (film) => `<div class="scrim"></div><div class="text">${tagline(film)}${title(film)}${oneLine(film)}</div>`,
    place: fullBleed(0.42, [408, 150, 104]),
  },
  upper: {
    html: (film) =>
      `<div class="scrim"></div><div class="text head">${title(film)}${tagline(film)}</div><div class="text foot">${oneLine(film)}</div>`,
    place: fullBleed(0.685, [408, 170, 92]),
  },
  centre: {
    html: (film) =>
      `<div class="scrim"></div><div class="frame"></div><div class="text head">${title(film)}<i class="rule"></i>${tagline(film)}</div><div class="text foot">${credits(film)}</div>`,
    place: fullBleed(0.6, [368, 150, 76]),
  },
  disc: {
    html: (film) =>
      `<i class="ring"></i><div class="text head">${oneLine(film)}</div><div class="text foot">${title(film)}${tagline(film)}</div>`,
    place: placed({ width: 390, height: 390, left: 45, top: 96 }, [412, 112, 84]),
  },
  arch: {
    html: (film) => `<i class="ring"></i><div class="text foot">${title(film)}${tagline(film)}${oneLine(film)}</div>`,
    place: placed({ width: 316, height: 430, left: 82, top: 46, horizon: 0.62 }, [412, 106, 64]),
  },
  letters: {
    html: (film) => `<div class="text head title"></div><div class="text foot">${tagline(film)}${credits(film)}</div>`,
    place: ({ poster, film, picture, artCanvas }) => {
      const art = artCanvas({
        width: 480,
        height: 720,
        horizon: 0.55,
        polish: { bloom: 0.1, vignette: 0, grain: 0.02 },
        ...picture,
      }).toDataURL('image/jpeg', 0.95)
      const head = poster.querySelector('.head')
      const lines = stackOf(film.title.toUpperCase())
      const room = 545 / lines.length
      let y = 0
      for (const text of lines) {
        const word = document.createElement('span')
        word.className = 'word'
        word.textContent = text
        word.style.fontSize = '100px'
        head.append(word)
        const size = (424 / word.offsetWidth) * 100
        word.style.fontSize = `${size}px`
        const tall = size * 0.76
        const stretch = Math.max(0.5, Math.min(2.4, (room - 10) / tall))
        const height = word.offsetHeight
        word.style.cssText += `position:absolute;left:0;top:${y - (height - tall) * 0.5 * stretch}px;transform:scaleY(${stretch});background-image:url(${art});background-size:480px ${720 / stretch}px;background-position:-28px ${-(y + 30) / stretch}px`
        y += tall * stretch + 12
      }
    },
  },
  bands: {
    html: (film) =>
      `<div class="text foot">${title(film)}<div class="row">${tagline(film)}${credits(film)}</div></div>`,
    place: ({ poster, picture, artCanvas, fit }) => {
      for (let band = 0; band < 5; band += 1) {
        const inset = [0, 60, 0, 110, 30][band]
        const right = [70, 0, 34, 0, 96][band]
        poster.prepend(
          artCanvas({
            width: 480 - inset - right,
            height: 84,
            left: inset,
            top: 30 + band * 93,
            horizon: 0.55,
            polish: { bloom: 0.2, vignette: 0.12, grain: 0.03 },
            ...picture,
            seed: `${picture.seed} ${band}`,
          }),
        )
      }
      fit(poster.querySelector('.title'), 420, 104, 86)
    },
  },
  framed: {
    html: (film) =>
      `<div class="text foot">${title(film)}${tagline(film)}<div class="cells"><span><small>Directed by</small>${escape(film.director)}</span><span><small>Produced by</small>${escape(film.studio)}</span><span><small>Length</small>${film.runtimeMinutes} min</span></div></div>`,
    place: placed({ width: 420, height: 436, left: 30, top: 30, horizon: 0.58 }, [420, 104, 72]),
  },
  swiss: {
    html: (film) =>
      `<div class="text head">${title(film)}<div class="row"><span>${escape(film.tagline)}</span><span>${escape(film.director)}<br>${escape(film.studio)}, ${film.year}</span></div></div>`,
    place: ({ poster, picture, artCanvas, fit }) => {
      const art = artCanvas({
        width: 480,
        height: 444,
        horizon: 0.6,
        polish: { bloom: 0.15, vignette: 0.15, grain: 0.03 },
        ...picture,
      })
      art.style.bottom = '0'
      poster.prepend(art)
      fit(poster.querySelector('.title'), 420, 164, 112)
    },
  },
  slash: {
    html: (film) =>
      `<i class="wedge"></i><i class="edge"></i><div class="turn">${title(film)}</div><div class="text foot">${tagline(film)}${credits(film)}</div>`,
    place: fullBleed(0.44, [400, 150, 104]),
  },
  side: {
    html: (film) =>
      `<i class="bar"></i><div class="scrim"></div><div class="spine"><div class="turn">${title(film)}</div></div><div class="text foot">${tagline(film)}${credits(film)}</div>`,
    place: ({ poster, picture, artCanvas }) => {
      poster.prepend(artCanvas({ width: 357, height: 720, left: 123, top: 0, horizon: 0.6, ...picture }))
      const words = poster.querySelector('.title')
      let size = 96
      do {
        size -= 1
        words.style.fontSize = `${size}px`
      } while (size > 20 && (words.offsetHeight > 660 || words.offsetWidth > 104))
    },
  },
}
