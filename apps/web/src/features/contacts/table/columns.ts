import type { TableSort } from '../address.ts'
import type { OwnField } from '../fields/queries.ts'

/** A column of the table: the name, which is always first, the others, and own fields by their keys. */
export type ColumnKey = (typeof plainColumns)[number] | `own.${string}`

/** Columns that every business has, in the order in which they are offered. */
export const plainColumns = [
  'name',
  'givenName',
  'familyName',
  'email',
  'phone',
  'company',
  'owner',
  'tags',
  'activity',
  'created',
] as const

/** A column as it is shown: which, and how wide in px. */
export type TableColumn = { readonly key: ColumnKey; readonly width: number }

/** As wide as a column can be made. */
export const widths = { least: 80, most: 640, step: 20 } as const
/** As many columns are kept. */
export const MOST_COLUMNS = 40

/** Together the usual ones are as wide as a small desk's screen. */
const usualWidths: { readonly [Key in ColumnKey]?: number } = { name: 200, email: 210, phone: 140, tags: 190, activity: 130, created: 130 }
const usualWidth = (key: ColumnKey): number => usualWidths[key] ?? 150

/** What the table shows where nobody chose. */
export const usualColumns: readonly TableColumn[] = (
  ['name', 'email', 'phone', 'company', 'owner', 'tags', 'activity'] satisfies ColumnKey[]
).map(column)

/** A column as wide as it usually is. */
export function column(key: ColumnKey): TableColumn {
  return { key, width: usualWidth(key) }
}

/** Own fields whose values have an order; those with choices are grouped by. */
const orderedTypes: readonly string[] = ['text', 'link', 'number', 'money', 'date', 'yes_no']

/** The order that pressing a column's title gives; undefined for columns without one that the database reads fast. */
export function sortOf(key: ColumnKey, fields: ReadonlyMap<string, Pick<OwnField, 'type' | 'filter'>>): TableSort | undefined {
  if (!key.startsWith('own.')) return key === 'name' ? 'name' : key === 'activity' ? 'recent' : key === 'created' ? 'created' : undefined
  const field = fields.get(key.slice('own.'.length))
  return field?.filter === 'ready' && orderedTypes.includes(field.type) ? (key as TableSort) : undefined
}

const keyLook = /^(own\.[a-z][a-z0-9_]{0,59}|[a-zA-Z]+)$/

/** Reads columns as an address or a segment names them, `email,phone:180,own.city`; what is none is left out, and the name is always there and first. */
export function readColumns(text: string | undefined): readonly TableColumn[] {
  if (!text) return usualColumns
  const seen = new Map<ColumnKey, TableColumn>()
  for (const part of text.split(',').slice(0, MOST_COLUMNS)) {
    const [key = '', width] = part.split(':')
    if (!isColumn(key) || seen.has(key)) continue
    const px = Number(width)
    seen.set(key, Number.isInteger(px) && px > 0 ? { key, width: fitted(px) } : column(key))
  }
  const name = seen.get('name') ?? column('name')
  seen.delete('name')
  return [name, ...seen.values()]
}

/** Writes columns as an address names them; undefined for the usual ones. */
export function writeColumns(columns: readonly TableColumn[]): string | undefined {
  const text = columns.map(({ key, width }) => (width === usualWidth(key) ? key : `${key}:${width}`)).join(',')
  return text === usualText ? undefined : text
}
const usualText = 'name,email,phone,company,owner,tags,activity'

const isColumn = (key: string): key is ColumnKey => keyLook.test(key) && (key.startsWith('own.') || plainColumns.some((one) => one === key))

const fitted = (px: number): number => Math.min(Math.max(Math.round(px), widths.least), widths.most)

/** The columns with another width of one of them. */
export const withWidth = (columns: readonly TableColumn[], key: ColumnKey, width: number): readonly TableColumn[] =>
  columns.map((one) => (one.key === key ? { key, width: fitted(width) } : one))

/** The columns with one moved a place towards the start (-1) or the end (1); the name stays where it is. */
export function moved(columns: readonly TableColumn[], key: ColumnKey, by: -1 | 1): readonly TableColumn[] {
  const from = columns.findIndex((one) => one.key === key)
  const to = from + by
  const found = columns[from]
  const other = columns[to]
  if (from < 1 || to < 1 || !found || !other) return columns
  return columns.map((one, at) => (at === from ? other : at === to ? found : one))
}
