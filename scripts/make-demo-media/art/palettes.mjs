/* oxlint-disable max-params -- a palette reads best as a row */
/** sky: top, middle, low; glow: light source; ink: deepest shadow; accent: the one loud colour. */
const palette = (top, middle, low, glow, ink, accent) => ({ sky: [top, middle, low], glow, ink, accent })

export const palettes = {
  dusk: palette('#1b1d4d', '#7a3b69', '#f2845c', '#ffd9a0', '#140f26', '#ff5d5d'),
  dawn: palette('#4a6fa5', '#e9a594', '#ffe1bd', '#fff6e0', '#232644', '#e4572e'),
  night: palette('#050817', '#0d1b3d', '#2b4a80', '#e8f0ff', '#03040c', '#ffcf56'),
  ember: palette('#1a0505', '#7a1715', '#e2571e', '#ffc46b', '#120303', '#ffb347'),
  desert: palette('#2e6f95', '#f0b27f', '#f9ddaa', '#fff3d6', '#4c2216', '#c8553d'),
  arctic: palette('#0b3c5d', '#5fa5bf', '#e3f1f2', '#ffffff', '#0a2239', '#ff6b35'),
  aurora: palette('#020b1a', '#073248', '#16605f', '#9dffcb', '#01060d', '#b388ff'),
  noir: palette('#0b0c0e', '#24282d', '#60666d', '#f2efe6', '#050506', '#d7263d'),
  moss: palette('#10241b', '#3c6b4f', '#b9cfa0', '#f5f3c8', '#07140e', '#e6b23c'),
  rose: palette('#5c2751', '#d0648a', '#fbcbbd', '#fff0e5', '#2b1027', '#f9a03f'),
  mint: palette('#1f7a8c', '#84cbbb', '#f4efd9', '#fffbe8', '#143740', '#ef6f5c'),
  sepia: palette('#3a2a1a', '#a67c4e', '#ecd6a8', '#fff2cf', '#20150c', '#8c2f1b'),
  neon: palette('#0a0221', '#3a0ca3', '#d6247f', '#8df1ff', '#05010f', '#ffe45e'),
  storm: palette('#1c2733', '#4a5d6e', '#a9b7bd', '#e9eef0', '#0c1218', '#f2b705'),
  copper: palette('#16232e', '#31606b', '#d99058', '#ffe0b0', '#0b1217', '#f2a65a'),
  lilac: palette('#2a2550', '#8375c4', '#f3d3e6', '#fff4fb', '#171230', '#ffb86b'),
  citrus: palette('#e4572e', '#f6ae2d', '#ffefbf', '#fffbe6', '#2a2320', '#1d6a72'),
  deepsea: palette('#01161e', '#0b4f6c', '#3fb8af', '#d5fff2', '#000d14', '#ff8552'),
  mars: palette('#2a0f0a', '#a5462a', '#e8a36b', '#ffe6c4', '#1a0805', '#f7c873'),
  bone: palette('#d3cabb', '#e6decf', '#f5efe3', '#fffdf7', '#1c1b19', '#c1121f'),
}

const channels = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

export function mix(from, to, amount) {
  const a = channels(from)
  const b = channels(to)
  const blend = a.map((value, index) => Math.round(value + (b[index] - value) * amount))
  return `#${blend.map((value) => Math.max(0, Math.min(255, value)).toString(16).padStart(2, '0')).join('')}`
}

export const fade = (hex, opacity) => `rgba(${channels(hex).join(',')},${opacity})`

export function lightness(hex) {
  const [red, green, blue] = channels(hex)
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
}

/** The unprinted paper of a palette, and its dark counterpart. */
export const paperOf = (p) => mix(mix(p.sky[2], p.glow, 0.5), '#fbf7ee', 0.55)
