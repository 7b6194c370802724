import { type FormEvent, useId, useState } from 'react'
import type { ColumnSchema } from '../../../src/contract/tables.ts'
import { uploadFromUrl } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { focusOnMount } from '../components/focus-on-mount.ts'
import { TextField } from '../components/text-field.tsx'

export interface FromUrlDialogProps {
  table: string
  column: ColumnSchema
  /** Told the key when the server has the file. */
  onStored: (fileKey: string) => void
  onClose: () => void
}

/** A file by its address: the server fetches it and stores it. Closing the dialog calls that off. */
export function FromUrlDialog({ table, column, onStored, onClose }: FromUrlDialogProps) {
  const formId = useId()
  const [url, setUrl] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [fetching, setFetching] = useState<AbortController | null>(null)

  const close = () => {
    fetching?.abort()
    onClose()
  }
  const fetchFile = async () => {
    const controller = new AbortController()
    setFetching(controller)
    setProblem(null)
    try {
      const { files } = await uploadFromUrl({ table, column: column.name }, url.trim(), controller.signal)
      const [file] = files
      if (file) onStored(file.fileKey)
      onClose()
    } catch (error) {
      if (controller.signal.aborted) return
      setProblem(error instanceof Error ? error.message : String(error))
      setFetching(null)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A form in a dialog still is inside the row's form for React: saving the row is not what was asked for.
    event.stopPropagation()
    if (fetching === null) void fetchFile()
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      title={`Fetch a file for ${column.label}`}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} isBusy={fetching !== null} disabled={url.trim() === ''}>
            Fetch
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <TextField
          label="Address of the file"
          type="url"
          inputMode="url"
          autoComplete="off"
          placeholder="https://example.com/picture.jpg"
          hint="The server fetches it. The address must be public."
          value={url}
          errorMessage={problem}
          onChange={(event) => setUrl(event.target.value)}
          ref={focusOnMount}
        />
      </form>
    </Dialog>
  )
}
