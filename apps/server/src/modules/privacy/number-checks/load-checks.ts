import { type ContactId, mostBrokenNamed, mostCheckedRows, type NumberChecksRead, type Principal } from '@frontdesk/contract'
import { FileUnreadable } from '@frontdesk/interchange'
import { sql } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { homeCountry } from '../../contacts/index.ts'
import { hashesOfPoint, hashOfPoint } from '../consents/point-hash.ts'
import { type KeptFact, keepFacts } from '../gate/record-known-fact.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { businessDay } from '../registers/business-day.ts'
import { type CheckedNumber, type ReadChecks, readChecks } from './read-checks.ts'

export type LoadNumberChecks = {
  readonly text: string
  /** What holds where the file does not say. */
  readonly checkedOn?: string | null | undefined
  readonly checkedWith?: string | null | undefined
  readonly keep: boolean
}

/**
 * Reads a file of checked numbers and says what it means for people here; with `keep` it is recorded, every fact with its day and source. Of numbers that nobody here has, nothing is
 * kept. Throws `privacy/unreadable-checks` for a file without the columns that are needed, and for one of too many rows.
 */
export async function loadNumberChecks(tx: WorkspaceTx, by: Principal, wish: LoadNumberChecks): Promise<NumberChecksRead> {
  privacyPolicy.require(by, 'known_facts.load')
  const today = await businessDay(tx)
  const checkedOn = wish.checkedOn ? Temporal.PlainDate.from(wish.checkedOn) : null
  if (checkedOn !== null && Temporal.PlainDate.compare(checkedOn, today) > 0)
    throw new Refusal('http/invalid-request', {
      detail: 'This day has not come yet. Write the day on which the numbers were checked. Nothing was saved.',
    })
  const { rows, checks, broken } = await read(wish.text, {
    country: await homeCountry(tx),
    today,
    checkedOn,
    checkedWith: wish.checkedWith?.trim() || null,
  })
  const holders = await holdersOf(tx, [...new Set(checks.map(({ number }) => number))])
  const matched = checks.filter(({ number }) => holders.has(number))
  const facts = distinct(matched.flatMap((check) => factsOf(tx, check, holders.get(check.number) ?? [])))
  const fresh = await notYetKnown(tx, facts)
  if (wish.keep && fresh.length > 0) {
    await keepFacts(
      tx,
      by,
      fresh.map(({ number: _number, ...fact }) => fact),
    )
    await audit(tx, by, { action: 'known_fact.loaded', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  }
  return {
    rows,
    matched: matched.length,
    strangers: checks.length - matched.length,
    contacts: new Set(facts.map(({ contact_id }) => contact_id)).size,
    facts: fresh.length,
    known: facts.length - fresh.length,
    brokenCount: broken.length,
    broken: broken.slice(0, mostBrokenNamed),
    kept: wish.keep,
  }
}

async function read(text: string, reading: Parameters<typeof readChecks>[1]): Promise<ReadChecks> {
  const found = await readChecks(text, reading).catch((error: unknown) => {
    if (!(error instanceof FileUnreadable)) throw error
    throw new Refusal('privacy/unreadable-checks', {
      detail:
        'The first row has to name the columns: the number, and the kind of line or whether it was reassigned; the day and the source may stand beside them. Nothing was saved.',
    })
  })
  if (found.rows <= mostCheckedRows) return found
  throw new Refusal('privacy/unreadable-checks', {
    detail: `This file has ${found.rows} rows; one file may have ${mostCheckedRows}. Load it in parts. Nothing was saved.`,
  })
}

/** Who has a number here, and when she last turned up with it herself. */
type Holder = { readonly contactId: ContactId; readonly heardOn: Temporal.PlainDate | null }

async function holdersOf(tx: WorkspaceTx, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly Holder[]>> {
  const { rows } = await sql<{ number: string; contact_id: ContactId; heard: Temporal.Instant | null }>`
    select point.value_normalized as number, point.contact_id, point.last_heard_at as heard
    from contact_point point
      join contact on contact.workspace_id = point.workspace_id and contact.id = point.contact_id
    where point.workspace_id = ${tx.workspaceId} and point.kind = 'phone' and point.value_normalized = any(${numbers}::text[])
      and contact.merged_into is null`.execute(tx.db)
  const byNumber = Map.groupBy(rows, ({ number }) => number)
  return new Map(
    [...byNumber].map(([number, own]) => [
      number,
      own.map(({ contact_id, heard }) => ({
        contactId: contact_id,
        heardOn: heard?.toZonedDateTimeISO('UTC').toPlainDate() ?? null,
      })),
    ]),
  )
}

type NumberFact = KeptFact & { readonly number: string }

function factsOf(
  tx: WorkspaceTx,
  { number, kind, reassigned, checkedOn, checkedWith }: CheckedNumber,
  holders: readonly Holder[],
): NumberFact[] {
  const shared = {
    number,
    point_hash: hashOfPoint(tx, { kind: 'phone', value: number }),
    checked_on: checkedOn,
    checked_with: checkedWith,
    source: 'file',
  } as const
  return holders.flatMap(({ contactId, heardOn }): NumberFact[] => [
    ...(kind === null ? [] : [{ ...shared, contact_id: contactId, kind: 'line', answer: kind } as const]),
    ...(reassigned === null
      ? []
      : [{ ...shared, contact_id: contactId, kind: 'reassigned', answer: asAnswer(reassigned, heardOn) } as const]),
  ])
}

/** A number that changed hands before she herself turned up with it is hers; on the same day or later, or where she never did, it counts as somebody else's. */
function asAnswer(reassigned: NonNullable<CheckedNumber['reassigned']>, heardOn: Temporal.PlainDate | null): 'yes' | 'no' | 'no_data' {
  if (!(reassigned instanceof Temporal.PlainDate)) return reassigned
  return heardOn !== null && Temporal.PlainDate.compare(reassigned, heardOn) < 0 ? 'no' : 'yes'
}

const wordsOf = ({ contact_id, kind, number, answer, checked_on, checked_with }: NumberFact): string =>
  JSON.stringify([contact_id, kind, number, answer, checked_on.toString(), checked_with])

const distinct = (facts: readonly NumberFact[]): NumberFact[] => [...new Map(facts.map((fact) => [wordsOf(fact), fact])).values()]

/** Those that are not on record in the same words: the same file loaded again changes nothing. Keys are rotated, so every hash of a number counts. */
async function notYetKnown(tx: WorkspaceTx, facts: readonly NumberFact[]): Promise<NumberFact[]> {
  if (facts.length === 0) return []
  const numbers = new Map<string, string>()
  for (const number of new Set(facts.map((fact) => fact.number)))
    for (const hash of hashesOfPoint(tx, { kind: 'phone', value: number })) numbers.set(hash, number)
  const contacts = [...new Set(facts.map(({ contact_id }) => contact_id))]
  const rows = await tx.db
    .selectFrom('known_fact')
    .select(['contact_id', 'kind', 'point_hash', 'answer', 'checked_on', 'checked_with'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`contact_id = any(${contacts}::uuid[])`)
    .where('point_hash', 'is not', null)
    .execute()
  const known = new Set(
    rows.map(({ point_hash, ...row }) => wordsOf({ ...row, point_hash, source: 'file', number: numbers.get(point_hash ?? '') ?? '' })),
  )
  return facts.filter((fact) => !known.has(wordsOf(fact)))
}
