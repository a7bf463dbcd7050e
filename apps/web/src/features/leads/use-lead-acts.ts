import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useNotices } from '../../ui/toast.tsx'
import { type Goal, moveOnBoard, movesUnderWay, startMove } from './move-on-board.ts'
import { type Board, type Lead, leadQuery } from './queries.ts'
import { leadsWords } from './words.ts'

/** Moves reach the server one after the other: of two in quick succession the second is the one that counts. */
let lastMove: Promise<unknown> = Promise.resolve()
function inOrder<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  const turn = lastMove.then(act)
  lastMove = turn.catch(() => undefined)
  return turn
}

/** What can be done with a lead, each with its words and its way back. */
export function useLeadActs(): {
  readonly move: (lead: Pick<Lead, 'id' | 'contact'>, goal: Goal) => Promise<void>
  readonly assign: (lead: Lead, ownerMemberId: string | null) => Promise<void>
  readonly win: (lead: Lead) => Promise<void>
  readonly lose: (lead: Lead, reasonId: string, note: string | null) => Promise<void>
  readonly remove: (lead: Lead) => Promise<boolean>
  readonly reopen: (lead: Lead) => Promise<void>
} {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const took = (lead: Lead): Promise<void> => {
    queries.setQueryData(leadQuery(lead.id).queryKey, lead)
    return queries.invalidateQueries({ queryKey: ['leads'] })
  }
  const put = async (name: 'POST /leads/{leadId}/win' | 'POST /leads/{leadId}/reopen' | 'DELETE /leads/{leadId}', leadId: Lead['id']) =>
    took(await call(name, { params: { leadId } }))
  const fail = (error: unknown) => notices.show({ tone: 'no', text: explain(error).message })
  /** Does it, says it, and offers the way back. */
  const closing = async (lead: Lead, text: string, act: () => Promise<void>): Promise<boolean> => {
    try {
      await act()
      notices.show({ text, undo: () => put('POST /leads/{leadId}/reopen', lead.id) })
      return true
    } catch (error) {
      fail(error)
      return false
    }
  }
  return {
    async move(lead, goal) {
      const boards = { queryKey: ['leads', 'board'] } as const
      await queries.cancelQueries(boards)
      queries.setQueriesData<Board>(boards, (board) => board && moveOnBoard(board, lead.id, goal))
      const arrived = startMove(lead.id, goal)
      try {
        const body = { stageId: goal.stageId, belowLeadId: goal.belowLeadId as Lead['id'] | null }
        const moved = await inOrder(() => call('POST /leads/{leadId}/move', { params: { leadId: lead.id }, body }))
        queries.setQueryData(leadQuery(lead.id).queryKey, moved)
      } catch (error) {
        fail(error)
      } finally {
        arrived()
      }
      // What the server knows in the middle of it would put the next card back where it was.
      if (movesUnderWay() === 0) await queries.invalidateQueries({ queryKey: ['leads'] })
    },
    async assign(lead, ownerMemberId) {
      const give = async (to: string | null) =>
        took(
          await call('POST /leads/{leadId}/assign', { params: { leadId: lead.id }, body: { ownerMemberId: to as Lead['ownerMemberId'] } }),
        )
      try {
        await give(ownerMemberId)
        notices.show({ text: t('assigned'), undo: () => give(lead.ownerMemberId) })
      } catch (error) {
        fail(error)
      }
    },
    async win(lead) {
      await closing(lead, t('wonDone', { name: lead.contact.name }), () => put('POST /leads/{leadId}/win', lead.id))
    },
    async lose(lead, reasonId, note) {
      // The dialog says what went wrong and keeps what was typed.
      await took(await call('POST /leads/{leadId}/lose', { params: { leadId: lead.id }, body: { reasonId, note } }))
      notices.show({ text: t('lostDone', { name: lead.contact.name }), undo: () => put('POST /leads/{leadId}/reopen', lead.id) })
    },
    remove: (lead) => closing(lead, t('removedDone', { name: lead.contact.name }), () => put('DELETE /leads/{leadId}', lead.id)),
    async reopen(lead) {
      try {
        await put('POST /leads/{leadId}/reopen', lead.id)
        notices.show({ tone: 'ok', text: t('reopenedDone', { name: lead.contact.name }) })
      } catch (error) {
        fail(error)
      }
    },
  }
}
