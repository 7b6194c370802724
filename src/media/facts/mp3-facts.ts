import { hasText, toDataView } from '../../storage/core/bytes.ts'
import type { FileBytes } from './file-bytes.ts'
import type { FileMetadata } from './file-facts.ts'

/** What a version of MPEG has in a frame of layer III (ISO/IEC 11172-3 and 13818-3). */
interface Version {
  readonly samples: number
  /** Sample rates are those of MPEG 1 by this number. */
  readonly divisor: number
  /** Kilobits in a second. */
  readonly rates: readonly number[]
  /** Bytes behind the header that are no sound, for two channels and for one. */
  readonly sideInformation: readonly [stereo: number, mono: number]
}

const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

/** By their number in the header: 2.5, none, 2 and 1. */
const VERSIONS: readonly (Version | null)[] = [
  { samples: 576, divisor: 4, rates: RATES_2, sideInformation: [17, 9] },
  null,
  { samples: 576, divisor: 2, rates: RATES_2, sideInformation: [17, 9] },
  { samples: 1152, divisor: 1, rates: RATES_1, sideInformation: [32, 17] },
]
const SAMPLE_RATES = [44_100, 48_000, 32_000]

/** Bytes in which the first frame is looked for. */
const SEARCHED = 4096
/** Tags one behind the other that are passed over. */
const MAX_TAGS = 4

interface Frame {
  readonly samples: number
  readonly sampleRate: number
  readonly kilobits: number
  /** Where a count of frames may stand. */
  readonly countAt: number
}

/** Duration of an MP3: by the number of its frames where its first one tells it, else by the rate of that. */
export async function readMp3Metadata(bytes: FileBytes): Promise<Partial<FileMetadata>> {
  const start = await behindTags(bytes)
  const piece = await bytes.read(start, SEARCHED)
  for (let offset = 0; offset + 4 <= piece.byteLength; offset += 1) {
    const frame = frameAt(piece, offset)
    if (frame === null) continue
    const frames = frameCount(piece.subarray(offset), frame)
    if (frames !== null) return { duration: (frames * frame.samples) / frame.sampleRate }
    return frame.kilobits > 0 ? { duration: (bytes.size - start - offset) / (frame.kilobits * 125) } : {}
  }
  return {}
}

async function behindTags(bytes: FileBytes): Promise<number> {
  let start = 0
  for (let tags = 0; tags < MAX_TAGS; tags += 1) {
    const head = await bytes.read(start, 10)
    if (!hasText(head, 'ID3') || head.byteLength < 10) break
    start += 10 + head.subarray(6, 10).reduce((length, byte) => length * 128 + (byte & 0x7f), 0)
  }
  return start
}

function frameAt(piece: Uint8Array, offset: number): Frame | null {
  const head = toDataView(piece).getUint32(offset)
  const isLayer3 = head >>> 21 === 0x7ff && ((head >>> 17) & 3) === 1
  const version = VERSIONS[(head >>> 19) & 3] ?? null
  const sampleRate = SAMPLE_RATES[(head >>> 10) & 3]
  const kilobits = version?.rates[(head >>> 12) & 15]
  if (!isLayer3 || version === null || sampleRate === undefined || kilobits === undefined) return null
  const isMono = ((head >>> 6) & 3) === 3
  return {
    samples: version.samples,
    sampleRate: sampleRate / version.divisor,
    kilobits,
    countAt: 4 + version.sideInformation[isMono ? 1 : 0],
  }
}

/** The first frame may be silent and tell how many follow, as LAME and Fraunhofer write it. */
function frameCount(frame: Uint8Array, { countAt }: Frame): number | null {
  const view = toDataView(frame)
  const isLame = hasText(frame, 'Xing', countAt) || hasText(frame, 'Info', countAt)
  if (isLame && (view.getUint32(countAt + 4) & 1) === 1) return view.getUint32(countAt + 8)
  return hasText(frame, 'VBRI', 36) ? view.getUint32(50) : null
}
