import type { AnyRouter } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The focus stays where it is, as when one walks through a list and the detail follows. */
    keepFocus?: boolean
  }
}

/** How long a screen's heading may take to appear. */
const PATIENCE_MS = 3000

/**
 * After a change of screen the focus goes to its `h1`, so that a screen reader says where one is and the next Tab goes on from there. Changes of the search part
 * (filters, tabs) leave it alone.
 */
export function moveFocusOnChange(router: AnyRouter): void {
  router.subscribe('onResolved', ({ pathChanged, fromLocation, toLocation }) => {
    if (!pathChanged || !fromLocation || toLocation.state.keepFocus) return
    const before = document.activeElement
    const focusHeading = (): boolean => {
      // Somebody who has gone on in the meantime is not called back.
      if (document.activeElement !== before && document.activeElement !== document.body) return true
      const heading = document.querySelector<HTMLElement>('main h1[tabindex="-1"]')
      heading?.focus({ preventScroll: true })
      return heading !== null
    }
    if (focusHeading()) return
    const watcher = new MutationObserver(() => {
      if (focusHeading()) watcher.disconnect()
    })
    watcher.observe(document.body, { childList: true, subtree: true })
    setTimeout(() => watcher.disconnect(), PATIENCE_MS)
  })
}
