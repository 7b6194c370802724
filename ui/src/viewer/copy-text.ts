/**
 * Puts text on the clipboard, also text that has to be fetched first: Safari forgets the click while it waits, unless it
 * is given the promise. Answers whether it worked; it does not on pages that are neither https nor localhost.
 */
export async function copyText(text: Promise<string>): Promise<boolean> {
  if (!isClipboardAvailable()) return false
  try {
    const content = text.then((value) => new Blob([value], { type: 'text/plain' }))
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': content })])
    return true
  } catch {
    return copyLater(text)
  }
}

/** For browsers whose `ClipboardItem` takes no promise. */
async function copyLater(text: Promise<string>): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(await text)
    return true
  } catch {
    return false
  }
}

/** The type says that it always is; outside of secure contexts it is not. */
function isClipboardAvailable(): boolean {
  return (navigator.clipboard as Clipboard | undefined) !== undefined
}
