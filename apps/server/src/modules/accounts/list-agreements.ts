import type { Agreement, Person } from '@frontdesk/contract'
import type { z } from 'zod'
import type { AccountServices } from './services.ts'
import { transferSentence } from './transfer-consent.ts'

/** What somebody accepted and agreed to with her account, newest first. The whole of it is kept as it was; nothing here can be changed afterwards. */
export async function listAgreements(
  { auth, documents }: Pick<AccountServices, 'auth' | 'documents'>,
  person: Person,
): Promise<z.input<typeof Agreement>[]> {
  const rows = await auth.db.selectFrom('acceptance').selectAll().where('user_id', '=', person.userId).orderBy('id', 'desc').execute()
  const served = await documents.served(undefined)
  return rows.map((row) => ({
    document: row.document,
    version: row.version,
    sha256: row.sha256,
    locale: row.locale,
    method: row.method,
    acceptedAt: row.accepted_at.toString(),
    path: served.find(({ document }) => document === row.document)?.path ?? null,
    words: row.destination === null ? null : transferSentence(row.destination, row.locale, row.version ?? 1),
    destination: row.destination,
  }))
}
