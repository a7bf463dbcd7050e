import type { ContactId, ContactPointId, ContactSource, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { bringBack } from './archive-contact.ts'
import { screenAfter, screenBefore } from './arrival-guards.ts'
import { recordHeard } from './contact-facts.ts'
import { type NormalizedPoint, normalizePoint } from './contact-point.rules.ts'
import { insertContact } from './create-contact.ts'
import { foldText } from './fold-text.ts'
import { homeCountry } from './home-country.ts'
import { lockPoints } from './lock-points.ts'
import { addPoint, refreshSearchText } from './write-points.ts'

/** Somebody who turned up: on a booking page, in a mail. */
export type Arrival = {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly locale?: string | undefined
  readonly zone?: string | undefined
  readonly source: ContactSource
}

export type ArrivedContact = {
  readonly contactId: ContactId
  readonly created: boolean
  /** The points that were typed, to write back to exactly these; null where one was not given or not taken over. */
  readonly emailPointId: ContactPointId | null
  readonly phonePointId: ContactPointId | null
}

/**
 * The contact with this address or number, or a new one. An address names one person; a number may be a family's, so next to an unknown address it counts only when
 * the name agrees. What a stranger typed never replaces what is there: not the name, not the preferred address. An archived contact comes back.
 * Throws `contacts/not-a-phone-number`.
 */
export async function findOrCreateContact(tx: WorkspaceTx, by: Principal, arrival: Arrival): Promise<ArrivedContact> {
  const country = await homeCountry(tx)
  const email = arrival.email === undefined ? undefined : normalizePoint({ kind: 'email', value: arrival.email }, country)
  const phone = arrival.phone === undefined ? undefined : normalizePoint({ kind: 'phone', value: arrival.phone }, country)
  const points = [email, phone].filter((point) => point !== undefined)
  await lockPoints(tx, points)

  const holders = phone ? await holdersOf(tx, phone) : []
  const sameName = holders.filter((holder) => holder.name_sort === foldText(arrival.name))
  const known = (email && (await holderOf(tx, email, arrival.name))) ?? (email ? sameName[0] : (sameName[0] ?? only(holders)))
  if (known) {
    await learn(tx, by, known.id, points, holders.length > 0)
    return { contactId: known.id, created: false, ...(await heardAt(tx, by, known.id, email, phone)) }
  }
  const contactId = await insertContact(tx, by, {
    name: arrival.name,
    locale: arrival.locale ?? null,
    zone: arrival.zone ?? null,
    source: arrival.source,
    points: points.map((point) => ({ ...point, label: null, preferred: true, shared: point.kind === 'phone' && holders.length > 0 })),
  })
  return { contactId, created: true, ...(await heardAt(tx, by, contactId, email, phone)) }
}

/** The points that were typed. Where she did so herself, and no member for her, she was heard of with them. */
async function heardAt(
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
  email: NormalizedPoint | undefined,
  phone: NormalizedPoint | undefined,
) {
  const ids = await pointIds(tx, contactId, email, phone)
  const { emailPointId, phonePointId } = ids
  if (by.kind !== 'member' && by.kind !== 'api_key')
    await recordHeard(
      tx,
      [emailPointId, phonePointId].filter((id) => id !== null),
    )
  return ids
}

async function pointIds(tx: WorkspaceTx, contactId: ContactId, email: NormalizedPoint | undefined, phone: NormalizedPoint | undefined) {
  const points = await pointsOf(tx, contactId)
  const idOf = (wanted: NormalizedPoint | undefined) =>
    points.find((point) => point.kind === wanted?.kind && point.value_normalized === wanted.value)?.id ?? null
  return { emailPointId: idOf(email), phonePointId: idOf(phone) }
}

const pointsOf = (tx: WorkspaceTx, contactId: ContactId) =>
  tx.db
    .selectFrom('contact_point')
    .select(['id', 'kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .execute()

type Holder = { readonly id: ContactId; readonly name_sort: string }

const only = (holders: readonly Holder[]): Holder | undefined => (holders.length === 1 ? holders[0] : undefined)

/** Who has this address: its one holder, or among those who share it the one of that name. */
async function holderOf(tx: WorkspaceTx, point: NormalizedPoint, name: string): Promise<Holder | undefined> {
  const holders = await holdersOf(tx, point)
  return only(holders) ?? holders.find((holder) => holder.name_sort === foldText(name)) ?? holders[0]
}

async function holdersOf(tx: WorkspaceTx, point: NormalizedPoint): Promise<readonly Holder[]> {
  return tx.db
    .selectFrom('contact_point')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'contact_point.workspace_id').onRef('contact.id', '=', 'contact_point.contact_id'),
    )
    .select(['contact.id', 'contact.name_sort'])
    .where('contact_point.workspace_id', '=', tx.workspaceId)
    .where('contact_point.kind', '=', point.kind)
    .where('contact_point.value_normalized', '=', point.value)
    .where('contact.merged_into', 'is', null)
    .orderBy('contact.archived_at', (order) => order.asc().nullsFirst())
    .orderBy('contact.last_activity_at', 'desc')
    .orderBy('contact.id')
    .limit(20)
    .execute()
}

/** Adds what is new to a contact that was found. A number that others have is left out: nobody vouches for it. */
async function learn(
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
  points: readonly NormalizedPoint[],
  phoneIsKnown: boolean,
): Promise<void> {
  const contact = await tx.db
    .selectFrom('contact')
    .select('archived_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  if (contact.archived_at !== null) await bringBack(tx, by, contactId)

  const has = await pointsOf(tx, contactId)
  const missing = points.filter((point) => !has.some((one) => one.kind === point.kind && one.value_normalized === point.value))
  const added = missing.filter((point) => point.kind === 'email' || !phoneIsKnown)
  await screenBefore(tx, added)
  for (const point of added) {
    await addPoint(tx, contactId, { ...point, label: null, preferred: !has.some((one) => one.kind === point.kind), shared: false })
  }
  if (added.length === 0) return
  await screenAfter(tx, by, contactId, added)
  await refreshSearchText(tx, contactId)
  await emit(tx, 'contact.changed', { contactId })
}
