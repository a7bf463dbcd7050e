import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** Where a card goes: a column, and the card above it there, or none on top. */
export type CardGoal = { readonly column: string; readonly below: string | null }

/** A card on its way over the board. */
export type CardDrag<Card> = {
  readonly card: Card
  readonly goal: CardGoal
  readonly x: number
  readonly y: number
  readonly width: number
}

/** A pointer that moves less than this clicks. */
const SLACK_PX = 5
/** So near to the edge the board scrolls along. */
const EDGE_PX = 40

/**
 * Moves cards with a mouse or a pen; fingers scroll instead, and they and the keyboard have other ways. Columns are elements with `data-stage`, cards in them have `data-card`. Escape puts the card back.
 */
export function useDragCard<Card extends { readonly id: string }>(
  board: RefObject<HTMLElement | null>,
  onDrop: (card: Card, goal: CardGoal) => void,
): { readonly drag: CardDrag<Card> | undefined; readonly begin: (event: ReactPointerEvent<HTMLElement>, card: Card) => void } {
  const [drag, setDrag] = useState<CardDrag<Card>>()
  const latest = useRef(onDrop)
  latest.current = onDrop
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  const begin = (event: ReactPointerEvent<HTMLElement>, card: Card) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const { clientX, clientY } = event
    const { left, top, width } = event.currentTarget.getBoundingClientRect()
    const ending = new AbortController()
    const { signal } = ending
    let current: CardDrag<Card> | undefined
    const end = () => {
      ending.abort()
      stop.current = undefined
      setDrag(undefined)
    }
    const move = (at: PointerEvent) => {
      if (!current && Math.hypot(at.clientX - clientX, at.clientY - clientY) < SLACK_PX) return
      scrollAlong(board.current, at)
      const goal = goalUnder(board.current, at, card.id) ?? current?.goal
      if (!goal) return
      current = { card, goal, x: at.clientX - (clientX - left), y: at.clientY - (clientY - top), width }
      setDrag(current)
    }
    const letGo = () => {
      end()
      if (!current) return
      // The link below must not be followed as well.
      addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
      latest.current(card, current.goal)
    }
    stop.current = end
    addEventListener('pointermove', move, { signal })
    addEventListener('pointerup', letGo, { signal })
    addEventListener('pointercancel', end, { signal })
    addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return
        key.preventDefault()
        end()
      },
      { signal, capture: true },
    )
  }
  return { drag, begin }
}

/** The column under the pointer, and the card that would stand above. */
function goalUnder(board: HTMLElement | null, at: PointerEvent, cardId: string): CardGoal | undefined {
  const column = [...(board?.querySelectorAll<HTMLElement>('[data-stage]') ?? [])].find((each) => {
    const { left, right } = each.getBoundingClientRect()
    return at.clientX >= left && at.clientX < right
  })
  if (!column) return undefined
  const above = [...column.querySelectorAll<HTMLElement>('[data-card]')].filter((card) => {
    const { top, height } = card.getBoundingClientRect()
    return card.dataset.card !== cardId && top + height / 2 < at.clientY
  })
  return { column: column.dataset.stage ?? '', below: above.at(-1)?.dataset.card ?? null }
}

function scrollAlong(board: HTMLElement | null, at: PointerEvent): void {
  if (!board) return
  const { left, right } = board.getBoundingClientRect()
  if (at.clientX > right - EDGE_PX) board.scrollLeft += 12
  else if (at.clientX < left + EDGE_PX) board.scrollLeft -= 12
}

const swallow = (event: MouseEvent) => {
  event.preventDefault()
  event.stopPropagation()
}
