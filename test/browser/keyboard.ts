import type { Page } from 'playwright-core'

/** Most stops on the way to a control: more mean that it cannot be reached. */
const MAX_STOPS = 150

/** Walks on with Tab until the focus is on an element with this accessible name. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < MAX_STOPS; stop += 1) {
    await page.keyboard.press(key)
    const focused = await focusedName(page)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`${MAX_STOPS} stops did not lead to ${String(name)}; the last were ${passed.slice(-20).join(' | ')}`)
}

/** The accessible name of the element that has the focus, as far as a label or its text gives it. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null) return ''
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? []
    const names = labelled.map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent ?? '')
    const label = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : ''
    return (names.join(' ').trim() || element.getAttribute('aria-label') || label || element.textContent || '').trim()
  })
}
