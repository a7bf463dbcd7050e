import type { PolicyLocale, UserId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import type { AuthTx } from './auth-database.ts'
import type { ProviderName } from './provider-identity.ts'

/** A document that somebody accepts when her account is made, as it is served at that moment. */
export type AcceptedDocument = {
  readonly document: 'terms' | 'privacy'
  /** Null where the operator published none: then it is the text that the software writes from the settings. */
  readonly version: number | null
  /** Of the text that `/legal/…/text` serves. */
  readonly sha256: string
  readonly locale: PolicyLocale
}

/** The documents of whoever runs this server. They belong to its first workspace; before there is one there are none, and nothing is recorded. */
export type SignUpDocuments = {
  /** Where they are read. */
  readonly places: () => Promise<{ document: AcceptedDocument['document']; path: string }[]>
  /** What is served now, in the language of the reader. */
  readonly served: (locale: string | null | undefined) => Promise<readonly AcceptedDocument[]>
}

/** A server without documents: one that is being prepared. */
export const noDocuments: SignUpDocuments = { places: async () => [], served: async () => [] }

/** How somebody came to her account, and what she accepted with it. */
export type Acceptance = {
  readonly method: 'sign_up' | 'invitation' | ProviderName
  readonly documents: readonly AcceptedDocument[]
  /** When she sent the form, which may be before the account was made. */
  readonly at: Temporal.Instant
}

/** Records it with the account, in one transaction. */
export async function saveAcceptance(tx: AuthTx, userId: UserId, { method, documents, at }: Acceptance): Promise<void> {
  if (documents.length === 0) return
  await tx.db
    .insertInto('acceptance')
    .values(documents.map((one) => ({ ...one, id: tx.newId(), user_id: userId, method, accepted_at: at })))
    .execute()
}

/** The workspace of whoever set this server up; undefined before that. */
export async function firstWorkspace(database: Database): Promise<WorkspaceId | undefined> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.first_workspace()`.execute(database.outside)
  return rows[0]?.workspace_id
}
