const HEAD =
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="1000" height="1000" viewBox="0 0 1000 1000">'

/** Levels, of which each holds ten of the one before: 10^12 in the last. */
function levels(level: (index: number) => string): string {
  return Array.from({ length: 12 }, (_, index) => level(index + 1)).join('')
}

function repeated(count: number, text: string | ((index: number) => string)): string {
  return Array.from({ length: count }, (_, index) => (typeof text === 'string' ? text : text(index))).join('')
}

function drawing(inner: string): string {
  return `${HEAD}${inner}</svg>`
}

const SHAPE = '<rect width="900" height="900"/>'
const BLUR = '<feGaussianBlur stdDeviation="99"/>'
const WHOLE = 'x="-9" y="-9" width="99" height="99"'
const MARKED = `M0 0${' L9 9'.repeat(2000)}`
const MARKER = `<marker id="m" markerWidth="9" markerHeight="9">${'<g/>'.repeat(500)}</marker>`

/** SVGs of a few kB that take minutes, or for ever, to draw. */
export const HOSTILE_DRAWINGS: Readonly<Record<string, string>> = {
  'copies of copies': drawing(
    `<defs><g id="a0">${SHAPE}</g>${levels((level) => `<g id="a${level}">${repeated(10, `<use xlink:href="#a${level - 1}"/>`)}</g>`)}</defs><use xlink:href="#a12"/>`,
  ),
  'copies by percent signs': drawing(
    `<defs><g id="a0">${SHAPE}</g>${levels((level) => `<g id="a${level}">${repeated(10, `<use href="#%61${level - 1}"/>`)}</g>`)}</defs><use href="#a12"/>`,
  ),
  'patterns of patterns': drawing(
    `<pattern id="a0" width="1" height="1">${SHAPE}</pattern>${levels((level) => `<pattern id="a${level}" width="1" height="1">${repeated(10, `<rect fill="url(#a${level - 1})"/>`)}</pattern>`)}<rect fill="url(#a12)"/>`,
  ),
  'masks of masks, by classes': drawing(
    `<style>${levels((level) => `.c${level}{mask:url("#a${level - 1}")}`)}</style><mask id="a0">${SHAPE}</mask>${levels((level) => `<mask id="a${level}">${repeated(10, `<rect class="x c${level}"/>`)}</mask>`)}<rect mask="url(#a12)"/>`,
  ),
  'clips of clips, by variables': drawing(
    `<style>:root{${levels((level) => `--c${level}:url(#a${level - 1});`)}}</style><clipPath id="a0">${SHAPE}</clipPath>${levels((level) => `<clipPath id="a${level}">${repeated(10, `<rect style="clip-path:var(--c${level})"/>`)}</clipPath>`)}<rect clip-path="url(#a12)"/>`,
  ),
  'markers at every vertex': drawing(`${MARKER}<path d="${MARKED}" marker-mid="url(#m)"/>`),
  'markers that a group gives': drawing(`${MARKER}<g style="marker:url(#m)"><path d="${MARKED}"/></g>`),
  'markers on copies': drawing(
    `${MARKER}<path id="p" d="M0 0${' L9 9'.repeat(50)}"/><g marker-mid="url(#m)">${'<use href="#p"/>'.repeat(50)}</g>`,
  ),
  'a filter on each of 200': drawing(
    `<filter id="f" ${WHOLE}>${BLUR}</filter>${repeated(200, '<rect width="900" height="900" filter="url(#f)"/>')}`,
  ),
  'a filter of 200': drawing(
    `<filter id="f" ${WHOLE}>${BLUR.repeat(200)}</filter><rect width="900" height="900" filter="url(#f)"/>`,
  ),
  'filters of a style sheet': drawing(
    `<style>@media screen{svg>rect:not(.x){filter:url(#f)}}</style><filter id="f" ${WHOLE}>${BLUR}</filter>${SHAPE.repeat(200)}`,
  ),
  'filters without an element': drawing(`<style>rect{filter:blur(99px)}</style>${SHAPE.repeat(200)}`),
  'filters that an animation sets': drawing(
    `<filter id="f" ${WHOLE}>${BLUR.repeat(10)}</filter>${repeated(100, '<rect width="900" height="900"><set attributeName="filter" to="url(#f)"/></rect>')}`,
  ),
  'noise of a thousand octaves': drawing(
    `<filter id="f"><feTurbulence numOctaves="1000" baseFrequency="0.1"/></filter><rect width="900" height="900" filter="url(#f)"/>`,
  ),
  'copies of a long text': drawing(`<text id="t">${'x'.repeat(20_000)}</text>${repeated(500, '<use href="#t"/>')}`),
  'copies of a long path': drawing(
    `<path id="p" d="M0 0${' L9 9'.repeat(20_000)}"/>${repeated(4000, '<use href="#p"/>')}`,
  ),
  'elements in each other by reference': drawing(`<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>`),
  'a long chain of references': drawing(
    repeated(5000, (index) => `<linearGradient id="a${index}" href="#a${index + 1}"/>`) + '<rect fill="url(#a0)"/>',
  ),
}
