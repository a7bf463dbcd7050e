import type { AnyRouter } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The focus stays where it is, as when one walks through a list and the detail follows. */
    keepFocus?: boolean
  }
}

/** How long a screen may take to stand: on a slow line its first heading is soon another one's. */
const PATIENCE_MS = 10_000
/** After this a heading that did not change is the heading of the new screen too: a detail that follows another one. */
const SAME_AFTER_MS = 120

const heading = (): HTMLElement | null => document.querySelector<HTMLElement>('main h1[tabindex="-1"]')

/**
 * After a change of screen the focus goes to its `h1`, so that a screen reader says where one is and the next Tab goes on from there. Changes of the search part
 * (filters, tabs) leave it alone.
 */
export function moveFocusOnChange(router: AnyRouter): void {
  let stop = () => {}
  router.subscribe('onBeforeNavigate', () => stop())
  router.subscribe('onResolved', ({ pathChanged, fromLocation, toLocation }) => {
    if (!pathChanged || !fromLocation || toLocation.state.keepFocus) return
    stop()
    stop = focusNewHeading(heading(), document.activeElement)
  })
}

/**
 * Waits for a heading other than the old one, which may still stand there hidden while the new screen loads, and stays with it: what stands in for a screen while its
 * contents are on the way has a heading as well, and goes with it. Returns how to give up.
 */
function focusNewHeading(old: HTMLElement | null, before: Element | null): () => void {
  const began = performance.now()
  let focused: HTMLElement | null = null
  let frame = 0
  const look = () => {
    const now = document.activeElement
    const waited = performance.now() - began
    // Somebody who has gone on in the meantime is not called back.
    if ((now !== before && now !== focused && now !== document.body) || waited > PATIENCE_MS) return
    const found = heading()
    if (found && found !== now && (found !== old || waited > SAME_AFTER_MS)) {
      found.focus({ preventScroll: true })
      if (document.activeElement === found) focused = found
    }
    frame = requestAnimationFrame(look)
  }
  frame = requestAnimationFrame(look)
  return () => cancelAnimationFrame(frame)
}
