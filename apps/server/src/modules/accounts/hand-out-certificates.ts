import type { UserId } from '@frontdesk/contract'
import { formats } from '@frontdesk/i18n'
import { type Selectable, sql } from 'kysely'
import { type Certificate, forgetHead, keepCertificate } from '../../platform/audit/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { send } from './answer-mail-requests.ts'
import type { UserRow } from './auth.tables.ts'
import type { AuthTx } from './auth-database.ts'
import type { AccountServices } from './services.ts'

/** Where what proves something lies outside of the database. */
export type AuditFolders = { readonly certificates: string; readonly heads: string }

/** What deleting workspaces stands on. */
export type Leaving = Pick<AccountServices, 'auth' | 'mail' | 'linkBase'> & {
  /** The role that deletes what others only append. */
  readonly eraser: Database
  readonly auditFolders: () => AuditFolders
  /** Gives the space of deleted rows back, as the owner of the tables. */
  readonly vacuum: (tables: readonly string[]) => Promise<unknown>
}

type Due = { readonly workspace_id: Certificate['workspace'] }
type Finished = Due & { readonly tell: UserId[]; readonly certificate: string; readonly sha256: string }

/**
 * Signs the certificates of workspaces that were deleted, keeps them outside of the database, and mails each to the owners there were. Once each: whom it went to is
 * forgotten in the transaction that queues the mails. Answers how many were handed out.
 */
export async function handOutCertificates(leaving: Leaving): Promise<number> {
  const { auth } = leaving
  const { rows } = await sql<Due>`
    select workspace_id from platform.workspace_deletion where finished_at is not null and handed_out_at is null order by sequence limit 100`.execute(
    auth.db,
  )
  let handedOut = 0
  for (const due of rows) if (await auth.transaction((tx) => handOut(leaving, tx, due))) handedOut += 1
  return handedOut
}

async function handOut(leaving: Leaving, tx: AuthTx, due: Due): Promise<boolean> {
  const { rows } = await sql<Finished>`
    select workspace_id, tell, certificate, sha256 from platform.workspace_deletion
    where workspace_id = ${due.workspace_id} and handed_out_at is null for update skip locked`.execute(tx.db)
  const finished = rows[0]
  if (!finished) return false
  const { certificates, heads } = leaving.auditFolders()
  keepCertificate(certificates, tx.keys, { workspaceId: finished.workspace_id, text: finished.certificate, sha256: finished.sha256 })
  forgetHead(heads, finished.workspace_id)
  for (const user of await accountsOf(tx, finished.tell)) await mailCertificate(leaving, tx, user, finished)
  await sql`update platform.workspace_deletion set tell = '{}', handed_out_at = ${tx.now.toString()}::timestamptz where workspace_id = ${finished.workspace_id}`.execute(
    tx.db,
  )
  return true
}

const accountsOf = async (tx: AuthTx, ids: readonly UserId[]): Promise<readonly Selectable<UserRow>[]> =>
  ids.length === 0 ? [] : tx.db.selectFrom('user').selectAll().where('id', 'in', ids).execute()

async function mailCertificate(leaving: Leaving, tx: AuthTx, user: Selectable<UserRow>, { certificate, sha256 }: Finished): Promise<void> {
  const told = JSON.parse(certificate) as Certificate
  const as = formats(user.locale ?? 'en', user.zone ?? 'UTC')
  const day = (moment: string) => as.weekdayDate(Temporal.Instant.from(moment), { year: true })
  await send(
    leaving,
    tx,
    user,
    (t) => ({
      subject: t('leftSubject'),
      paragraphs: [
        t('leftText', {
          closed: day(told.closedAt),
          deleted: day(told.deletedAt),
          rows: as.number(told.rows),
          tables: as.number(Object.keys(told.tables).length),
        }),
        t('leftProof', { sha256 }),
      ],
      button: { label: t('leftButton'), href: `${leaving.linkBase()}/deletions/${sha256}` },
      notYou: t('leftNotYou'),
    }),
    [{ name: 'certificate-of-deletion.json', type: 'application/json', bytes: Buffer.from(certificate) }],
  )
}
