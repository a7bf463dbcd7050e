import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { Kbd } from './kbd.tsx'

/** Along the line of reading, so that a tip stands on the right side in every language. */
export type TooltipSide = 'top' | 'bottom' | 'start' | 'end'

type Pointable = {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void
  onPointerLeave?: (event: PointerEvent<HTMLElement>) => void
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  onFocus?: (event: FocusEvent<HTMLElement>) => void
  onBlur?: (event: FocusEvent<HTMLElement>) => void
}

/** What `Tooltip` is given. */
export type TooltipProps = {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: TooltipSide
  /** One element that takes the pointer and the focus. */
  readonly children: ReactElement<Pointable>
}

/** How long the pointer rests before the first tip; the next ones of a row come at once. */
const REST_MS = 500
const ROW_MS = 300
/** How long the pointer may take from the control to the tip. */
const GRACE_MS = 120
const GAP = 6
const EDGE = 8

let closedAt = Number.NEGATIVE_INFINITY
let closeOther: (() => void) | undefined

/**
 * A few words about a control that carries its own name: screen readers hear that name, so the tip is for the eyes. Never the only place where something is said: a
 * finger has no hover. It can be pointed at, goes with Escape, and stays as long as one points (WCAG 1.4.13).
 */
export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  const [anchor, setAnchor] = useState<HTMLElement>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const close = () => {
    clearTimeout(timer.current)
    if (closeOther === close) closeOther = undefined
    setAnchor((before) => {
      if (before) closedAt = performance.now()
      return undefined
    })
  }
  const open = (element: HTMLElement, wait: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      closeOther?.()
      closeOther = close
      setAnchor(element)
    }, wait)
  }
  const closeSoon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(close, GRACE_MS)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  const own = children.props
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event)
          if (event.pointerType === 'mouse') open(event.currentTarget, performance.now() - closedAt < ROW_MS ? 0 : REST_MS)
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event)
          closeSoon()
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event)
          close()
        },
        onFocus: (event) => {
          own.onFocus?.(event)
          if (event.currentTarget.matches(':focus-visible')) open(event.currentTarget, REST_MS)
        },
        onBlur: (event) => {
          own.onBlur?.(event)
          close()
        },
      })}
      {anchor && (
        <Tip anchor={anchor} side={side} onEnter={() => clearTimeout(timer.current)} onLeave={closeSoon} onClose={close}>
          {text}
          {keys && <Kbd>{keys}</Kbd>}
        </Tip>
      )}
    </>
  )
}

type TipProps = {
  readonly anchor: HTMLElement
  readonly side: TooltipSide
  readonly onEnter: () => void
  readonly onLeave: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

function Tip({ anchor, side, onEnter, onLeave, onClose, children }: TipProps) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (tip.current) place(tip.current, anchor, side)
  }, [anchor, side])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose()
    }
    addEventListener('keydown', onKey)
    addEventListener('scroll', onClose, true)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('scroll', onClose, true)
    }
  }, [onClose])
  return createPortal(
    <div
      ref={tip}
      aria-hidden="true"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      className="fixed z-60 flex max-w-72 animate-appear items-center gap-2 rounded-sm bg-raised px-2 py-1 text-xs text-ink shadow-near phone:hidden forced-colors:border"
    >
      {children}
    </div>,
    document.body,
  )
}

/** Beside the control, on the other side where there is no room, and never over the edge. Physical sides, because the numbers are those of the screen. */
function place(tip: HTMLElement, anchor: HTMLElement, side: TooltipSide): void {
  const at = anchor.getBoundingClientRect()
  const { width, height } = tip.getBoundingClientRect()
  const rtl = getComputedStyle(anchor).direction === 'rtl'
  const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }
  const clamp = (value: number, most: number) => Math.max(EDGE, Math.min(value, most - EDGE))
  let x = at.left + (at.width - width) / 2
  let y = at.top + (at.height - height) / 2
  if (side === 'top' || side === 'bottom') {
    const below = at.bottom + GAP
    const above = at.top - GAP - height
    y = side === 'bottom' ? (below + height > room.height - EDGE ? above : below) : above < EDGE ? below : above
  } else {
    const right = at.right + GAP
    const left = at.left - GAP - width
    const wantsRight = (side === 'end') !== rtl
    x = wantsRight ? (right + width > room.width - EDGE ? left : right) : left < EDGE ? right : left
  }
  tip.style.left = `${clamp(x, room.width - width)}px`
  tip.style.top = `${clamp(y, room.height - height)}px`
}
