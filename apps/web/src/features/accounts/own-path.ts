/** An address of this app to go back to, or nothing: a link must not lead from our sign-in to another site. */
export function ownPath(value: unknown, origin = 'https://own.invalid'): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined
  try {
    // What a browser makes of it counts: `//evil`, `/\evil` and tabs in between lead elsewhere.
    const url = new URL(value, origin)
    return url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : undefined
  } catch {
    return undefined
  }
}
