import type { ContactId, RecipientNews } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { tellOfRecipients } from '../../requests/office.ts'
import type { RecipientNoticeRow } from './recipient-notice.tables.ts'
import { seal } from './sealed-notice.ts'

/** What became of data of hers, and the case that asked for it, where there is one. */
export type ToldOn = {
  readonly contactId: ContactId
  readonly requestId: string | null
  readonly news: Exclude<RecipientNews, 'erased'>
  /** What was corrected, by the names of the fields. */
  readonly fields?: readonly string[]
}
type Recipient = Pick<RecipientNoticeRow, 'recipient_kind' | 'recipient' | 'among_many' | 'received_at'>

/**
 * Opens a notice for everybody outside who received data of hers that were corrected or restricted now: each recipient of the account of disclosures once, she herself and the business left out,
 * and those who received data of many since she came. Whoever looks after privacy is written to. Answers how many there are.
 */
export async function openNotices(tx: WorkspaceTx, { contactId, requestId, news, fields = [] }: ToldOn): Promise<number> {
  if (news === 'restricted') await overtake(tx, [contactId], 'restriction_ended')
  const { rows: open } = await sql<Pick<Recipient, 'recipient'>>`
    select recipient from recipient_notice where workspace_id = ${tx.workspaceId} and contact_id = ${contactId} and state = 'open' and news = ${news}
      and fields = ${JSON.stringify(fields)}::jsonb`.execute(tx.db)
  const waits = new Set(open.map(({ recipient }) => recipient))
  const recipients = (await recipientsOf(tx, [contactId])).filter(({ recipient }) => !waits.has(recipient))
  for (const recipient of recipients) await openOne(tx, recipient, { contactId, requestId, news, fields })
  if (recipients.length > 0) await tellOfRecipients(tx, recipients.length)
  return recipients.length
}

/**
 * The restriction has ended: who was told of it is told of that too, and who was not needs to be told of neither. Answers how many there are.
 */
export async function openNoticesOfEnd(
  tx: WorkspaceTx,
  { contactId, requestId, since }: { readonly contactId: ContactId; readonly requestId: string | null; readonly since: Temporal.Instant },
): Promise<number> {
  await overtake(tx, [contactId], 'restricted')
  const told = await tx.db
    .selectFrom('recipient_notice')
    .select(['recipient_kind', 'recipient', 'among_many', 'received_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('news', '=', 'restricted')
    .where('state', '=', 'told')
    .where('created_at', '>=', since)
    .orderBy('id')
    .execute()
  for (const recipient of told) await openOne(tx, recipient, { contactId, requestId, news: 'restriction_ended', fields: [] })
  if (told.length > 0) await tellOfRecipients(tx, told.length)
  return told.length
}

/**
 * The same before she is erased: afterwards nothing would say who received data of hers. What the recipient needs to find her is kept encrypted until it was told, for thirty days
 * at most. What it was still to be told of her otherwise is overtaken.
 */
export async function openNoticesOfErasure(
  tx: WorkspaceTx,
  wish: {
    readonly contactIds: readonly ContactId[]
    readonly requestId: string | null
    readonly named: readonly string[]
    /** Carried out again on an older copy of the database, before anything else runs: nobody is written to now. */
    readonly again: boolean
  },
): Promise<number> {
  await overtake(tx, wish.contactIds)
  const recipients = await recipientsOf(tx, wish.contactIds)
  for (const { recipient, ...facts } of recipients) {
    const id = tx.newId()
    const sealed = seal(tx, id, { recipient, named: wish.named })
    await insertNotice(tx, {
      ...facts,
      id,
      recipient: '',
      sealed,
      contact_id: null,
      request_id: wish.requestId,
      news: 'erased',
      fields: '[]',
    })
  }
  if (recipients.length > 0 && !wish.again) await tellOfRecipients(tx, recipients.length)
  return recipients.length
}

/** Everybody outside who received data of these contacts, the last time each. */
async function recipientsOf(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<readonly Recipient[]> {
  const { rows } = await sql<Recipient>`
    with hers as (
      select id, created_at from contact
      where workspace_id = ${tx.workspaceId} and (id = any (${[...contactIds]}::uuid[]) or merged_into = any (${[...contactIds]}::uuid[])))
    select d.recipient_kind, d.recipient, bool_and(d.contact_id is null) as among_many, max(d.at) as received_at
    from disclosure d
    where d.workspace_id = ${tx.workspaceId} and d.recipient_kind not in ('person', 'business')
      and (d.contact_id in (select id from hers) or (d.contact_id is null and d.people > 1 and d.at >= (select min(created_at) from hers)))
    group by d.recipient_kind, d.recipient order by max(d.at)`.execute(tx.db)
  return rows
}

const openOne = (tx: WorkspaceTx, recipient: Recipient, { contactId, requestId, news, fields }: Required<ToldOn>) =>
  insertNotice(tx, {
    ...recipient,
    id: tx.newId(),
    sealed: null,
    contact_id: contactId,
    request_id: requestId,
    news,
    fields: JSON.stringify(fields),
  })

const insertNotice = (
  tx: WorkspaceTx,
  row: Recipient & Pick<RecipientNoticeRow, 'id' | 'sealed' | 'contact_id' | 'request_id' | 'news'> & { readonly fields: string },
) =>
  tx.db
    .insertInto('recipient_notice')
    .values({
      ...row,
      workspace_id: tx.workspaceId,
      state: 'open',
      how: null,
      proof: null,
      done_by: null,
      done_at: null,
      created_at: tx.now,
    })
    .execute()

/** What was still to be told of these contacts, or only of one thing, need not be told any more. */
async function overtake(tx: WorkspaceTx, contactIds: readonly ContactId[], news?: RecipientNews): Promise<void> {
  await tx.db
    .updateTable('recipient_notice')
    .set({ state: 'overtaken', done_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', [...contactIds])
    .where('state', '=', 'open')
    .$if(news !== undefined, (query) => query.where('news', '=', news ?? 'erased'))
    .execute()
}

/** Whether somebody still has to be told because of a case. */
export async function hasOpenNotices(tx: WorkspaceTx, requestId: string): Promise<boolean> {
  const open = await tx.db
    .selectFrom('recipient_notice')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}
