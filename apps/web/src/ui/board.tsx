import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { Count } from './badge.tsx'
import { Button } from './button.tsx'

/** One step of the keyboard over a board, in the direction of reading. */
export type Step = 'up' | 'down' | 'before' | 'after'

/** What `BoardArea` is given. */
export type BoardAreaProps = {
  readonly root: RefObject<HTMLDivElement | null>
  /** The id under which cards find what the keys do, and these words. */
  readonly hint: { readonly id: string; readonly text: string }
  /** What was done last, for who hears it. */
  readonly said: string
  /** Moves a card by one step; false where it cannot go. Left out where cards cannot be moved. */
  readonly onStep: ((cardId: string, step: Step) => boolean) | undefined
  /** A card that is on its way with the mouse. */
  readonly drag: { readonly x: number; readonly y: number; readonly width: number; readonly name: string } | undefined
  readonly children: ReactNode
}

/** Columns of cards beside each other. The arrows walk from card to card, and with Shift they take the card along. Columns have `data-stage`, cards `data-card` and a link. */
export function BoardArea({ root, hint, said, onStep, drag, children }: BoardAreaProps) {
  const focusNext = useRef<string>(undefined)
  useEffect(() => {
    // A card that went to another column is drawn anew there; the keyboard stays on it.
    const id = focusNext.current
    if (id === undefined) return
    const card = root.current?.querySelector<HTMLElement>(`[data-card="${id}"] a`)
    if (card && card !== document.activeElement) card.focus()
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-card]')?.dataset.card : undefined
    const step = steps(root.current)[event.key]
    if (id === undefined || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (event.shiftKey) {
      if (onStep?.(id, step)) focusNext.current = id
      return
    }
    focusNext.current = undefined
    walk(root.current, id, step)
  }
  return (
    <>
      <p id={hint.id} className="sr-only">
        {hint.text}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the cards inside, which are links */}
      <div
        ref={root}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!root.current?.contains(document.activeElement)) focusNext.current = undefined
        }}
        data-scroll
        className="scroll-calm flex min-h-0 flex-1 gap-3 overflow-x-auto overscroll-contain px-4 pt-3 pb-4"
      >
        {children}
      </div>
      {drag && (
        <div
          aria-hidden="true"
          style={{ left: drag.x, top: drag.y, width: drag.width }}
          className="pointer-events-none fixed z-50 rounded-md border border-line-strong bg-raised p-3 text-sm font-medium shadow-float"
        >
          <bdi>{drag.name}</bdi>
        </div>
      )}
    </>
  )
}

/** What the arrows mean, in the direction of reading. */
function steps(root: HTMLElement | null): Readonly<Record<string, Step>> {
  const turned = root !== null && getComputedStyle(root).direction === 'rtl'
  return { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: turned ? 'after' : 'before', ArrowRight: turned ? 'before' : 'after' }
}

/** Takes the keyboard to a neighbour: in the same column, or to about the same height in the next one that has cards. */
function walk(root: HTMLElement | null, cardId: string, step: Step): void {
  const columns = [...(root?.querySelectorAll<HTMLElement>('[data-stage]') ?? [])].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-card]'),
  ])
  const at = columns.findIndex((cards) => cards.some((card) => card.dataset.card === cardId))
  const index = columns[at]?.findIndex((card) => card.dataset.card === cardId) ?? -1
  const next =
    step === 'up' || step === 'down'
      ? columns[at]?.[index + (step === 'down' ? 1 : -1)]
      : (step === 'after' ? columns.slice(at + 1) : columns.slice(0, Math.max(at, 0)).toReversed())
          .filter((cards) => cards.length > 0)
          .map((cards) => cards[Math.min(index, cards.length - 1)])[0]
  next?.querySelector<HTMLElement>('a')?.focus()
}

/** What `BoardColumn` is given. */
export type BoardColumnProps = {
  readonly id: string
  readonly title: ReactNode
  readonly count: { readonly value: string; readonly label: string }
  /** At the end of the head: what they are worth. */
  readonly end?: ReactNode
  /** Said where there are no cards. */
  readonly empty: string
  readonly isEmpty: boolean
  readonly more?: { readonly label: string; readonly busy: boolean; readonly onMore: () => void } | undefined
  /** A card is over it that would come in at the top. */
  readonly over?: boolean
  /** Cards, as items of a list. */
  readonly children: ReactNode
}

/** One column: how many cards, and the cards. */
export function BoardColumn({ id, title, count, end, empty, isEmpty, more, over = false, children }: BoardColumnProps) {
  const name = useId()
  return (
    <section
      aria-labelledby={name}
      data-stage={id}
      className="flex min-h-0 w-72 shrink-0 flex-col rounded-lg bg-sunken phone:w-full phone:bg-transparent forced-colors:border"
    >
      <header className="flex items-baseline gap-2 px-3 py-2.5 phone:px-0">
        <h2 id={name} className="min-w-0 truncate text-sm font-strong">
          <bdi>{title}</bdi>
        </h2>
        <Count value={count.value} label={count.label} />
        {end && <span className="figures ms-auto shrink-0 text-xs text-ink-2">{end}</span>}
      </header>
      <div
        tabIndex={isEmpty ? -1 : 0}
        className="scroll-calm min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-2 focus-visible:-outline-offset-2 phone:px-0"
      >
        <ul aria-labelledby={name} className="grid gap-2">
          {over && <DropLine />}
          {children}
        </ul>
        {isEmpty && !over && <p className="px-1 py-3 text-xs text-ink-3">{empty}</p>}
        {more && (
          <div className="pt-2">
            <Button size="sm" variant="quiet" wide busy={more.busy} onClick={more.onMore}>
              {more.label}
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

/** Where a card that is dragged would come in. */
export const DropLine = () => <li aria-hidden="true" className="h-0.5 rounded-full bg-solid" />
