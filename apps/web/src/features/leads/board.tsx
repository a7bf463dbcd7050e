import { useId, useRef, useState } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useWorkspace } from '../../lib/session.ts'
import { BoardArea, type Step } from '../../ui/board.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select } from '../../ui/select.tsx'
import { useDragCard } from '../../ui/use-drag-card.ts'
import { StageColumn } from './board-column.tsx'
import { mayWorkOnLeads } from './may-work.ts'
import { type Goal, moveOnBoard, placeOn, stepFrom } from './move-on-board.ts'
import type { Board as BoardFacts, Lead } from './queries.ts'
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
  const { drag, begin } = useDragCard<Lead>(root, (lead, { column, below }) => go(lead, { stageId: column, belowLeadId: below }))
  const onStep = (id: string, step: Step): boolean => {
    const lead = board.columns.flatMap(({ items }) => items).find((each) => each.id === id)
    const goal = lead && stepFrom(board, id, step)
    if (goal) go(lead, goal)
    return goal !== undefined
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
      <BoardArea
        root={root}
        hint={{ id: hint, text: t(may && !narrow ? 'keysMove' : 'keysWalk') }}
        said={said}
        onStep={may && !narrow ? onStep : undefined}
        drag={drag && { ...drag, name: drag.card.contact.name }}
      >
        {shown.map((one) => {
          const column = board.columns.find(({ stageId }) => stageId === one.id)
          return (
            column && (
              <StageColumn
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
      </BoardArea>
    </>
  )
}
