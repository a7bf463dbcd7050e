import { createHash } from 'node:crypto'
import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { chooseLocale, defineWords, translator } from '@frontdesk/i18n'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { foldText, searchText } from './fold-text.ts'

const words = defineWords({ name: 'Anonymous' }, { es: { name: 'Anónimo' }, fr: { name: 'Anonyme' } })

/** The id of a workspace's nobody, the same at every call. */
export function idOfNobody(workspaceId: WorkspaceId): ContactId {
  const hex = createHash('sha256').update(`nobody of ${workspaceId}`).digest('hex')
  return `${workspaceId.slice(0, 14)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}` as ContactId
}

/** The one contact of a workspace who is nobody: bookings and messages of those who were anonymized point at it. Kept in the archive, made when it is first needed. */
export async function nobody(tx: WorkspaceTx): Promise<ContactId> {
  const id = idOfNobody(tx.workspaceId)
  const { rows } = await sql<{ locale: string }>`select locale from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  const name = translator(words, chooseLocale([rows[0]?.locale ?? 'en']))('name')
  await tx.db
    .insertInto('contact')
    .values({
      workspace_id: tx.workspaceId,
      id,
      version: 1,
      name,
      name_sort: foldText(name),
      given_name: null,
      family_name: null,
      company_id: null,
      company_role: null,
      owner_member_id: null,
      locale: null,
      zone: null,
      source: 'member',
      merged_into: null,
      search_text: searchText(name, null, []),
      last_activity_at: tx.now,
      last_dealing_at: tx.now,
      created_at: tx.now,
      updated_at: tx.now,
      archived_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}
