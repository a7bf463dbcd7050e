import type { Channel, OptOutScope } from '@frontdesk/contact-rules'
import type { ContactId, Principal, Suppression, SuppressionScope } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorOf, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { normalizeAddress } from '../../../platform/mail/index.ts'
import { homeCountry, normalizePhone, recordTimeline } from '../../contacts/index.ts'
import { hashesOfPoint, hashOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { SuppressionCause, SuppressionRow } from './suppression.tables.ts'

/** The suppressions that are in force for an address or number. */
export async function suppressionsInForce(tx: WorkspaceTx, point: KeyedPoint): Promise<Selectable<SuppressionRow>[]> {
  return tx.db
    .selectFrom('suppression')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', point.kind)
    .where('value_hash', 'in', [...hashesOfPoint(tx, point)])
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .execute()
}

export type Suppress = KeyedPoint & {
  readonly scope: OptOutScope
  /** The one channel that a `channel` scope stops; every channel of the address unless given. */
  readonly channel?: Channel | undefined
  readonly cause: SuppressionCause
  /** Whom it is about, where that is known; whoever has the address unless given. */
  readonly contactId?: ContactId | undefined
}

/** Stops us from reaching an address. Asking twice changes nothing. The caller has asked the policy. */
export async function suppress(tx: WorkspaceTx, by: Principal, wish: Suppress): Promise<Selectable<SuppressionRow>> {
  const { row, isNew } = await stop(tx, by, wish)
  if (isNew) await told(tx, by, row, 'suppression.added')
  return row
}

/** The same without telling anybody: for whoever stops several addresses at once and tells it once. */
export async function stop(
  tx: WorkspaceTx,
  by: Principal,
  wish: Suppress,
): Promise<{ readonly row: Selectable<SuppressionRow>; readonly isNew: boolean }> {
  const channel = wish.channel ?? null
  const known = (await suppressionsInForce(tx, wish)).find((row) => row.scope === wish.scope && row.channel === channel)
  if (known) return { row: known, isNew: false }
  const contactId = wish.contactId ?? (await holderOf(tx, wish))
  const made = await tx.db
    .insertInto('suppression')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      kind: wish.kind,
      value_hash: hashOfPoint(tx, wish),
      scope: wish.scope,
      channel,
      cause: wish.cause,
      contact_id: contactId,
      added_by: actorText(by),
      created_at: tx.now,
      lifted_at: null,
      lifted_by: null,
      lifted_because: null,
      lifted_note: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'kind', 'value_hash', 'scope', 'channel']).where('lifted_at', 'is', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
  return made ? { row: made, isNew: true } : stop(tx, by, wish) // somebody else was quicker
}

/** Adds a suppression as a member heard of it. Throws `contacts/not-a-phone-number`. */
export async function addSuppression(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly kind: 'email' | 'phone'; readonly value: string; readonly scope: SuppressionScope; readonly cause: 'asked' | 'member' },
): Promise<Suppression> {
  privacyPolicy.require(by, 'suppressions.add')
  const value = wish.kind === 'email' ? normalizeAddress(wish.value) : normalizePhone(wish.value, await homeCountry(tx))
  if (value === undefined) {
    throw new Refusal('contacts/not-a-phone-number', {
      detail: 'Write the number with its country, like +1 212 555 0123. Nothing was saved.',
    })
  }
  return presentSuppression(await suppress(tx, by, { ...wish, value }))
}

export type LiftSuppression = {
  readonly suppressionId: string
  readonly because: 'person_asked' | 'mistake' | 'undone'
  readonly note?: string | undefined
}

/** Lifts a suppression; that it was there stays on record. Lifting twice changes nothing. */
export async function liftSuppression(tx: WorkspaceTx, by: Principal, wish: LiftSuppression): Promise<Suppression> {
  privacyPolicy.require(by, 'suppressions.lift')
  return presentSuppression(await lift(tx, by, wish))
}

/** The same for a caller who asked the policy. */
export async function lift(tx: WorkspaceTx, by: Principal, wish: LiftSuppression): Promise<Selectable<SuppressionRow>> {
  const row = await tx.db
    .selectFrom('suppression')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.suppressionId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such suppression here.' })
  if (row.lifted_at !== null) return row
  const lifted = await tx.db
    .updateTable('suppression')
    .set({ lifted_at: tx.now, lifted_by: actorText(by), lifted_because: wish.because, lifted_note: wish.note ?? null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, lifted, 'suppression.lifted')
  return lifted
}

/** One page of suppressions, newest first. */
export async function listSuppressions(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number; readonly lifted: 'no' | 'yes' },
): Promise<{ items: Suppression[]; next: string | null }> {
  privacyPolicy.require(by, 'suppressions.read')
  const stops = tx.db
    .selectFrom('suppression')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('lifted_at', wish.lifted === 'yes' ? 'is not' : 'is', null)
  return newestFirst(stops, wish, presentSuppression)
}

/** A suppression as the API shows it. */
export const presentSuppression = (row: Selectable<SuppressionRow>): Suppression => ({
  id: row.id,
  kind: row.kind,
  scope: row.scope,
  channel: row.channel,
  cause: row.cause,
  createdAt: row.created_at.toString(),
  liftedAt: row.lifted_at?.toString() ?? null,
  contactId: row.contact_id,
})

async function holderOf(tx: WorkspaceTx, point: KeyedPoint): Promise<ContactId | null> {
  const row = await tx.db
    .selectFrom('contact_point')
    .select('contact_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', point.kind)
    .where('value_normalized', '=', point.value)
    .orderBy('id')
    .executeTakeFirst()
  return row?.contact_id ?? null
}

/** Audit, event and timeline of a stop or of its end. */
export async function told(
  tx: WorkspaceTx,
  by: Principal,
  row: Selectable<SuppressionRow>,
  kind: 'suppression.added' | 'suppression.lifted',
): Promise<void> {
  await audit(tx, by, { action: kind, object: { type: 'suppression', id: row.id }, result: 'done' })
  await emit(tx, kind, { suppressionId: row.id })
  if (row.contact_id === null) return
  await recordTimeline(tx, {
    contactId: row.contact_id,
    kind,
    actor: by,
    subject: { type: 'suppression', id: row.id },
    summary: { key: kind.replace('.', '_'), values: { kind: row.kind, scope: row.scope, cause: row.cause } },
  })
}

/** Who acts, as it is kept beside a row. */
export function actorText(by: Principal): string {
  const { type, id } = actorOf(by)
  return id === '' ? type : `${type}:${id}`
}
