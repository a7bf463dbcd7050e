import { regionOfAddress } from '@frontdesk/contact-rules'
import type { ContactId, KnownFactInput, LivesIn, Principal } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactFacts, homeCountry, loadContact } from '../../contacts/index.ts'
import { hashOfPoint } from '../consents/point-hash.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { businessDay } from '../registers/business-day.ts'
import { lookAtStanding } from '../standing/look-at-standing.ts'
import type { KnownFactRow } from './known-fact.tables.ts'

export type RecordKnownFact = KnownFactInput & { readonly contactId: ContactId }

/** Countries whose law goes by state or province: there the address has to say which. */
const byRegion: ReadonlySet<string> = new Set(['US', 'CA'])

/** Takes down what a member or a program learned. Throws 404, `privacy/unreadable-place`, and `http/invalid-request` for a day to come or a number that is not hers. */
export async function recordKnownFact(tx: WorkspaceTx, by: Principal, wish: RecordKnownFact): Promise<void> {
  privacyPolicy.require(by, 'known_facts.record')
  const { id: contactId } = await loadContact(tx, by, wish.contactId)
  const today = await businessDay(tx)
  const source = by.kind === 'api_key' ? 'api' : 'member'
  const checkedOn = wish.checkedOn ? Temporal.PlainDate.from(wish.checkedOn) : today
  if (Temporal.PlainDate.compare(checkedOn, today) > 0)
    throw new Refusal('http/invalid-request', {
      detail: 'This day has not come yet. Write the day on which it was checked. Nothing was saved.',
    })
  if (wish.kind === 'place') {
    const about = { contact_id: contactId, kind: 'place', point_hash: null, answer: placeOf(wish.country, wish.address ?? null) } as const
    await keep(tx, by, { ...about, checked_on: checkedOn, checked_with: wish.checkedWith ?? null, source })
    return
  }
  const point = (await contactFacts(tx, contactId)).points.find(({ id, kind }) => id === wish.pointId && kind === 'phone')
  if (!point) throw new Refusal('http/invalid-request', { detail: 'This is not a number of hers any more. Nothing was saved.' })
  const { kind, answer, checkedWith } = wish
  const about = { contact_id: contactId, kind, point_hash: hashOfPoint(tx, point), answer }
  await keep(tx, by, { ...about, checked_on: checkedOn, checked_with: checkedWith ?? null, source })
}

/** Keeps where somebody lives as it was written on her form. Throws as `recordKnownFact` does. */
export const keepResidence = (
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
  { country, address, source, asOf }: LivesIn,
): Promise<void> => recordKnownFact(tx, by, { contactId, kind: 'place', country, address, checkedOn: asOf, checkedWith: source })

/** Where we were told to come to says where she is, as far as the rules ask, where the address says it plainly; otherwise nothing is kept of it. */
export async function notePlaceOfVisit(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly address: string },
): Promise<void> {
  const answer = regionOfAddress(wish.address, await homeCountry(tx))
  if (answer === null) return
  const checked_on = await businessDay(tx)
  await keep(tx, by, {
    contact_id: wish.contactId,
    kind: 'place',
    point_hash: null,
    answer,
    checked_on,
    checked_with: null,
    source: 'booking',
  })
}

function placeOf(country: string, address: string | null): string {
  if (!byRegion.has(country) || address === null || address === '') return country
  const region = regionOfAddress(address, country)
  if (region !== null) return region
  throw new Refusal('privacy/unreadable-place', {
    detail: 'Write the address with its state or province, like "Portland, ME 04101", or leave it out. Nothing was saved.',
  })
}

/** A fact as it is kept. */
export type KeptFact = Pick<KnownFactRow, 'contact_id' | 'kind' | 'point_hash' | 'answer' | 'checked_on' | 'checked_with' | 'source'>

async function keep(tx: WorkspaceTx, by: Principal, fact: KeptFact): Promise<void> {
  await keepFacts(tx, by, [fact])
  await lookAtStanding(tx, [fact.contact_id])
  if (fact.source !== 'booking')
    await audit(tx, by, { action: 'known_fact.recorded', object: { type: 'contact', id: fact.contact_id }, result: 'done' })
}

/** Rows of one statement. */
const AT_ONCE = 1000

/** Keeps facts as they are, some hundred at a time; of two of one day the later one counts. For those who asked a policy and told the audit. */
export async function keepFacts(tx: WorkspaceTx, by: Principal, facts: readonly KeptFact[]): Promise<void> {
  const shared = { workspace_id: tx.workspaceId, recorded_by: actorText(by), created_at: tx.now }
  for (let from = 0; from < facts.length; from += AT_ONCE) {
    await tx.db
      .insertInto('known_fact')
      .values(facts.slice(from, from + AT_ONCE).map((fact) => ({ ...fact, ...shared, id: tx.newId() })))
      .execute()
  }
}
