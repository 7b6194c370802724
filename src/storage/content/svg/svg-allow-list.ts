/** Elements that draw, or describe how: what is not here is left out with all that is in it. */
export const ALLOWED_ELEMENTS: ReadonlySet<string> = words(`
  svg g defs symbol use title desc switch a view style
  path rect circle ellipse line polyline polygon image
  text tspan textPath tref altGlyph altGlyphDef altGlyphItem glyphRef font glyph missing-glyph hkern vkern
  font-face font-face-src font-face-name font-face-format
  clipPath mask pattern linearGradient radialGradient meshgradient hatch stop solidColor marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
  feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
  animate animateColor animateMotion animateTransform set mpath`)

/** Elements that can act, or bring in what can. Others that are not allowed, such as an editor's notes, only do nothing. */
export const ACTIVE_ELEMENTS: ReadonlySet<string> = words(`
  script foreignObject handler listener iframe frame object embed applet html body link meta base audio video
  source canvas form input button textarea discard`)

/** Attributes without a namespace. `href` is looked at apart, and what begins with `on` is in no list. */
export const ALLOWED_ATTRIBUTES: ReadonlySet<string> = words(`
  id class style lang tabindex role type media title version baseProfile
  x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr width height d points pathLength transform rotate
  viewBox preserveAspectRatio zoomAndPan refX refY orient markerWidth markerHeight markerUnits
  gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits filterRes
  lengthAdjust textLength startOffset method spacing side
  requiredFeatures requiredExtensions systemLanguage
  in in2 result mode operator k1 k2 k3 k4 values stdDeviation edgeMode order kernelMatrix divisor bias targetX targetY
  preserveAlpha kernelUnitLength surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle
  azimuth elevation z pointsAtX pointsAtY pointsAtZ scale xChannelSelector yChannelSelector radius
  baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent
  attributeName attributeType begin end dur min max restart repeatCount repeatDur fill calcMode keyTimes keySplines
  keyPoints from to by additive accumulate path origin
  unicode glyph-name horiz-adv-x horiz-origin-x horiz-origin-y vert-adv-y vert-origin-x vert-origin-y arabic-form
  units-per-em ascent descent cap-height x-height panose-1 stemv stemh alphabetic hanging ideographic mathematical
  underline-position underline-thickness strikethrough-position strikethrough-thickness overline-position
  overline-thickness u1 u2 g1 g2 k
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  color-profile color-rendering cursor direction display dominant-baseline enable-background fill-opacity fill-rule
  filter flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant
  font-weight font-feature-settings font-variation-settings font-kerning glyph-orientation-horizontal
  glyph-orientation-vertical image-rendering inline-size isolation kerning letter-spacing lighting-color line-height
  marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events
  shape-inside shape-margin shape-padding shape-rendering shape-subtract solid-color solid-opacity stop-color
  stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-opacity stroke-width text-align text-anchor text-decoration text-decoration-color text-decoration-line
  text-decoration-style text-indent text-orientation text-overflow text-rendering transform-box transform-origin
  unicode-bidi vector-effect visibility white-space word-spacing writing-mode`)

/** Attributes that no reader takes for CSS: words, paths and conditions. */
export const PLAIN_ATTRIBUTES: ReadonlySet<string> = words(`
  id class lang role type title version baseProfile d points in in2 result begin end unicode glyph-name media
  requiredFeatures requiredExtensions systemLanguage attributeName`)

/** Attributes that an animation never changes: it would make an element of another kind. */
export const NEVER_ANIMATED: ReadonlySet<string> = words('style class id')

/** Elements that may bring in an image by `data:`; all others may only point into the same file. */
export const IMAGE_ELEMENTS: ReadonlySet<string> = words('image feImage')

/** Elements that change an attribute of another: never one that leads somewhere or acts. */
export const ANIMATING_ELEMENTS: ReadonlySet<string> = words('animate animateColor animateMotion animateTransform set')

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
