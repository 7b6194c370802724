import { createContext } from 'react'
import type { UploadSlots } from './upload-slots.ts'

/** Shared by the media fields of one form, so that together they keep to the limit. `null` outside a form. */
export const UploadSlotsContext = createContext<UploadSlots | null>(null)
