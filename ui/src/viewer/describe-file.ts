import type { FileInformation } from '../../../src/contract/media.ts'
import type { FileDetail } from '../viewers/viewer-properties.ts'
import { formatAge, formatBytes, formatCount, formatDateTime } from '../formats.ts'

/** The facts of the side panel, in their order. What the viewer found out stands after what the server knows. */
export function describeFile(
  information: FileInformation | null,
  details: readonly FileDetail[],
  now: number,
): FileDetail[] {
  const metadata = information === null ? [] : describeStored(information, now)
  return [...metadata, ...details.filter(({ label }) => !metadata.some((entry) => entry.label === label))]
}

function describeStored(information: FileInformation, now: number): FileDetail[] {
  const { contentType, size, width, height, lastModified } = information
  const metadata = [
    { label: 'Type', value: contentType.split(';')[0] ?? contentType },
    { label: 'Size', value: size < 1000 ? formatBytes(size) : `${formatBytes(size)}\n${formatCount(size)} bytes` },
  ]
  if (width !== null && height !== null) {
    metadata.push({ label: 'Dimensions', value: `${formatCount(width)} × ${formatCount(height)} pixels` })
  }
  metadata.push({ label: 'Stored', value: `${formatAge(lastModified, now)}\n${formatDateTime(lastModified)}` })
  return metadata
}
