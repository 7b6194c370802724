/**
 * A ref for the one field that a dialog, popover or step was opened for: it has the focus as soon as it is there.
 * Not for pages, where the focus belongs to the person.
 */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}
