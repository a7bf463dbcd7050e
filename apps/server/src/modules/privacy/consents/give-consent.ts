import { createHash } from 'node:crypto'
import type { Channel, Consent } from '@frontdesk/contact-rules'
import type { ContactId, FileId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import type { ConsentHow, ConsentPurpose, ConsentRow } from './consent.tables.ts'
import { hashOfPoint, type KeyedPoint } from './point-hash.ts'

/** A text as she saw, heard or signed it. */
export type Wording = {
  /** A key of the kit. */
  readonly key: string
  readonly edition: string
  readonly locale: string
  readonly words: string
}

/** One consent: who, for what, in which form, in which words, when, where, and what proves it. */
export type GiveConsent = {
  readonly contactId: ContactId
  /** The address or number it is for; null where the channel has none. */
  readonly point: KeyedPoint | null
  readonly channel: Channel
  readonly purpose: ConsentPurpose
  readonly level: Consent['level']
  /** The wording names machines: artificial voices, automatic dialing or texts. */
  readonly automated: boolean
  readonly wording: Wording
  readonly how: ConsentHow
  readonly place?: string | null | undefined
  readonly signedName?: string | null | undefined
  readonly proofFileId?: FileId | null | undefined
  /** When she agreed; now unless given. */
  readonly at?: Temporal.Instant | undefined
  readonly expiresAt?: Temporal.Instant | null | undefined
}

/** Writes a consent into the ledger. Nothing ever rewrites it. The caller has asked the policy. Throws when it would begin in the future. */
export async function giveConsent(tx: WorkspaceTx, by: Principal, wish: GiveConsent): Promise<Selectable<ConsentRow>> {
  const at = wish.at ?? tx.now
  if (Temporal.Instant.compare(at, tx.now) > 0) {
    throw new Refusal('http/invalid-request', { detail: 'A consent cannot be given in the future. Correct the date. Nothing was saved.' })
  }
  const row = await tx.db
    .insertInto('consent')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: wish.contactId,
      point_hash: wish.point && hashOfPoint(tx, wish.point),
      channel: wish.channel,
      purpose: wish.purpose,
      action: 'given',
      level: wish.level,
      automated: wish.automated,
      wording_id: await keepWording(tx, wish.wording),
      how: wish.how,
      place: wish.place ?? null,
      signed_name: wish.signedName ?? null,
      proof_file_id: wish.proofFileId ?? null,
      happened_at: at,
      expires_at: wish.expiresAt ?? null,
      recorded_by: actorText(by),
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, wish.contactId, row)
  return row
}

/** SHA-256 of a text in UTF-8, as the ledger keeps it beside the text. */
export const hashOfWords = (words: string): string => createHash('sha256').update(words, 'utf8').digest('hex')

/** The id of a text in the ledger; kept now where it is new. */
export async function keepWording(tx: WorkspaceTx, { key, edition, locale, words }: Wording): Promise<string> {
  const found = () =>
    tx.db
      .selectFrom('consent_wording')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('wording', '=', key)
      .where('edition', '=', edition)
      .where('locale', '=', locale)
      .where('words_hash', '=', hashOfWords(words))
  const known = await found().executeTakeFirst()
  if (known) return known.id
  await tx.db
    .insertInto('consent_wording')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      wording: key,
      edition,
      locale,
      words,
      words_hash: hashOfWords(words),
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await found().executeTakeFirstOrThrow()).id
}

/** Tells the timeline, the outbox and the audit of a new entry. */
export async function told(tx: WorkspaceTx, by: Principal, contactId: ContactId, row: Selectable<ConsentRow>): Promise<void> {
  const kind = row.action === 'given' ? 'consent.given' : 'consent.withdrawn'
  await audit(tx, by, { action: kind, object: { type: 'consent', id: row.id }, result: 'done' })
  await recordTimeline(tx, {
    contactId,
    kind,
    actor: by,
    subject: { type: 'consent', id: row.id },
    summary: {
      key: row.action === 'given' ? 'consent_given' : 'consent_withdrawn',
      values: { channel: row.channel, purpose: row.purpose, how: row.how },
    },
    at: row.happened_at,
  })
  await emit(tx, kind, { consentId: row.id, contactId })
}
