/** At-rules that load nothing. `@import` loads, and `@namespace` names what only looks like something to load. */
export const ALLOWED_AT_RULES: ReadonlySet<string> = words(`
  font-face media supports keyframes -webkit-keyframes layer property counter-style font-feature-values
  font-palette-values page`)

/** Functions that load nothing. `url()` is checked apart; `image-set()`, `src()` and what is to come is not here. */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = words(`
  rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color device-cmyk
  calc min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow sqrt hypot log exp var
  matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
  rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
  blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
  linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient
  repeating-conic-gradient cubic-bezier steps linear
  inset circle ellipse polygon path rect xywh ray shape
  format tech local symbols counter counters
  not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang dir selector
  stylistic styleset character-variant swash ornaments annotation minmax accesskey wallclock repeat`)

/** Functions of CSS that change pixels as a filter does. */
export const FILTER_FUNCTIONS: ReadonlySet<string> = words(
  'blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia',
)

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
