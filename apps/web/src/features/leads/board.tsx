import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select } from '../../ui/select.tsx'
import { BoardColumn } from './board-column.tsx'
import { mayWorkOnLeads } from './may-work.ts'
import { type Goal, moveOnBoard, placeOn, stepFrom } from './move-on-board.ts'
import type { Board as BoardFacts, Lead } from './queries.ts'
import { useDragLead } from './use-drag-lead.ts'
import { useLeadActs } from './use-lead-acts.ts'
import { leadsWords } from './words.ts'

export type BoardProps = {
  readonly board: BoardFacts
  readonly owner: string | undefined
  /** The stage that is seen on a phone. */
  readonly stage: string | undefined
  readonly onStage: (stageId: string) => void
  readonly onAdd: (() => void) | undefined
}

/**
 * Leads by stage. Cards are dragged with the mouse; with the keyboard the arrows walk from card to card, and with Shift they take the card along. On a phone one stage is seen at a time, and a card is
 * moved on its own page.
 */
export function Board({ board, owner, stage, onStage, onAdd }: BoardProps) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const { role } = useWorkspace()
  const narrow = useNarrow()
  const acts = useLeadActs()
  const hint = useId()
  const root = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState('')
  const focusNext = useRef<string>(undefined)
  const may = mayWorkOnLeads.includes(role)
  const stages = board.pipeline.stages.filter(({ kind }) => kind === 'open')
  const shown = narrow ? stages.filter(({ id }) => id === (stages.some((one) => one.id === stage) ? stage : stages[0]?.id)) : stages
  const go = (lead: Pick<Lead, 'id' | 'contact'>, goal: Goal) => {
    const after = moveOnBoard(board, lead.id, goal)
    const place = placeOn(after, lead.id)
    const column = place && after.columns[place.column]
    const name = stages.find(({ id }) => id === goal.stageId)?.name ?? ''
    if (place && column) setSaid(t('movedTo', { name: lead.contact.name, stage: name, place: place.index + 1, total: column.items.length }))
    void acts.move(lead, goal)
  }
  const { drag, begin } = useDragLead(root, go)
  useEffect(() => {
    // A card that went to another stage is drawn anew there; the keyboard stays on it.
    const id = focusNext.current
    if (id === undefined) return
    const card = root.current?.querySelector<HTMLElement>(`[data-lead="${id}"] a`)
    if (card && card !== document.activeElement) card.focus()
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-lead]')?.dataset.lead : undefined
    const step = steps(root.current)[event.key]
    if (id === undefined || step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (event.shiftKey) {
      const lead = board.columns.flatMap(({ items }) => items).find((each) => each.id === id)
      const goal = may && lead && !narrow ? stepFrom(board, id, step) : undefined
      if (!lead || !goal) return
      focusNext.current = id
      go(lead, goal)
      return
    }
    focusNext.current = undefined
    walk(root.current, id, step)
  }
  if (board.columns.every(({ count }) => count === 0)) {
    return (
      <EmptyState
        icon="flag"
        action={
          onAdd && (
            <Button icon="plus" onClick={onAdd}>
              {t('add')}
            </Button>
          )
        }
      >
        {owner === undefined ? t('empty') : t('emptyNarrowed')}
      </EmptyState>
    )
  }
  return (
    <>
      {narrow && (
        <div className="px-4 py-2">
          <Select
            label={t('stage')}
            quiet
            value={shown[0]?.id ?? ''}
            options={stages.map(({ id, name }) => ({
              value: id,
              label: `${name} (${formats.number(board.columns.find((column) => column.stageId === id)?.count ?? 0)})`,
            }))}
            onChange={onStage}
          />
        </div>
      )}
      <p id={hint} className="sr-only">
        {t(may && !narrow ? 'keysMove' : 'keysWalk')}
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
        {shown.map((one) => {
          const column = board.columns.find(({ stageId }) => stageId === one.id)
          return (
            column && (
              <BoardColumn
                key={one.id}
                stage={one}
                column={column}
                owner={owner}
                hint={hint}
                drag={drag}
                onGrab={may && !narrow ? begin : undefined}
              />
            )
          )
        })}
      </div>
      {drag && (
        <div
          aria-hidden="true"
          style={{ left: drag.x, top: drag.y, width: drag.width }}
          className="pointer-events-none fixed z-50 rounded-md border border-line-strong bg-raised p-3 text-sm font-medium shadow-float"
        >
          <bdi>{drag.lead.contact.name}</bdi>
        </div>
      )}
    </>
  )
}

type Step = 'up' | 'down' | 'before' | 'after'

/** What the arrows mean, in the direction of reading. */
function steps(root: HTMLElement | null): Readonly<Record<string, Step>> {
  const turned = root !== null && getComputedStyle(root).direction === 'rtl'
  return { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: turned ? 'after' : 'before', ArrowRight: turned ? 'before' : 'after' }
}

/** Takes the keyboard to a neighbour: in the same column, or to about the same height in the next one that has cards. */
function walk(root: HTMLElement | null, leadId: string, step: Step): void {
  const columns = [...(root?.querySelectorAll<HTMLElement>('[data-stage]') ?? [])].map((column) => [
    ...column.querySelectorAll<HTMLElement>('[data-lead]'),
  ])
  const at = columns.findIndex((cards) => cards.some((card) => card.dataset.lead === leadId))
  const index = columns[at]?.findIndex((card) => card.dataset.lead === leadId) ?? -1
  const next =
    step === 'up' || step === 'down'
      ? columns[at]?.[index + (step === 'down' ? 1 : -1)]
      : (step === 'after' ? columns.slice(at + 1) : columns.slice(0, Math.max(at, 0)).toReversed())
          .filter((cards) => cards.length > 0)
          .map((cards) => cards[Math.min(index, cards.length - 1)])[0]
  next?.querySelector<HTMLElement>('a')?.focus()
}
