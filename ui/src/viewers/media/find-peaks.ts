/** The loudest sample of each of `count` equal parts, so that the loudest of all is 1. */
export function findPeaks(samples: Float32Array, count: number): number[] {
  const peaks: number[] = []
  const partLength = samples.length / count
  for (let part = 0; part < count; part += 1) {
    let peak = 0
    const end = Math.floor((part + 1) * partLength)
    for (let index = Math.floor(part * partLength); index < end; index += 1) {
      peak = Math.max(peak, Math.abs(samples[index] ?? 0))
    }
    peaks.push(peak)
  }
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0)
  return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest)
}
