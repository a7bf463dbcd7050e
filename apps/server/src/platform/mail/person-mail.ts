import type { Id, MailId, UserId } from '@frontdesk/contract'
import { type QueryExecutorProvider, sql } from 'kysely'
import { type Keys, noWorkspace } from '../crypto/index.ts'
import { composeMail, type MailAttachment, type Mailbox } from './compose-mail.ts'
import { domainOf, mailSettings } from './settings.ts'

/** Wakes the sender of mails to people; its payload is empty. */
export const personMailChannel = 'frontdesk_person_mail'

/** A transaction of the auth role, with its one moment, its ids and the keys. */
export type PersonMailTx = {
  readonly db: QueryExecutorProvider
  readonly now: Temporal.Instant
  readonly keys: Keys
  newId<Noun extends string>(): Id<Noun>
}

/** A mail of the server itself to one person, in no workspace: its link opens an account, so no workspace's outbox shows it. */
export type PersonMail = {
  /** Null where the address belongs to nobody with an account. */
  readonly userId: UserId | null
  readonly to: Mailbox
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly attachments?: readonly MailAttachment[] | undefined
}

const bound = (id: string) => ({ workspaceId: noWorkspace, table: 'person_mail', column: 'raw', rowId: id })

/** The MIME text of one mail to a person. */
export const openPersonRaw = (keys: Keys, id: string, sealed: string): Buffer => Buffer.from(keys.decrypt(sealed, bound(id)), 'latin1')

/** Queues a mail to a person in the caller's transaction of the auth role. It is sent within a second of the commit. */
export async function mailPerson(tx: PersonMailTx, mail: PersonMail): Promise<MailId> {
  const settings = mailSettings.get()
  const id = tx.newId<'mail'>()
  const raw = await composeMail({
    ...mail,
    id,
    domain: domainOf(settings.from.address),
    from: settings.from,
    date: tx.now,
    automatic: true,
  })
  const state = settings.smtpUrl === undefined ? 'not_configured' : 'queued'
  const now = tx.now.toString()
  const sealed = tx.keys.encrypt(raw.toString('latin1'), bound(id))
  await sql`insert into auth.person_mail (id, user_id, to_address, subject, state, attempts, next_attempt_at, raw, created_at)
    values (${id}, ${mail.userId}, ${mail.to.address}, ${mail.subject}, ${state}, 0, ${now}::timestamptz, ${sealed}, ${now}::timestamptz)`.execute(
    tx.db,
  )
  await sql`select pg_notify(${personMailChannel}, '')`.execute(tx.db)
  return id
}
