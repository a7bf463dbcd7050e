import type { ContactId, ImportGround, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { insertTimelineLines, type Landed } from '../../contacts/index.ts'
import { sellerOf } from '../consents/consent-kit.ts'
import { hashOfWords, keepWording, type Wording } from '../consents/give-consent.ts'
import { fillWording, kitWording } from '../consents/kit.ts'
import { hashOfPoint } from '../consents/point-hash.ts'
import { pointKindOf } from '../gate/gather-facts.ts'
import { flagContact } from '../geography/flag-contact.ts'
import { hintElsewhere, servedCountries } from '../geography/places.rules.ts'
import { quarantineDays } from '../geography/screen-arrivals.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'

export type NoteGround = { readonly importId: string; readonly ground: ImportGround; readonly people: readonly Landed[] }

/** Under which type the clocks of a list are noted; its id is the row's. */
const source = 'import'

/** The people of a list are here: their clocks begin or their consents are written down, by what was said about the list, and who points to a place that is not served is kept apart. */
export async function noteGround(tx: WorkspaceTx, by: Principal, { importId, ground, people }: NoteGround): Promise<void> {
  await keepApart(tx, by, people)
  const dated = people.flatMap((person) => {
    const when = person.when ?? ('on' in ground ? (ground.on ?? null) : null)
    return when === null ? [] : [{ ...person, at: momentOf(tx, when) }]
  })
  if (dated.length === 0) return
  switch (ground.kind) {
    case 'customers':
      return noteDealings(tx, 'transaction', dated)
    case 'asked':
      return noteDealings(tx, 'inquiry', dated)
    case 'consent':
      return noteConsents(tx, by, importId, ground, dated)
    case 'bought':
    case 'unknown':
      return
  }
}

type Dated = Landed & { readonly at: Temporal.Instant }

/** A day without an hour begins at midnight; today is now. */
function momentOf(tx: WorkspaceTx, day: string): Temporal.Instant {
  const at = Temporal.PlainDate.from(day).toZonedDateTime('UTC').toInstant()
  return Temporal.Instant.compare(at, tx.now) > 0 ? tx.now : at
}

async function noteDealings(tx: WorkspaceTx, kind: 'transaction' | 'inquiry', people: readonly Dated[]): Promise<void> {
  await sql`
    insert into dealing (workspace_id, id, contact_id, kind, source_type, source_id, happened_at, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.contact, ${kind}, ${source}, one.row, one.at, ${tx.now}
    from unnest(${people.map(() => tx.newId())}::uuid[], ${people.map(({ contactId }) => contactId)}::uuid[], ${people.map(({ rowId }) => rowId)}::uuid[],
      ${people.map(({ at }) => at.toString())}::timestamptz[]) as one (id, contact, row, at)
    on conflict (workspace_id, source_type, source_id, kind) do nothing`.execute(tx.db)
}

type Entry = { readonly id: string; readonly contact: ContactId; readonly hash: string; readonly at: string }

/** One entry for each address or number that the words are about, unless one stands already, or was taken back since. */
async function noteConsents(
  tx: WorkspaceTx,
  by: Principal,
  importId: string,
  ground: Extract<ImportGround, { kind: 'consent' }>,
  people: readonly Dated[],
): Promise<void> {
  const { channel, purpose, level, automated } = kitWording(ground.wording)
  const kind = pointKindOf(channel)
  const wordingId = await keepWording(tx, await wordsOf(tx, ground))
  const entries = people.flatMap(({ contactId, every, at }): Entry[] =>
    every
      .filter((point) => point.kind === kind)
      .map((point) => ({ id: tx.newId(), contact: contactId, hash: hashOfPoint(tx, point), at: at.toString() })),
  )
  if (entries.length === 0) return
  const { rows } = await sql<{ id: string; contact_id: ContactId; happened_at: Temporal.Instant }>`
    insert into consent (workspace_id, id, contact_id, point_hash, channel, purpose, action, level, automated, wording_id, how, place, happened_at, recorded_by, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.contact, one.hash, ${channel}, ${purpose}, 'given', ${level}, ${automated}, ${wordingId}::uuid, 'paper', ${ground.proof},
      one.at, ${`import:${importId}`}, ${tx.now}
    from json_to_recordset(${JSON.stringify(entries)}::json) as one (id uuid, contact uuid, hash text, at timestamptz)
    where coalesce((
      -- What she said last, unless it was taken back before: then a paper that is newer counts.
      select case when c.action = 'given' or c.happened_at >= one.at then 'stands' end from consent c
      where c.workspace_id = ${tx.workspaceId} and c.contact_id = one.contact and c.point_hash = one.hash and c.channel = ${channel} and c.purpose = ${purpose}
      order by c.happened_at desc, c.id desc limit 1
    ), '') <> 'stands'
    returning id, contact_id, happened_at`.execute(tx.db)
  const subject = { type: 'import', id: importId }
  await insertTimelineLines(
    tx,
    { kind: 'system', id: by.kind === 'system' ? by.job : null },
    rows.map(({ contact_id, happened_at }) => ({
      contactId: contact_id,
      kind: 'consent.given',
      subject,
      key: 'consent_given',
      values: { channel, purpose, how: 'paper' },
      at: happened_at,
    })),
  )
}

/** The words that were signed: those of the kit, or what was written instead. */
async function wordsOf(tx: WorkspaceTx, { wording, locale, words }: Extract<ImportGround, { kind: 'consent' }>): Promise<Wording> {
  const filled = fillWording(wording, 'written', await sellerOf(tx, await workspaceFacts(tx)), locale)
  return words === undefined ? filled : { ...filled, edition: `import-${hashOfWords(words).slice(0, 12)}`, words }
}

async function keepApart(tx: WorkspaceTx, by: Principal, people: readonly Landed[]): Promise<void> {
  const settings = await readPrivacySettings(tx)
  if (settings['geo.contact_screening'] !== 'quarantine') return
  const served = servedCountries(settings)
  for (const { contactId, points } of people) {
    const hint = hintElsewhere(points, served)
    if (hint) await flagContact(tx, by, { contactId, reason: 'place', ...hint, dueAt: tx.now.add({ hours: 24 * quarantineDays }) })
  }
}

/** What a list said of somebody who stays is taken back: its clocks go, its consents are taken back in the ledger. */
export async function forgetGround(
  tx: WorkspaceTx,
  by: Principal,
  { importId, rows }: { readonly importId: string; readonly rows: readonly { readonly rowId: string; readonly contactId: ContactId }[] },
): Promise<void> {
  await sql`
    delete from dealing where workspace_id = ${tx.workspaceId} and source_type = ${source} and source_id = any(${rows.map(({ rowId }) => rowId)}::uuid[])`.execute(
    tx.db,
  )
  const contacts = [...new Set(rows.map(({ contactId }) => contactId))]
  const { rows: given } = await sql<{ contact_id: ContactId; point_hash: string; channel: string; purpose: string }>`
    select distinct c.contact_id, c.point_hash, c.channel, c.purpose from consent c
    where c.workspace_id = ${tx.workspaceId} and c.contact_id = any(${contacts}::uuid[]) and c.recorded_by = ${`import:${importId}`} and c.action = 'given'
      and not exists (
        select from consent later where later.workspace_id = c.workspace_id and later.contact_id = c.contact_id and later.point_hash = c.point_hash
          and later.channel = c.channel and later.purpose = c.purpose and (later.created_at, later.id) > (c.created_at, c.id)
      )`.execute(tx.db)
  if (given.length === 0) return
  const entries = given.map((one) => ({
    id: tx.newId(),
    contact: one.contact_id,
    hash: one.point_hash,
    channel: one.channel,
    purpose: one.purpose,
  }))
  await sql`
    insert into consent (workspace_id, id, contact_id, point_hash, channel, purpose, action, automated, how, happened_at, recorded_by, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.contact, one.hash, one.channel, one.purpose, 'withdrawn', false, 'told', ${tx.now}, ${actorText(by)}, ${tx.now}
    from json_to_recordset(${JSON.stringify(entries)}::json) as one (id uuid, contact uuid, hash text, channel text, purpose text)`.execute(
    tx.db,
  )
  await insertTimelineLines(
    tx,
    { kind: 'system', id: by.kind === 'system' ? by.job : null },
    given.map(({ contact_id, channel, purpose }) => ({
      contactId: contact_id,
      kind: 'consent.withdrawn',
      subject: { type: 'import', id: importId },
      key: 'consent_withdrawn',
      values: { channel, purpose, how: 'told' },
    })),
  )
}
