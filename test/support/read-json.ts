import type { ErrorResponse } from '../../src/contract/error.ts'
import type { UploadResponse, UploadedFile } from '../../src/contract/media.ts'

/** The JSON of an answer as what the test knows it to be. */
export async function readJson<TBody>(response: Response): Promise<TBody> {
  const reply: TBody = JSON.parse(await response.text())
  return reply
}

/** The files that an upload stored. */
export async function readFiles(response: Response): Promise<UploadedFile[]> {
  return (await readJson<UploadResponse>(response)).files
}

/** Status and code of an error answer. */
export async function readError(response: Response): Promise<[status: number, code: string]> {
  return [response.status, (await readJson<ErrorResponse>(response)).error.code]
}
