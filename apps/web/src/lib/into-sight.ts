/** For what appears while somebody looks elsewhere in a form: brings it into sight and takes the focus, once, when it is drawn. Use as `ref`, with `tabIndex={-1}`. */
export function intoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
  element?.focus({ preventScroll: true })
}
