/**
 * What a promise gives, unless the signal fires before: a database that hangs must not hold up who wants to stop. What it
 * answers after all finds nobody.
 *
 * @throws the signal's reason
 */
export function unlessAborted<TResult>(response: Promise<TResult>, signal: AbortSignal | undefined): Promise<TResult> {
  if (signal === undefined) return response
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    void response.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
