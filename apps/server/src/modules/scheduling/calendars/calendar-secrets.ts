import { createHash } from 'node:crypto'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'

type Secret = 'address' | 'username' | 'password' | 'permission' | 'collection' | 'choices' | 'etag'

const placeOf = (tx: WorkspaceTx, rowId: string, column: Secret) => ({
  workspaceId: tx.workspaceId,
  table: 'calendar_link',
  column,
  rowId,
})

/** Encrypts what nobody may read in the database. */
export const sealSecret = (tx: WorkspaceTx, rowId: string, column: Secret, value: string): string =>
  tx.keys.encrypt(value, placeOf(tx, rowId, column))

/** Opens it again; null where there is none. */
export function openSecret(tx: WorkspaceTx, row: CalendarLinkRow, column: Secret): string | null {
  const sealed = row[column]
  return sealed === null ? null : tx.keys.decrypt(sealed, placeOf(tx, row.id, column))
}

/** One calendar of an account, as it is kept to choose from. */
export type KnownCalendar = { readonly url: string; readonly name: string }

/** The calendars of an account that were found when it was asked last. */
export const knownCalendars = (tx: WorkspaceTx, row: CalendarLinkRow): readonly KnownCalendar[] =>
  JSON.parse(openSecret(tx, row, 'choices') ?? '[]') as KnownCalendar[]

/** Names a calendar of an account without telling its address. */
export const choiceId = (url: string): string => createHash('sha256').update(url).digest('base64url').slice(0, 16)
