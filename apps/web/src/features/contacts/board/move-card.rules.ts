import type { ContactRow } from '../table/queries.ts'

type Pages<Page> = { readonly pages: readonly Page[]; readonly pageParams: readonly unknown[] }
type Cards = { readonly items: readonly ContactRow[] }

/** A column without a card. */
export const without = <Page extends Cards, All extends Pages<Page>>(column: All, id: string): All => ({
  ...column,
  pages: column.pages.map((page) => ({ ...page, items: page.items.filter((row) => row.id !== id) })),
})

/** A column with a card on top, where it is seen; the server says where it stands. */
export const onTop = <Page extends Cards, All extends Pages<Page>>(column: All, row: ContactRow): All => ({
  ...column,
  pages: column.pages.map((page, at) => (at === 0 ? { ...page, items: [row, ...page.items.filter(({ id }) => id !== row.id)] } : page)),
})

/** What is saved when a card goes into a column: who looks after her, or what she says in a field. */
export function bodyOfMove(group: string, column: string, isYesNo: boolean) {
  const value = column === 'none' ? null : column
  if (group === 'owner') return { ownerMemberId: value }
  return { fields: { [group.slice('own.'.length)]: isYesNo && value !== null ? value === 'yes' : value } }
}

/** The column beside one; undefined at the edges. */
export function columnBeside<Column extends { readonly key: string }>(
  columns: readonly Column[],
  key: string,
  way: -1 | 1,
): Column | undefined {
  const at = columns.findIndex((column) => column.key === key)
  return at === -1 ? undefined : columns[at + way]
}

/** A card that goes into a column. */
type Move = { readonly row: ContactRow; readonly to: string }

/** Moves that the server has not acknowledged yet, in the order in which they were made. */
const underWay = new Set<Move>()

/** Says that a card is on its way to a column; calling what it returns says that it arrived or failed. */
export function startMove(move: Move): () => void {
  underWay.add(move)
  return () => void underWay.delete(move)
}

/** How many cards are on their way. */
export const movesUnderWay = (): number => underWay.size

/** A page of a column as the server answered it, with the moves that it could not know: a card never jumps back while its move is on its way. */
export function withMovesUnderWay<Page extends Cards>(page: Page, column: string | undefined, isFirst: boolean): Page {
  let items = page.items
  for (const { row, to } of underWay) {
    items = items.filter(({ id }) => id !== row.id)
    if (to === column && isFirst) items = [row, ...items]
  }
  return { ...page, items }
}
