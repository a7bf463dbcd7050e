import type { OpenedDocuments, PolicyLocale, ServedDocument, UserId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { AuthTx } from './auth-database.ts'
import type { ProviderName } from './provider-identity.ts'

/** What somebody accepts when her account is made, as it is served at that moment: a document, or, by a tick of its own, that her data go to another country. */
export type AcceptedDocument = {
  readonly document: 'terms' | 'privacy' | 'transfer'
  /** Null where the operator published none: then it is the text that the software writes from the settings. Of a transfer the edition of its sentence. */
  readonly version: number | null
  /** Of the text that `/legal/…/text` serves; of a transfer of the sentence beside the tick. */
  readonly sha256: string
  readonly locale: PolicyLocale
  /** Of a transfer: where the data go, ISO 3166-1, or `EU`. */
  readonly destination?: string | null
}

/** The documents of whoever runs this server. They belong to its first workspace; before there is one there are none, and nothing is recorded. */
export type SignUpDocuments = {
  /** What is served now, in the language of the reader, and where it is read. Its words are kept from now on, so that its hash leads to them for good. */
  readonly served: (locale: string | null | undefined) => Promise<readonly (AcceptedDocument & Pick<ServedDocument, 'document' | 'path'>)[]>
}

/** A server without documents: one that is being prepared. */
export const noDocuments: SignUpDocuments = { served: async () => [] }

/** The documents as somebody is shown them who may accept them. */
export const documentsToAccept = async (documents: SignUpDocuments, locale: string | null | undefined): Promise<ServedDocument[]> =>
  (await documents.served(locale)).map(({ document, path, locale: shown, sha256 }) => ({ document, path, locale: shown, sha256 }))

/**
 * What she accepts: the texts that she had before her when she sent the form. Throws `accounts/documents-changed`, with those that count now, where one of them is another by now or
 * was never opened.
 */
export async function acceptOpened(documents: SignUpDocuments, opened: OpenedDocuments | undefined): Promise<readonly AcceptedDocument[]> {
  const served = await documents.served(opened?.locale)
  const seen = (one: AcceptedDocument) =>
    opened?.documents.some(({ document, sha256 }) => document === one.document && sha256 === one.sha256) === true
  if (served.every(seen)) return served.map(({ path: _, ...one }) => one)
  throw new Refusal('accounts/documents-changed', {
    detail: 'Read the terms and the privacy notice as they are now, and send the form again. Nothing was saved.',
    accepts: await documentsToAccept(documents, opened?.locale),
  })
}

/** How somebody came to her account, and what she accepted with it. */
export type Acceptance = {
  readonly method: 'sign_up' | 'invitation' | ProviderName
  readonly documents: readonly AcceptedDocument[]
  /** When she sent the form, which may be before the account was made. */
  readonly at: Temporal.Instant
}

/** Records it with the account, in one transaction. What she accepted before stays as it was. */
export async function saveAcceptance(tx: AuthTx, userId: UserId, { method, documents, at }: Acceptance): Promise<void> {
  if (documents.length === 0) return
  await tx.db
    .insertInto('acceptance')
    .values(
      documents.map(({ destination = null, ...one }) => ({
        ...one,
        destination,
        id: tx.newId(),
        user_id: userId,
        method,
        accepted_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The workspace of whoever set this server up; undefined before that. */
export async function firstWorkspace(database: Database): Promise<WorkspaceId | undefined> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.first_workspace()`.execute(database.outside)
  return rows[0]?.workspace_id
}
