import {
  type Channel,
  type Facts,
  pointOnly,
  type Touch as RuleTouch,
  regionOfAddress,
  type SubjectFacts,
  type SubjectType,
  type WorkspacePolicy,
} from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts, PointFacts } from '../../contacts/index.ts'
import { hashesOfPoint } from '../consents/point-hash.ts'
import { standingsFrom } from '../consents/standing.ts'
import { registryFactsOf } from '../suppression/registry-facts.ts'
import { hashesOfAll, stopsFrom } from '../suppression/stops-of.ts'
import { asRules } from './contact-policy.ts'
import { addressFrom, lineFrom, newestFact, type ReadFact, reassignedFrom } from './known-facts.ts'
import { readGround } from './read-ground.ts'
import { type AskedSubject, subjectSources } from './subject-sources.ts'

/**
 * The channels on which something can go out. Without SMTP a mail still goes as far as the outbox; a call is made by hand, on whatever telephone the business has.
 */
const channelsSetUp: readonly Channel[] = ['email', 'call']

/** How the person came to us when she told us her address or number herself: that permits to be told about what it was given for. */
const givenBySource: ReadonlySet<ContactFacts['source']> = new Set(['booking', 'form', 'chat', 'call', 'email'])

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
  /** What was learned of somebody, by kind and number, and when she was last heard of. */
  readonly known: (contactId: ContactId) => readonly ReadFact[]
  /** The workspace's own rules, with its clock: where nothing is known of hers, they are meant on that. */
  readonly policy: WorkspacePolicy
}

/**
 * Reads what the rules want to know of these contacts, as of now: one query however many they are, and a second where a number has to be looked up in registers. `points` are
 * those that will be asked about; all of theirs unless given.
 */
export async function groundOf(
  tx: WorkspaceTx,
  contacts: readonly ContactFacts[],
  points: readonly PointFacts[] = contacts.flatMap((contact) => contact.points),
): Promise<Ground> {
  const numbers = points.flatMap(({ kind, value }) => (kind === 'phone' ? [value] : []))
  const hashes = hashesOfAll(tx, contacts)
  const read = await readGround(tx, contacts, hashes, numbers)
  const stops = stopsFrom(read.stops, read.holders, hashes)
  const registries = await registryFactsOf(tx, numbers, read.copies)
  const standings = standingsFrom(tx, read.standing)
  const policy = { ...asRules(read.rules), zone: read.business.zone }
  const { address, country, phone, closes_at: closesAt } = read.business
  const sender = {
    closing: closesAt !== null,
    region: regionOfAddress(address, country),
    callerIdAnswered: phone !== null,
    textsRegistered: false,
    personMayAnswerLater: false,
  }
  const known = (contactId: ContactId) => read.known.get(contactId) ?? []
  const today = tx.now.toZonedDateTimeISO('UTC').toPlainDate()
  return {
    policy,
    known,
    facts(contact, touch, point, subject) {
      const { consents, dealings, preferences } = standings(contact.contactId, point)
      return {
        contact: { state: read.kept.has(contact.contactId) ? 'restricted' : 'active', underAge: read.young.has(contact.contactId) },
        point:
          point &&
          asPoint(contact, point, known(contact.contactId), known(contact.contactId).length > 0 ? hashesOfPoint(tx, point) : [], today),
        subject,
        suppressions: stops(contact, touch.channel, point),
        channelsSetUp,
        person: { address: addressFrom(newestFact(known(contact.contactId), 'place', null)), zone: contact.zone, preferences },
        consents,
        dealings,
        registries: point?.kind === 'phone' ? registries(point.value) : [],
        past: read.past.get(contact.contactId) ?? [],
        sender,
        // No channel whose operator counts the hours is set up yet; where one is, its room tells when she last wrote there.
        heard: {},
        policy,
      }
    },
  }
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

/** The same for many, in their order: a room that can answers for all of its own at once. */
export async function subjectsOf(tx: WorkspaceTx, asked: readonly AskedSubject[]): Promise<(SubjectFacts | null)[]> {
  const answers: (SubjectFacts | null)[] = asked.map(() => null)
  for (const source of subjectSources.all()) {
    const open = [...asked.keys()].filter(
      (place) => answers[place] === null && source.types.includes(asked[place]?.about.type as SubjectType),
    )
    if (open.length === 0) continue
    const own = open.map((place) => asked[place] as AskedSubject)
    const found = source.factsOfMany
      ? await source.factsOfMany(tx, own)
      : await oneByOne(own, ({ about, contactId }) => source.facts(tx, about, contactId))
    for (const [index, place] of open.entries()) answers[place] = found[index] ?? null
  }
  return answers
}

async function oneByOne<From, To>(list: readonly From[], answer: (one: From) => Promise<To>): Promise<To[]> {
  const answers: To[] = []
  for (const one of list) answers.push(await answer(one))
  return answers
}

function asPoint(
  contact: ContactFacts,
  point: PointFacts,
  known: readonly ReadFact[],
  hashes: readonly string[],
  today: Temporal.PlainDate,
): NonNullable<Facts['point']> {
  const number = point.kind === 'phone' ? point.value : null
  return {
    ...pointOnly,
    bounce: point.bounce,
    number,
    numberCountry: number === null || number.startsWith('+1') ? null : (parsePhoneNumberFromString(number)?.country ?? null),
    ...(number === null
      ? {}
      : {
          line: lineFrom(newestFact(known, 'line', hashes), number, today),
          reassigned: reassignedFrom(newestFact(known, 'reassigned', hashes)),
        }),
    lastHeardAt: point.lastHeardAt,
    // What was there when she came was typed by her; what was added later may have come from anybody.
    givenByContact: givenBySource.has(contact.source) && Temporal.Instant.compare(point.createdAt, contact.createdAt) <= 0,
  }
}
