import assert from 'node:assert/strict'
import { MediaStorageError, type MediaStorageErrorCode } from '../storage.ts'

/** Fails unless the promise rejects with a `MediaStorageError` of this code; gives that error. */
export async function rejectsWith(promise: Promise<unknown>, code: MediaStorageErrorCode): Promise<MediaStorageError> {
  const error = await promise.then(
    () => assert.fail(`resolved, but should reject with ${code}`),
    (reason: unknown) => reason,
  )
  return assertCode(error, code)
}

/** Fails unless the call throws a `MediaStorageError` of this code; gives that error. */
export function throwsWith(call: () => unknown, code: MediaStorageErrorCode): MediaStorageError {
  try {
    call()
  } catch (error) {
    return assertCode(error, code)
  }
  return assert.fail(`did not throw, but should throw ${code}`)
}

function assertCode(error: unknown, code: MediaStorageErrorCode): MediaStorageError {
  if (error instanceof assert.AssertionError) throw error
  assert.ok(error instanceof MediaStorageError, `not a MediaStorageError: ${String(error)}`)
  assert.equal(error.code, code, error.message)
  assert.match(error.message, /\.$/, 'the message is not a sentence')
  return error
}

/** Fails when the promise is still pending after so many milliseconds: a hang becomes a failed case. */
export async function settlesWithin<TResult>(milliseconds: number, promise: Promise<TResult>): Promise<TResult> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new assert.AssertionError({ message: `nothing in ${milliseconds} ms` })),
      milliseconds,
    )
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
