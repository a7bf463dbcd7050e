import type { ContactId, NoticeDone, Principal, RecipientNews, RecipientNotice } from '@frontdesk/contract'
import { chooseLocale, translator } from '@frontdesk/i18n'
import { actorText, audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { newestFirst } from '../../../../platform/http/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../../accounts/index.ts'
import { contactFacts } from '../../../contacts/index.ts'
import { memberNames } from '../member-names.ts'
import { disclosurePolicy } from './disclosure.policy.ts'
import type { StoredNotice } from './recipient-notice.tables.ts'
import { noticeWords } from './recipient-notice.words.ts'
import { type Sealed, seal, unseal } from './sealed-notice.ts'

/** How long what names somebody who was erased is kept for those who have to be told of it: the month in which the law wants things done (GDPR Art. 12(3)). */
const namedForDays = 30

export type ListNotices = {
  readonly requestId?: string | undefined
  readonly contactId?: ContactId | undefined
  readonly state?: 'open' | 'settled' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Who has to be told of what became of data it received, and who was; newest first. */
export async function listNotices(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListNotices,
): Promise<{ items: RecipientNotice[]; next: string | null }> {
  disclosurePolicy.require(by, 'disclosures.read')
  let query = tx.db.selectFrom('recipient_notice').selectAll().where('workspace_id', '=', tx.workspaceId)
  if (wish.requestId !== undefined) query = query.where('request_id', '=', wish.requestId)
  if (wish.contactId !== undefined) query = query.where('contact_id', '=', wish.contactId)
  if (wish.state !== undefined) query = query.where('state', wish.state === 'open' ? '=' : '<>', 'open')
  const { items, next } = await newestFirst(query, wish, (row) => row)
  const presentOne = await presenter(tx)
  const shown: RecipientNotice[] = []
  for (const row of items) shown.push(await presentOne(row))
  return { items: shown, next }
}

/** Records that a recipient was told, with what shows it, or why that could not be (GDPR Art. 19). Throws 404, and `http/conflict` where it was recorded before. */
export async function settleNotice(
  tx: WorkspaceTx,
  by: Principal,
  wish: NoticeDone & { readonly noticeId: string },
): Promise<RecipientNotice> {
  disclosurePolicy.require(by, 'disclosures.write')
  const row = await tx.db
    .selectFrom('recipient_notice')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.noticeId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such notice.' })
  if (row.state !== 'open') throw new Refusal('http/conflict', { detail: 'This was recorded before. Nothing was changed.' })
  const settled = await tx.db
    .updateTable('recipient_notice')
    .set({
      state: wish.how === 'impossible' ? 'impossible' : 'told',
      how: wish.how === 'impossible' ? null : wish.how,
      proof: wish.proof,
      done_by: actorText(by),
      done_at: tx.now,
      sealed: withoutNames(tx, row),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'recipient_notice.settled', object: { type: 'recipient_notice', id: row.id }, result: 'done' })
  return (await presenter(tx))(settled)
}

/** A month after an erasure nothing names her any more, told or not. */
export async function forgetNamesOfErased(tx: WorkspaceTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('recipient_notice')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'open')
    .where('sealed', 'is not', null)
    .where('created_at', '<=', tx.now.subtract({ hours: namedForDays * 24 }))
    .forUpdate()
    .execute()
  for (const row of rows) {
    if (unseal(tx, row)?.named.length === 0) continue
    await tx.db
      .updateTable('recipient_notice')
      .set({ sealed: withoutNames(tx, row) })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', row.id)
      .execute()
  }
}

function withoutNames(tx: WorkspaceTx, row: StoredNotice): string | null {
  const sealed = unseal(tx, row)
  return sealed === null ? null : seal(tx, row.id, { recipient: sealed.recipient, named: [] })
}

/** Somebody who was told because of a case. */
export type ToldRecipient = { readonly recipient: string; readonly news: RecipientNews; readonly at: Temporal.Instant | null }

/** Who was told because of a case, for her own page; none while nobody was. */
export async function toldBecauseOf(tx: WorkspaceTx, requestId: string): Promise<readonly ToldRecipient[]> {
  const rows = await tx.db
    .selectFrom('recipient_notice')
    .select(['id', 'recipient', 'sealed', 'news', 'done_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .where('state', '=', 'told')
    .orderBy('done_at')
    .execute()
  return rows.map((row) => ({ recipient: unseal(tx, row)?.recipient ?? row.recipient, news: row.news, at: row.done_at }))
}

async function presenter(tx: WorkspaceTx): Promise<(row: StoredNotice) => Promise<RecipientNotice>> {
  const nameOf = await memberNames(tx)
  const business = await workspaceFacts(tx)
  return async (row) => {
    const sealed = unseal(tx, row)
    const recipient = sealed?.recipient ?? row.recipient
    return {
      id: row.id,
      news: row.news,
      contactId: row.contact_id,
      requestId: row.request_id,
      recipientKind: row.recipient_kind,
      recipient,
      amongMany: row.among_many,
      receivedAt: row.received_at.toString(),
      fields: [...row.fields],
      openedAt: row.created_at.toString(),
      state: row.state,
      how: row.how,
      proof: row.proof,
      by: row.done_by === null ? null : nameOf(row.done_by),
      doneAt: row.done_at?.toString() ?? null,
      draft: row.state === 'open' ? draftOf(business, { ...row, recipient }, await namedIn(tx, row, sealed)) : null,
    }
  }
}

/** What the recipient finds her by: what is right now, or what was right when she was erased. */
async function namedIn(tx: WorkspaceTx, { contact_id }: StoredNotice, sealed: Sealed | null): Promise<readonly string[]> {
  if (sealed) return sealed.named
  if (contact_id === null) return []
  const contact = await contactFacts(tx, contact_id)
  return [contact.name, ...contact.points.map(({ value }) => value)]
}

/** The letter to begin with, in the language of the business: what was received when, and what became of it. Null where nothing names her any more. */
function draftOf(
  business: WorkspaceFacts,
  { recipient, news, among_many, received_at }: StoredNotice,
  named: readonly string[],
): string | null {
  if (named.length === 0) return null
  const t = translator(noticeWords, chooseLocale([business.locale]))
  const day = received_at.toZonedDateTimeISO(business.zone).toPlainDate().toLocaleString(business.locale, { dateStyle: 'long' })
  return [
    t('opening', { recipient }),
    `${t(among_many ? 'receivedMany' : 'received', { business: business.name, day })} ${t(`since/${news}`)}\n${named.map((line) => `– ${line}`).join('\n')}`,
    t(`please/${news}`),
    business.name,
  ].join('\n\n')
}
