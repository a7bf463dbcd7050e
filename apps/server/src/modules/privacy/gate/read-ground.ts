import type { Channel, Dealings, PastTouch, Purpose, Voice } from '@frontdesk/contact-rules'
import { type ContactId, type ContactPolicy, noOwnRules } from '@frontdesk/contract'
import { sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts } from '../../contacts/index.ts'
import { asPreferences, type LedgerRow, type ReadStanding } from '../consents/standing.ts'
import { areaCodeOf, copyOf, type RegistryCopy } from '../suppression/registry-facts.ts'
import type { HashesOfPoints, Holders, StopRow } from '../suppression/stops-of.ts'
import type { ReadFact } from './known-facts.ts'

/** The rules look back this far. */
const PAST = { hours: 24 * 31 }

/** What `platform.gate_ground` read, by whom it is about now. */
export type ReadGround = {
  readonly business: {
    readonly zone: string
    readonly country: string | null
    readonly address: string | null
    readonly phone: string | null
    /** When it is deleted, where it is being closed. */
    readonly closes_at: string | null
  }
  /** The workspace's own rules. */
  readonly rules: ContactPolicy
  readonly holders: Holders
  readonly stops: readonly StopRow[]
  readonly standing: ReadStanding
  /** Whose data is kept and not used. */
  readonly kept: ReadonlySet<ContactId>
  /** Who is under the age that the business set. */
  readonly young: ReadonlySet<ContactId>
  /**
   * Everything that went out in the days the rules look back, of every room; a permit that may still be used counts, so that two cannot share one slot of a cap.
   */
  readonly past: ReadonlyMap<ContactId, readonly PastTouch[]>
  /** What was learned of where they live and of their numbers. */
  readonly known: ReadonlyMap<ContactId, readonly ReadFact[]>
  /** The copies of registers that are loaded, newest first; read only where a number is asked about. */
  readonly copies: readonly RegistryCopy[]
}

/** Reads it in one round trip (migration 0190). `numbers` are those that registers will be asked about. */
export async function readGround(
  tx: WorkspaceTx,
  contacts: readonly ContactFacts[],
  hashes: HashesOfPoints,
  numbers: readonly string[],
): Promise<ReadGround> {
  const own = contacts.map(({ contactId }) => contactId)
  const codes = [...new Set(numbers.flatMap((number) => areaCodeOf(number) ?? []))]
  const { rows } = await sql<Row>`
    select what, contact_id, body
    from platform.gate_ground(${own}::uuid[], ${[...hashes.values()].flat()}::text[], ${codes}::text[], ${tx.now}, ${tx.now.subtract(PAST)})
    ${prepared('gate.ground')}`.execute(tx.db)
  const business = rowsOf(rows, 'business')[0]?.body
  if (!business) throw new Error('The gate was asked about a workspace that is not there.')
  const merged = rowsOf(rows, 'merged')
  const holders: Holders = new Map([
    ...own.map((id) => [id, id] as const),
    ...merged.map(({ contact_id, body }) => [contact_id, body.into] as const),
  ])
  const mergedAt = new Map(
    merged.map(({ contact_id, body }) => [contact_id, body.at === null ? null : Temporal.Instant.from(body.at)] as const),
  )
  const byHolder = <R extends { readonly contact_id: ContactId }>(own: readonly R[]) =>
    Map.groupBy(own, ({ contact_id: about }) => holders.get(about) ?? about)
  return {
    business,
    rules: business.rules ?? noOwnRules,
    holders,
    stops: stopsOf(rows),
    standing: {
      entries: mapped(byHolder(rowsOf(rows, 'entry')), (own) =>
        own.map(({ contact_id: about, body }) => asLedgerRow(about, mergedAt.get(about) ?? null, body)).toSorted(newestFirst),
      ),
      dealings: mapped(byHolder(rowsOf(rows, 'dealing')), (own) => ({
        lastTransactionAt: lastOf(own, 'transaction'),
        lastInquiryAt: lastOf(own, 'inquiry'),
      })),
      wishes: mapped(byHolder(rowsOf(rows, 'wishes')), ([own]) => (own ? asPreferences(own.body) : {})),
    },
    kept: new Set(rowsOf(rows, 'kept').map(({ contact_id }) => contact_id)),
    young: new Set(rowsOf(rows, 'young').map(({ contact_id }) => holders.get(contact_id) ?? contact_id)),
    past: mapped(byHolder(rowsOf(rows, 'touch')), (own) => own.map(({ body }) => asPastTouch(body))),
    known: mapped(byHolder(rowsOf(rows, 'known')), (own) =>
      own.map(({ body: { on, with: checkedWith, ...fact } }) => ({ ...fact, checked_with: checkedWith, on: Temporal.PlainDate.from(on) })),
    ),
    copies: rowsOf(rows, 'copy')
      .map(({ body: { id, registry, as_of, area_codes } }) => copyOf(id, registry, Temporal.Instant.from(as_of), area_codes))
      .toSorted((a, b) => Temporal.Instant.compare(b.asOf, a.asOf) || (a.id < b.id ? 1 : -1)),
  }
}

/** One fact; `contact_id` is whom it was written about, before any merge. */
type Row =
  | { what: 'business'; contact_id: null; body: ReadGround['business'] & { readonly rules: ContactPolicy | null } }
  | { what: 'merged'; contact_id: ContactId; body: { into: ContactId; at: string | null } }
  | {
      what: 'stop'
      contact_id: ContactId | null
      body: Pick<StopRow, 'id' | 'scope' | 'channel' | 'cause'> & { hash: string; since: string }
    }
  | { what: 'entry'; contact_id: ContactId; body: ReadEntry }
  | { what: 'dealing'; contact_id: ContactId; body: { kind: 'transaction' | 'inquiry'; last: string } }
  | { what: 'wishes'; contact_id: ContactId; body: Parameters<typeof asPreferences>[0] }
  | { what: 'kept'; contact_id: ContactId; body: null }
  | { what: 'young'; contact_id: ContactId; body: null }
  | { what: 'known'; contact_id: ContactId; body: Omit<ReadFact, 'on' | 'checked_with'> & { on: string; with: string | null } }
  | { what: 'touch'; contact_id: ContactId; body: { at: string; channel: Channel; voice: Voice | null; purpose: Purpose } }
  | { what: 'copy'; contact_id: null; body: { id: string; registry: string; as_of: string; area_codes: string } }
type ReadEntry = Pick<LedgerRow, 'id' | 'action' | 'channel' | 'purpose' | 'level' | 'automated'> & {
  readonly hash: string | null
  readonly happened: string
  readonly expires: string | null
}
type RowOf<K extends Row['what']> = Extract<Row, { what: K }>

const rowsOf = <K extends Row['what']>(rows: readonly Row[], what: K): RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.what === what)

/** One that names her and one of her addresses was found twice. */
function stopsOf(rows: readonly Row[]): StopRow[] {
  const found = new Map<string, StopRow>()
  for (const { contact_id, body } of rowsOf(rows, 'stop')) {
    const { hash, since, ...row } = body
    found.set(row.id, { ...row, value_hash: hash, contact_id, created_at: Temporal.Instant.from(since) })
  }
  return [...found.values()]
}

const asLedgerRow = (
  contactId: ContactId,
  mergedAt: Temporal.Instant | null,
  { hash, happened, expires, ...entry }: ReadEntry,
): LedgerRow => ({
  ...entry,
  contact_id: contactId,
  merged_at: mergedAt,
  point_hash: hash,
  happened_at: Temporal.Instant.from(happened),
  expires_at: expires === null ? null : Temporal.Instant.from(expires),
})

const newestFirst = (a: LedgerRow, b: LedgerRow): number => Temporal.Instant.compare(b.happened_at, a.happened_at) || (a.id < b.id ? 1 : -1)

function lastOf(rows: readonly RowOf<'dealing'>[], kind: RowOf<'dealing'>['body']['kind']): Dealings['lastInquiryAt'] {
  const times = rows.filter(({ body }) => body.kind === kind).map(({ body }) => Temporal.Instant.from(body.last))
  return times.toSorted(Temporal.Instant.compare).at(-1) ?? null
}

const asPastTouch = ({ at, channel, voice, purpose }: RowOf<'touch'>['body']): PastTouch => ({
  at: Temporal.Instant.from(at),
  channel,
  purpose,
  ...(voice === null ? {} : { voice }),
})

const mapped = <From, To>(map: ReadonlyMap<ContactId, From>, change: (from: From) => To): ReadonlyMap<ContactId, To> =>
  new Map([...map].map(([id, value]) => [id, change(value)] as const))
