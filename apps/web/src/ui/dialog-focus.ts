import { type RefObject, useRef } from 'react'

/** Where the focus goes when something opens over the page, and where it returns to. For Radix contents that are opened by state and have no trigger of their own. */
export type DialogFocus = { readonly onOpenAutoFocus: (event: Event) => void; readonly onCloseAutoFocus: (event: Event) => void }

/**
 * Opening moves the focus to the first field, or else to the dialog itself, whose title is then read; never to the button that closes it. Closing gives it back to
 * whatever had it before, but for a dialog that led to another screen: there the focus belongs to that screen. `given` knows what had it, where the dialog comes late.
 */
export function useDialogFocus(given?: RefObject<Element | null>): DialogFocus {
  const own = useRef<Element>(null)
  const opener = given ?? own
  const openedAt = useRef('')
  return {
    onOpenAutoFocus: (event) => {
      if (!given) own.current = document.activeElement
      openedAt.current = location.pathname
      if (!(event.target instanceof HTMLElement)) return
      event.preventDefault()
      const field = event.target.querySelector<HTMLElement>(
        '[data-body] :is(input:not([type=hidden]), textarea, select, [role=combobox], [data-first]):not(:disabled)',
      )
      ;(field ?? event.target).focus()
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      if (location.pathname !== openedAt.current) return
      if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus({ preventScroll: true })
    },
  }
}
