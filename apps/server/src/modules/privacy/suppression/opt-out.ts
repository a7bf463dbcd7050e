import type { Channel, OptOutScope } from '@frontdesk/contact-rules'
import type { ContactId, Principal, Suppression } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactFacts, loadContact } from '../../contacts/index.ts'
import { hashesOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import { pointKindOf } from '../gate/gather-facts.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { actorText, lift, presentSuppression, stop, told } from './suppress.ts'
import type { SuppressionCause, SuppressionRow } from './suppression.tables.ts'

/** What somebody asked for, as far as she meant it (`packages/contact-rules`, opt-out.ts). */
export type OptOut = {
  readonly contactId: ContactId
  readonly scope: OptOutScope
  /** Of a `channel` scope: the one channel that stops, on every address it uses. */
  readonly channel?: Channel | undefined
  /** The address it was said from, in case it is none of those we know. */
  readonly point?: KeyedPoint | undefined
  readonly cause: SuppressionCause
}

export type RecordedOptOut = { readonly rows: readonly Selectable<SuppressionRow>[]; readonly isNew: boolean }

/** How long whoever recorded it by a slip may take it back herself. */
const SLIP = { minutes: 10 }

/**
 * Records an opt-out for all her addresses and numbers, so that it also holds for whoever is made from one of them after an erasure. Asking twice changes nothing. It is told
 * once, however many addresses she has. Throws `privacy/nothing-to-stop` where she has no address. The caller has asked the policy.
 */
export async function recordOptOut(tx: WorkspaceTx, by: Principal, wish: OptOut): Promise<RecordedOptOut> {
  const contact = await contactFacts(tx, wish.contactId)
  const { scope, cause } = wish
  const channel = scope === 'channel' ? wish.channel : undefined
  const points = differentPoints([...(wish.point ? [wish.point] : []), ...contact.points.filter(({ kind }) => fits(kind, channel))])
  if (points.length === 0) {
    throw new Refusal('privacy/nothing-to-stop', {
      detail: `No address or number of ${contact.name} is known, so nothing can reach her. Nothing was saved.`,
    })
  }
  const stopped = []
  for (const { kind, value } of points) {
    stopped.push(await stop(tx, by, { kind, value, scope, channel, cause, contactId: contact.contactId }))
  }
  const first = stopped.find(({ isNew }) => isNew)
  if (first) await told(tx, by, first.row, 'suppression.added')
  return { rows: stopped.map(({ row }) => row), isNew: first !== undefined }
}

/** The addresses that a stop of one channel is about; every other stop is about all. */
const fits = (kind: KeyedPoint['kind'], channel: Channel | undefined): boolean => {
  const used = channel === undefined ? null : pointKindOf(channel)
  return used === null || used === kind
}

const differentPoints = (points: readonly KeyedPoint[]): readonly KeyedPoint[] => [
  ...new Map(points.map(({ kind, value }) => [`${kind} ${value}`, { kind, value }])).values(),
]

/** Records what she told a member: on the telephone, at the counter. Throws 404, `privacy/nothing-to-stop`. */
export async function addOptOut(
  tx: WorkspaceTx,
  by: Principal,
  wish: Omit<OptOut, 'cause' | 'point'>,
): Promise<{ suppressions: Suppression[]; isNew: boolean }> {
  privacyPolicy.require(by, 'suppressions.add')
  await loadContact(tx, by, wish.contactId) // whether these eyes may see her
  const { rows, isNew } = await recordOptOut(tx, by, { ...wish, cause: 'asked' })
  return { suppressions: rows.map(presentSuppression), isNew }
}

/** Takes back what the same person recorded minutes ago, by a slip. What she asked for in another way stays. */
export async function undoOptOut(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<{ suppressions: Suppression[] }> {
  privacyPolicy.require(by, 'suppressions.add')
  await loadContact(tx, by, contactId)
  const rows = (await stopsOfContact(tx, contactId)).filter(
    (row) =>
      row.cause === 'asked' && row.added_by === actorText(by) && Temporal.Instant.compare(row.created_at, tx.now.subtract(SLIP)) >= 0,
  )
  return { suppressions: await liftAll(tx, by, rows, 'undone') }
}

/** She wants to hear from us again, and said so herself: everything she stopped is lifted. A complaint to her provider is not taken back by this. */
export async function optInAgain(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly point?: KeyedPoint },
): Promise<Suppression[]> {
  const rows = (await stopsOfContact(tx, wish.contactId, wish.point)).filter(({ cause }) => cause !== 'complaint' && cause !== 'member')
  return liftAll(tx, by, rows, 'person_asked')
}

/** The stops in force that name this contact, or one of her addresses. */
export async function stopsOfContact(tx: WorkspaceTx, contactId: ContactId, point?: KeyedPoint): Promise<Selectable<SuppressionRow>[]> {
  const contact = await contactFacts(tx, contactId)
  const hashes = [...contact.points, ...(point ? [point] : [])].flatMap((one) => hashesOfPoint(tx, one))
  return tx.db
    .selectFrom('suppression')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('lifted_at', 'is', null)
    .where(sql<boolean>`(contact_id = ${contact.contactId} or value_hash = any(${hashes}::text[]))`)
    .orderBy('id')
    .execute()
}

async function liftAll(
  tx: WorkspaceTx,
  by: Principal,
  rows: readonly Selectable<SuppressionRow>[],
  because: 'person_asked' | 'undone',
): Promise<Suppression[]> {
  const lifted = []
  for (const { id } of rows) lifted.push(presentSuppression(await lift(tx, by, { suppressionId: id, because })))
  return lifted
}
