import type { Board } from './queries.ts'

/** Where a lead goes: a stage, and the lead above it there, or none on top. */
export type Goal = { readonly stageId: string; readonly belowLeadId: string | null }

/** The board as it is once a lead stands where it goes; counts move along, sums follow with the server's answer. */
export function moveOnBoard(board: Board, leadId: string, { stageId, belowLeadId }: Goal): Board {
  const lead = board.columns.flatMap(({ items }) => items).find(({ id }) => id === leadId)
  if (!lead) return board
  return {
    ...board,
    columns: board.columns.map((column) => {
      const without = column.items.filter(({ id }) => id !== leadId)
      const left = without.length !== column.items.length
      if (column.stageId !== stageId) return left ? { ...column, items: without, count: column.count - 1 } : column
      const above = belowLeadId === null ? -1 : without.findIndex(({ id }) => id === belowLeadId)
      const at = belowLeadId !== null && above === -1 ? without.length : above + 1
      return { ...column, count: left ? column.count : column.count + 1, items: without.toSpliced(at, 0, { ...lead, stageId }) }
    }),
  }
}

/** Where a lead stands. */
export function placeOn(board: Board, leadId: string): { readonly column: number; readonly index: number } | undefined {
  for (const [column, { items }] of board.columns.entries()) {
    const index = items.findIndex(({ id }) => id === leadId)
    if (index !== -1) return { column, index }
  }
  return undefined
}

/** Where a lead goes by one step with the keyboard; undefined at the edge of the board. */
export function stepFrom(board: Board, leadId: string, step: 'up' | 'down' | 'before' | 'after'): Goal | undefined {
  const here = placeOn(board, leadId)
  const column = here && board.columns[here.column]
  if (!here || !column) return undefined
  if (step === 'before' || step === 'after') {
    const next = board.columns[here.column + (step === 'after' ? 1 : -1)]
    return next && { stageId: next.stageId, belowLeadId: null }
  }
  const others = column.items.filter(({ id }) => id !== leadId)
  const at = here.index + (step === 'down' ? 1 : -1)
  if (at < 0 || at > others.length) return undefined
  return { stageId: column.stageId, belowLeadId: others[at - 1]?.id ?? null }
}

/** Moves that the server has not acknowledged yet, in the order in which they were made. */
const underWay = new Set<readonly [leadId: string, goal: Goal]>()

/** Says that a move is on its way to the server; calling what it returns says that it arrived or failed. */
export function startMove(leadId: string, goal: Goal): () => void {
  const move = [leadId, goal] as const
  underWay.add(move)
  return () => void underWay.delete(move)
}

/** How many moves are on their way. */
export const movesUnderWay = (): number => underWay.size

/** What the server answered, with the moves that it could not know: a card never jumps back while its move is on its way. */
export const withMovesUnderWay = (board: Board): Board => [...underWay].reduce((now, move) => moveOnBoard(now, ...move), board)
