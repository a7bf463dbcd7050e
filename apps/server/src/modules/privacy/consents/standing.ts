import type { Consent, Dealings, Preferences } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { PreferenceRow } from '../preferences/preference.tables.ts'
import { standingEntries, stricterOfMerged } from './consent.rules.ts'
import type { ConsentRow } from './consent.tables.ts'
import { hashesOfPoint, type KeyedPoint } from './point-hash.ts'

/** What the gate wants to know of the ledger, the clocks and her own wishes: the same words as in the facts of the rules. */
export type Standing = {
  /** Those that stand now for the address or number asked about, and those of channels that have none. */
  readonly consents: readonly Consent[]
  readonly dealings: Dealings
  readonly preferences: Preferences
}

/** What stands now for one contact at one of her addresses or numbers; null asks for channels without one, such as chat. */
export async function standingOf(tx: WorkspaceTx, contactId: ContactId, point: KeyedPoint | null): Promise<Standing> {
  return (await standingsOf(tx, [contactId]))(contactId, point)
}

/**
 * The same for many contacts at once, in three queries: the answer is a function that is asked by contact and point. What was agreed with a contact that was merged
 * into her counts as hers.
 */
export async function standingsOf(
  tx: WorkspaceTx,
  contactIds: readonly ContactId[],
): Promise<(contactId: ContactId, point: KeyedPoint | null) => Standing> {
  return standingsFrom(tx, {
    entries: await ledgerOf(tx, contactIds),
    dealings: await clocksOf(tx, contactIds),
    wishes: await wishesOf(tx, contactIds),
  })
}

/** What was read of the ledger, the clocks and the wishes, by the contact it belongs to now. */
export type ReadStanding = {
  readonly entries: ReadonlyMap<ContactId, readonly LedgerRow[]>
  readonly dealings: ReadonlyMap<ContactId, Dealings>
  readonly wishes: ReadonlyMap<ContactId, Preferences>
}

/** The fold itself, over what was read. */
export function standingsFrom(
  tx: WorkspaceTx,
  { entries, dealings, wishes }: ReadStanding,
): (contactId: ContactId, point: KeyedPoint | null) => Standing {
  return (contactId, point) => {
    const own = stricter(entries.get(contactId) ?? [])
    const hashes = point && own.length > 0 ? hashesOfPoint(tx, point) : []
    const ofPoint = own.filter(({ point_hash: hash }) => hash === null || hashes.includes(hash))
    return {
      consents: standingEntries(ofPoint.map(asEntry), tx.now).flatMap(({ row }) => asConsent(row)),
      dealings: dealings.get(contactId) ?? noDealings,
      preferences: wishes.get(contactId) ?? {},
    }
  }
}

const noDealings: Dealings = { lastTransactionAt: null, lastInquiryAt: null }

type Entry = Selectable<ConsentRow>
/** What the fold needs of an entry. */
export type LedgerRow = Pick<
  Entry,
  'id' | 'contact_id' | 'point_hash' | 'action' | 'channel' | 'purpose' | 'level' | 'automated' | 'happened_at' | 'expires_at'
> & {
  /** Since when the contact it was written about is part of another one. */
  readonly merged_at: Temporal.Instant | null
}

/** The entries of one person that may count: of several contacts that became one, the stricter. */
export const stricter = <Row extends LedgerRow>(rows: readonly Row[]): readonly Row[] =>
  stricterOfMerged(rows.map(asEntry), ({ row }) => ({ contactId: row.contact_id, mergedAt: row.merged_at, point: row.point_hash })).map(
    ({ row }) => row,
  )

/** An entry as the fold takes it, with its row beside it. */
export const asEntry = <Row extends LedgerRow>(row: Row) => ({
  row,
  action: row.action,
  channel: row.channel,
  purpose: row.purpose,
  happenedAt: row.happened_at,
  expiresAt: row.expires_at,
})

function asConsent({ channel, purpose, level, automated, happened_at: givenAt, expires_at: expiresAt }: LedgerRow): readonly Consent[] {
  return level === null ? [] : [{ channel, purpose, level, automated, givenAt, expiresAt }]
}

/** Every entry of the ledger about these contacts, by the contact that each belongs to now, newest first. */
export async function ledgerOf(
  tx: WorkspaceTx,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, readonly (Entry & LedgerRow)[]>> {
  const rows = await tx.db
    .selectFrom('consent')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'consent.workspace_id').onRef('contact.id', '=', 'consent.contact_id'),
    )
    .selectAll('consent')
    .select('contact.merged_at')
    .select(sql<ContactId>`coalesce(contact.merged_into, contact.id)`.as('holder'))
    .where('consent.workspace_id', '=', tx.workspaceId)
    .where(ofThese(contactIds))
    .orderBy('consent.happened_at', 'desc')
    .orderBy('consent.id', 'desc')
    .execute()
  return Map.groupBy(rows, ({ holder }) => holder)
}

async function clocksOf(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Dealings>> {
  const rows = await tx.db
    .selectFrom('dealing')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'dealing.workspace_id').onRef('contact.id', '=', 'dealing.contact_id'),
    )
    .select([
      sql<ContactId>`coalesce(contact.merged_into, contact.id)`.as('holder'),
      sql<Temporal.Instant | null>`max(dealing.happened_at) filter (where dealing.kind = 'transaction')`.as('transaction'),
      sql<Temporal.Instant | null>`max(dealing.happened_at) filter (where dealing.kind = 'inquiry')`.as('inquiry'),
    ])
    .where('dealing.workspace_id', '=', tx.workspaceId)
    .where('dealing.happened_at', '<=', tx.now)
    .where(ofThese(contactIds))
    .groupBy('holder')
    .execute()
  return new Map(rows.map((row) => [row.holder, { lastTransactionAt: row.transaction, lastInquiryAt: row.inquiry }]))
}

async function wishesOf(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Preferences>> {
  const rows = await tx.db
    .selectFrom('preference')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', [...contactIds])
    .execute()
  return new Map(rows.map((row) => [row.contact_id, asPreferences(row)]))
}

const ofThese = (contactIds: readonly ContactId[]) =>
  sql<boolean>`(contact.id = any(${[...contactIds]}::uuid[]) or contact.merged_into = any(${[...contactIds]}::uuid[]))`

type Wishes = Pick<Selectable<PreferenceRow>, 'channels_off' | 'hours' | 'languages' | 'at_most'>

/** Her wishes as the rules take them: what she did not choose is left out. */
export function asPreferences(row: Wishes): Preferences {
  return {
    ...(row.channels_off.length > 0 ? { channelsOff: row.channels_off } : {}),
    ...(row.hours.length > 0 ? { hours: row.hours } : {}),
    ...(row.languages.length > 0 ? { languages: row.languages } : {}),
    ...(row.at_most ? { atMost: row.at_most } : {}),
  }
}
