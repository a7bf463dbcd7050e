import { type TypedValue, typedOf, type ValueFault, valueFrom } from '../fields/own-value.ts'
import type { OwnField, OwnValue } from '../fields/queries.ts'
import type { Contact } from '../queries.ts'
import type { ColumnKey } from './columns.ts'
import type { ContactRow } from './queries.ts'

/** Columns whose cells are changed in place. Addresses and numbers are several, with labels and what may be done by each: they are changed on the card. */
export type EditableKey = Exclude<ColumnKey, 'email' | 'phone' | 'activity' | 'created'>

/** Whether the cells of a column are changed in place by somebody of this role. */
export const isEditable = (key: ColumnKey, role: string): key is EditableKey =>
  key !== 'email' && key !== 'phone' && key !== 'activity' && key !== 'created' && (key !== 'owner' || role !== 'representative')

/** A cell as its input begins with. */
export function typedOfCell(row: ContactRow, key: EditableKey, field: OwnField | undefined): TypedValue {
  if (key === 'tags') return row.tags
  if (key === 'owner') return row.ownerMemberId ?? ''
  if (isOwn(key)) return field ? typedOf(field, row.fields[field.key]) : ''
  return row[key] ?? ''
}

export type CellBody = Readonly<Record<string, string | null | readonly string[] | Readonly<Record<string, OwnValue | null>>>>

/** What is sent to save a cell, or what is wrong with what was typed. */
export function bodyOfCell(
  key: EditableKey,
  typed: TypedValue,
  field: OwnField | undefined,
): { readonly body: CellBody } | { readonly fault: ValueFault | 'nameMissing' } {
  if (isOwn(key)) {
    if (!field) return { body: {} }
    const read = valueFrom(field, typed)
    return 'fault' in read ? read : { body: { fields: { [field.key]: read.value } } }
  }
  if (typeof typed !== 'string') return { body: { tags: typed } }
  const text = typed.trim()
  if (key === 'name') return text === '' ? { fault: 'nameMissing' } : { body: { name: text } }
  return { body: { [key === 'owner' ? 'ownerMemberId' : key]: text || null } }
}

/** The row of a contact as it was saved. */
export const rowAfter = (row: ContactRow, saved: Contact): ContactRow => ({
  ...row,
  version: saved.version,
  name: saved.name,
  givenName: saved.givenName,
  familyName: saved.familyName,
  company: saved.company?.name ?? null,
  ownerMemberId: saved.ownerMemberId,
  tags: saved.tags,
  fields: saved.fields,
})

/** How the history calls what a column shows. */
export const historyName = (key: EditableKey): string => (key === 'owner' ? 'ownerMemberId' : key)

const isOwn = (key: ColumnKey): key is `own.${string}` => key.startsWith('own.')
