import sharp, { type Sharp } from 'sharp'

/** Colours of the four quarters of a {@link quartered} image, row by row. */
export const QUARTERS = ['red', 'lime', 'blue', 'white'] as const

/** An image whose quarters are red, green, blue and white, so that a turn or a mirror shows. */
export function quartered(width: number, height: number): Sharp {
  const quarter = { width: width / 2, height: height / 2, channels: 3 as const }
  return sharp({ create: { width, height, channels: 3, background: 'white' } }).composite(
    QUARTERS.map((background, index) => ({
      input: { create: { ...quarter, background } },
      left: (index % 2) * (width / 2),
      top: Math.floor(index / 2) * (height / 2),
    })),
  )
}

/** The names of the colours in the middle of each quarter. */
export async function getQuarters(image: Uint8Array): Promise<string[]> {
  const { data, info } = await sharp(image)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return QUARTERS.map((_colour, index) => {
    const x = Math.floor(info.width * (index % 2 === 0 ? 0.25 : 0.75))
    const y = Math.floor(info.height * (index < 2 ? 0.25 : 0.75))
    const [red = 0, green = 0, blue = 0] = data.subarray((y * info.width + x) * info.channels)
    return getName([red, green, blue])
  })
}

function getName([red, green, blue]: [number, number, number]): string {
  // A printer's green is half yellow: what counts is which parts are strongest.
  const strong = Math.max(red, green, blue) * 0.95
  const bright = [red, green, blue].map((value) => (value > strong ? 1 : 0)).join('')
  return { '100': 'red', '010': 'lime', '001': 'blue', '111': 'white' }[bright] ?? bright
}
