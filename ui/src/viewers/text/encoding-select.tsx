import { Select } from '../../components/select.tsx'
import { TEXT_ENCODINGS, isTextEncoding } from './text-encoding.ts'
import type { TextEncoding } from './text-encoding.ts'

const OPTIONS = TEXT_ENCODINGS.map(([value, label]) => ({ value, label }))

export interface EncodingSelectProps {
  /** `null` while it is not known. */
  value: TextEncoding | null
  onChange: (encoding: TextEncoding) => void
}

/** The encoding a text is read in, for files that do not say it themselves. */
export function EncodingSelect({ value, onChange }: EncodingSelectProps) {
  return (
    <Select
      label="Encoding"
      isLabelHidden
      options={OPTIONS}
      value={value ?? 'utf-8'}
      onChange={(chosen) => isTextEncoding(chosen) && onChange(chosen)}
    />
  )
}
