import { type Channel, decide, type Facts, reasonTable, type Voice } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, ImportGround, ImportReach } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import {
  type ContactFacts,
  factsOfMany,
  type ImportScreen,
  type Listed,
  numbersAndAddresses,
  type PointFacts,
  type Screened,
} from '../../contacts/index.ts'
import { kitWording } from '../consents/kit.ts'
import { everyHashOf, type HashedPoint } from '../erasure/hash-of-erased.ts'
import { groundOf, pointFor } from '../gate/gather-facts.ts'
import { touchOf } from '../gate/may-contact.ts'
import { hintElsewhere, servedCountries } from '../geography/places.rules.ts'
import { requireTerms } from '../registers/team/require-terms.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { forgetGround, noteGround } from './note-ground.ts'
import { removeImported } from './remove-imported.ts'

type Way = { readonly way: ImportReach['way']; readonly channel: Channel; readonly voice: Voice }

/** What somebody who brings a list thinks of. */
const ways: readonly Way[] = [
  { way: 'email', channel: 'email', voice: 'human' },
  { way: 'call', channel: 'call', voice: 'human' },
  { way: 'text', channel: 'sms', voice: 'human' },
  { way: 'ai_call', channel: 'call', voice: 'artificial' },
]

/** Every way is asked about as if it were set up: the answer is about these people. */
const askedChannels: readonly Channel[] = ['email', 'call', 'sms']

/** What the business promised about people, held against lists of them. */
export const screenImports: ImportScreen = {
  begin: requireTerms,
  screen: screenPeople,
  reach: reachOf,
  landed: noteGround,
  takenBack: forgetGround,
  remove: removeImported,
}

/** Nobody who was erased comes back by a list, nobody from where the business does not serve where that is refused, and who said stop stays stopped. */
async function screenPeople(tx: WorkspaceTx, listed: readonly (readonly HashedPoint[])[]): Promise<readonly Screened[]> {
  const people = listed.map(numbersAndAddresses)
  // A million addresses are hashed for nothing where nobody was erased and nobody said stop.
  const hashes = (await isAnybodyHeld(tx)) ? listed.map((points) => points.flatMap((point) => everyHashOf(tx, point))) : []
  const all = [...new Set(hashes.flat())]
  const held = (query: ReturnType<typeof sql>) => (all.length === 0 ? new Set<string>() : heldHashes(tx, query))
  const erased = await held(
    sql`select value_hash from erased_point where workspace_id = ${tx.workspaceId} and kind = any('{email,phone,handle}'::text[]) and value_hash = any(${all}::text[])`,
  )
  const stopped = await held(
    sql`select value_hash from suppression where workspace_id = ${tx.workspaceId} and kind = any('{email,phone}'::text[]) and value_hash = any(${all}::text[]) and lifted_at is null`,
  )
  const settings = await readPrivacySettings(tx)
  const served = settings['geo.contact_screening'] === 'reject' ? servedCountries(settings) : null
  return people.map((points, place): Screened => {
    const own = hashes[place] ?? []
    const isStopped = own.some((hash) => stopped.has(hash))
    if (own.some((hash) => erased.has(hash))) return { verdict: 'erased', stopped: isStopped }
    return { verdict: hintElsewhere(points, served) ? 'refused' : null, stopped: isStopped }
  })
}

async function isAnybodyHeld(tx: WorkspaceTx): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select exists (select from erased_point where workspace_id = ${tx.workspaceId}) or exists (select from suppression where workspace_id = ${tx.workspaceId}) as held`.execute(
    tx.db,
  )
  return rows[0]?.held !== false
}

async function heldHashes(tx: WorkspaceTx, query: ReturnType<typeof sql>): Promise<ReadonlySet<string>> {
  const { rows } = await query.execute(tx.db)
  return new Set((rows as readonly { readonly value_hash: string }[]).map(({ value_hash }) => value_hash))
}

/** The gate's own answers, for people as they will be once they are here: with the clock or the consent that the list brings. */
async function reachOf(tx: WorkspaceTx, people: readonly Listed[], ground: ImportGround): Promise<readonly ImportReach[]> {
  const known = new Map(
    (
      await factsOfMany(
        tx,
        people.flatMap(({ contactId }) => contactId ?? []),
      )
    ).map((contact) => [contact.contactId, contact]),
  )
  const contacts = people.map((person) => factsFor(tx, person, person.contactId === null ? undefined : known.get(person.contactId)))
  const read = await groundOf(tx, contacts)
  return ways.map(({ way, channel, voice }) => {
    const asked = touchOf({ purpose: 'marketing', about: { type: 'campaign', id: tx.workspaceId } }, channel, voice)
    const counts = new Map<keyof typeof reasonTable, number>()
    let allowed = 0
    for (const [place, contact] of contacts.entries()) {
      const facts = read.facts(contact, asked, pointFor(contact, channel, undefined), { open: true, startedBy: 'us' })
      const decision = decide(asked, withGround(facts, people[place]?.when ?? null, ground), tx.now)
      if (decision.allowed || decision.nextAllowedAt) {
        allowed += 1
        continue
      }
      const standing = decision.reasons.filter(({ effect }) => effect === 'blocks')
      for (const code of new Set(standing.map((reason) => reason.code))) counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    const reasons = [...counts]
      .map(([code, count]) => ({ code, count, remedy: reasonTable[code].step }))
      .toSorted((a, b) => b.count - a.count)
    return { way, allowed, reasons }
  })
}

function factsFor(tx: WorkspaceTx, { points }: Listed, known: ContactFacts | undefined): ContactFacts {
  const there = known?.points ?? []
  const added = points
    .filter((point) => !there.some((one) => one.kind === point.kind && one.value === point.value))
    .map(
      ({ kind, value }): PointFacts => ({
        id: tx.newId() as ContactPointId,
        kind,
        value,
        address: value,
        preferred: false,
        verified: false,
        createdAt: tx.now,
        lastHeardAt: null,
        bounce: null,
      }),
    )
  if (known) return { ...known, points: [...there, ...added] }
  return {
    contactId: tx.newId() as ContactId,
    name: '',
    locale: null,
    zone: null,
    source: 'import',
    ownerMemberId: null,
    createdAt: tx.now,
    archived: false,
    points: added,
  }
}

function withGround(facts: Facts, when: string | null, ground: ImportGround): Facts {
  const all = { ...facts, channelsSetUp: askedChannels }
  const day = when ?? ('on' in ground ? (ground.on ?? null) : null)
  if (day === null) return all
  const at = Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant()
  const later = (one: Temporal.Instant | null) => (one === null || Temporal.Instant.compare(at, one) > 0 ? at : one)
  switch (ground.kind) {
    case 'customers':
      return { ...all, dealings: { ...facts.dealings, lastTransactionAt: later(facts.dealings.lastTransactionAt) } }
    case 'asked':
      return { ...all, dealings: { ...facts.dealings, lastInquiryAt: later(facts.dealings.lastInquiryAt) } }
    case 'consent': {
      const { channel, purpose, level, automated } = kitWording(ground.wording)
      return { ...all, consents: [...facts.consents, { channel, purpose, level, automated, givenAt: at, expiresAt: null }] }
    }
    case 'bought':
    case 'unknown':
      return all
  }
}
