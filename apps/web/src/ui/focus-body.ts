/**
 * Where the focus goes when a dialog or sheet opens: to its first field, or else to the dialog itself, whose title is then read. Never to the button that closes it.
 */
export function focusBody(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return
  event.preventDefault()
  const field = event.target.querySelector<HTMLElement>(
    '[data-body] :is(input:not([type=hidden]), textarea, select, [role=combobox]):not(:disabled)',
  )
  ;(field ?? event.target).focus()
}
