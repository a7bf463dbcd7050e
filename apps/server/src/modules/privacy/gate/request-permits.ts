import { type Decision, decide, type PastTouch, type Touch as RuleTouch, type SubjectFacts } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { type Insertable, sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type ContactFacts, contactFacts, factsOfMany, type PointFacts } from '../../contacts/index.ts'
import { type Ground, groundOf, pointFor, subjectsOf } from './gather-facts.ts'
import type { PermitRow } from './permit.tables.ts'
import { type PermitAnswer, permitAnswer, permitRow, ruleTouch, type Touch } from './permit-answer.ts'
import { capsCanDecide, takeTurns } from './take-turns.ts'

/** More would hold locks for too long; whoever has more asks again. */
export const mostAtOnce = 1000

/**
 * Asks for many touches at once, with the same answers as one after the other: what was allowed before counts in the caps of what follows. Every answer is stored. Null stands
 * for a contact that is not there. Throws for more than a thousand.
 */
export async function requestPermits(tx: WorkspaceTx, touches: readonly Touch[]): Promise<(PermitAnswer | null)[]> {
  if (touches.length > mostAtOnce) throw new RangeError(`The gate answers ${mostAtOnce} touches at once, not ${touches.length}.`)
  const holders = await contactsOf(tx, touches)
  const asking = touches.map((touch) => {
    const contact = holders.get(touch.contactId)
    return contact && { touch, asked: ruleTouch(touch), contact, point: pointFor(contact, touch.channel, touch.pointId) }
  })
  const there = asking.filter((one) => one !== undefined)
  if (there.length === 0) return touches.map(() => null)
  const subjects = await subjectsOf(
    tx,
    there.map(({ asked, contact }) => ({ about: asked.about, contactId: contact.contactId })),
  )
  const ground = await groundInTurn(tx, there)
  const decisions = decideInOrder(
    ground,
    there.map((one, place) => ({ ...one, subject: subjects[place] ?? null })),
    tx.now,
  )
  const decided = there.map((one, place) => ({ ...one, decision: decisions[place] as Decision }))
  const rows = decided.map((one) => permitRow(tx, one))
  await insertPermits(tx, rows)
  const answers = decided.map((one, place) => permitAnswer(tx, one, rows[place] as Insertable<PermitRow>))
  let next = 0
  return asking.map((one) => (one === undefined ? null : (answers[next++] as PermitAnswer)))
}

/** What is asked about one touch of somebody whose facts were read. */
export type AskedTouch = {
  readonly asked: RuleTouch
  readonly contact: ContactFacts
  readonly point: PointFacts | null
  readonly subject: SubjectFacts | null
}

/** Decides on touches one after the other, as if each yes had gone out before the next was asked about. */
export function decideInOrder(ground: Ground, touches: readonly AskedTouch[], now: Temporal.Instant): Decision[] {
  const given = new Map<ContactId, PastTouch[]>()
  return touches.map(({ asked, contact, point, subject }) => {
    const facts = ground.facts(contact, asked, point, subject)
    const before = given.get(contact.contactId)
    const decision = decide(asked, before ? { ...facts, past: [...facts.past, ...before] } : facts, now)
    if (decision.allowed) {
      const { channel, purpose } = asked
      const past = { at: now, channel, purpose, ...(asked.channel === 'call' ? { voice: asked.voice } : {}) }
      given.set(contact.contactId, [...(before ?? []), past])
    }
    return decision
  })
}

/** The contacts of these touches, each under the id that was asked for; those that were merged answer as whom they became. */
async function contactsOf(tx: WorkspaceTx, touches: readonly Touch[]): Promise<ReadonlyMap<ContactId, ContactFacts>> {
  const ids = [...new Set(touches.map(({ contactId }) => contactId))]
  const found = new Map((await factsOfMany(tx, ids)).map((contact) => [contact.contactId, contact]))
  for (const id of ids.filter((one) => !found.has(one))) {
    const merged = await contactFacts(tx, id).catch((error: unknown) => {
      if (isNotThere(error)) return undefined
      throw error
    })
    if (merged) found.set(id, merged)
  }
  return found
}

const isNotThere = (error: unknown): boolean => error instanceof Refusal && error.type === 'http/not-found'

type There = Omit<AskedTouch, 'subject'>

/** The facts of all, read when it is our turn with everybody of whom caps can decide. */
async function groundInTurn(tx: WorkspaceTx, there: readonly There[]): Promise<Ground> {
  const contacts = [...new Map(there.map(({ contact }) => [contact.contactId, contact])).values()]
  const points = there.flatMap(({ point }) => point ?? [])
  const turnsOf = (some: readonly There[]) =>
    takeTurns(
      tx,
      some.map(({ contact }) => contact.contactId),
    )
  await turnsOf(there.filter(({ asked }) => capsCanDecide(asked)))
  const ground = await groundOf(tx, contacts, points)
  const byOwnRules = there.filter(({ asked }) => !capsCanDecide(asked) && capsCanDecide(asked, ground.policy))
  if (byOwnRules.length === 0) return ground
  await turnsOf(byOwnRules)
  return groundOf(tx, contacts, points)
}

/** All rows in one statement, which is planned once whatever their number. */
async function insertPermits(tx: WorkspaceTx, rows: readonly Insertable<PermitRow>[]): Promise<void> {
  const parts = rows.map((row) => ({
    ...row,
    reasons: JSON.parse(row.reasons),
    requires: JSON.parse(row.requires),
    recording: row.recording ? JSON.parse(row.recording) : null,
  }))
  await sql`
    insert into permit (workspace_id, id, contact_id, point_id, channel, voice, dialing, writer, purpose, about_type, about_id, decision, reasons, requires, recording,
      rulebook_version, next_moment, remedy, expires_at, used_by, used_at, superseded_by, created_at)
    select workspace_id, id, contact_id, point_id, channel, voice, dialing, writer, purpose, about_type, about_id, decision, reasons, requires, recording,
      rulebook_version, next_moment, remedy, expires_at, used_by, used_at, superseded_by, created_at
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as part (workspace_id uuid, id uuid, contact_id uuid, point_id uuid, channel text, voice text, dialing text,
      writer text, purpose text, about_type text, about_id uuid, decision text, reasons jsonb, requires jsonb, recording jsonb, rulebook_version text, next_moment timestamptz,
      remedy text, expires_at timestamptz, used_by uuid, used_at timestamptz, superseded_by uuid, created_at timestamptz)
    ${prepared('permit.insert_many')}`.execute(tx.db)
}
