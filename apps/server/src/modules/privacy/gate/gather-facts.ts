import { type Channel, type Facts, type PastTouch, pointOnly, type Touch as RuleTouch, type SubjectFacts } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import type { ContactFacts, PointFacts } from '../../contacts/index.ts'
import { standingsOf } from '../consents/standing.ts'
import { statesOfContacts } from '../erasure/restriction-of.ts'
import { registryFactsOf } from '../suppression/registry-facts.ts'
import { type Holders, stopsOf } from '../suppression/stops-of.ts'
import { contactPolicy } from './contact-policy.ts'
import { subjectSources } from './subject-sources.ts'

/**
 * The channels on which something can go out. Without SMTP a mail still goes as far as the outbox; a call is made by hand, on whatever telephone the business has.
 */
const channelsSetUp: readonly Channel[] = ['email', 'call']

/** How the person came to us when she told us her address or number herself: that permits to be told about what it was given for. */
const givenBySource: ReadonlySet<ContactFacts['source']> = new Set(['booking', 'form', 'chat', 'call', 'email'])

/** The rules look back this far. */
const PAST = { hours: 24 * 31 }

/** The kind of contact point a channel writes to or calls; null where it has its own. */
export function pointKindOf(channel: Channel): PointFacts['kind'] | null {
  if (channel === 'email') return 'email'
  return channel === 'sms' || channel === 'call' || channel === 'whatsapp' ? 'phone' : null
}

/** The point a touch would use: the one that is asked for, otherwise the preferred one. */
export function pointFor(contact: ContactFacts, channel: Channel, pointId: string | undefined): PointFacts | null {
  const ofKind = contact.points.filter((point) => point.kind === pointKindOf(channel))
  const wanted = pointId === undefined ? ofKind[0] : ofKind.find((point) => point.id === pointId)
  return wanted ?? null
}

/** Everything known about some contacts, read once; the rules' facts of one touch of one of them follow without asking the database again. */
export type Ground = {
  facts(contact: ContactFacts, touch: RuleTouch, point: PointFacts | null, subject: SubjectFacts | null): Facts
}

/** Reads what the rules want to know of these contacts, as of now, in a fixed number of queries however many they are. */
export async function groundOf(tx: WorkspaceTx, contacts: readonly ContactFacts[]): Promise<Ground> {
  const business = await workspaceFacts(tx)
  // Where nothing is known of her clock, the own hours of the business are meant on its own.
  const policy = { ...(await contactPolicy(tx)), zone: business.zone }
  const holders = await holdersOf(tx, contacts)
  const stops = await stopsOf(tx, contacts, holders)
  const registries = await registryFactsOf(tx, contacts)
  const standings = await standingsOf(
    tx,
    contacts.map(({ contactId }) => contactId),
  )
  const past = await pastOf(tx, holders)
  const states = await statesOfContacts(
    tx,
    contacts.map(({ contactId }) => contactId),
  )
  return {
    facts(contact, touch, point, subject) {
      const { consents, dealings, preferences } = standings(contact.contactId, point)
      return {
        contact: { state: states(contact.contactId) },
        point: point && asPoint(contact, point),
        subject,
        suppressions: stops(contact, touch.channel, point),
        channelsSetUp,
        person: { address: null, zone: contact.zone, preferences },
        consents,
        dealings,
        registries: point?.kind === 'phone' ? registries(point.value) : [],
        past: past.get(contact.contactId) ?? [],
        sender: { region: null, callerIdAnswered: business.phone !== null, textsRegistered: false },
        policy: { ...policy, zone: business.zone },
      }
    },
  }
}

/** The facts of one touch of one contact. */
export async function gatherFacts(tx: WorkspaceTx, contact: ContactFacts, touch: RuleTouch, point: PointFacts | null): Promise<Facts> {
  const ground = await groundOf(tx, [contact])
  return ground.facts(contact, touch, point, await subjectOf(tx, touch, contact.contactId))
}

/** What the room that owns the object says about it; null where there is none, or where it is another contact's. */
export async function subjectOf(tx: WorkspaceTx, { about }: Pick<RuleTouch, 'about'>, contactId: ContactId): Promise<SubjectFacts | null> {
  // Two rooms may have objects of one type: a campaign's letters, and a member's invitation to agree.
  for (const source of subjectSources.all().filter(({ types }) => types.includes(about.type))) {
    const facts = await source.facts(tx, about, contactId)
    if (facts) return facts
  }
  return null
}

function asPoint(contact: ContactFacts, point: PointFacts): NonNullable<Facts['point']> {
  const number = point.kind === 'phone' ? point.value : null
  return {
    ...pointOnly,
    bounce: point.bounce,
    number,
    numberCountry: number === null || number.startsWith('+1') ? null : (parsePhoneNumberFromString(number)?.country ?? null),
    // What was there when she came was typed by her; what was added later may have come from anybody.
    givenByContact: givenBySource.has(contact.source) && Temporal.Instant.compare(point.createdAt, contact.createdAt) <= 0,
  }
}

/** Everything that went out in the days the rules look back, of every room; a permit that may still be used counts, so that two cannot share one slot of a cap. */
async function pastOf(tx: WorkspaceTx, holders: Holders): Promise<ReadonlyMap<ContactId, readonly PastTouch[]>> {
  const rows = await tx.db
    .selectFrom('permit')
    .select(['contact_id', 'channel', 'voice', 'purpose', 'used_at', 'created_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`contact_id = any(${[...holders.keys()]}::uuid[])`)
    .where('decision', '=', 'allowed')
    .where('superseded_by', 'is', null)
    .where('created_at', '>=', tx.now.subtract(PAST))
    .where((where) => where.or([where('used_by', 'is not', null), where('expires_at', '>', tx.now)]))
    .execute()
  const touches = Map.groupBy(rows, ({ contact_id }) => holders.get(contact_id) ?? contact_id)
  return new Map(
    [...touches].map(([holder, ofHolder]) => [
      holder,
      ofHolder.map(({ channel, voice, purpose, used_at, created_at }) => ({
        at: used_at ?? created_at,
        channel,
        purpose,
        ...(voice === null ? {} : { voice }),
      })),
    ]),
  )
}

/** Every id under which something may be written about these contacts: their own, and those of whoever was merged into them. */
async function holdersOf(tx: WorkspaceTx, contacts: readonly ContactFacts[]): Promise<Holders> {
  const own = contacts.map(({ contactId }) => contactId)
  const merged = await tx.db
    .selectFrom('contact')
    .select(['id', 'merged_into'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`merged_into = any(${own}::uuid[])`)
    .execute()
  return new Map([...own.map((id) => [id, id] as const), ...merged.map(({ id, merged_into }) => [id, merged_into ?? id] as const)])
}
