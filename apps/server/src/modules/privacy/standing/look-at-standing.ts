import { type Channel, decide, type Facts, reasonTable, type Touch } from '@frontdesk/contact-rules'
import type { ContactId, ReachChannel } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { factsOfMany } from '../../contacts/index.ts'
import { groundOf, pointFor } from '../gate/gather-facts.ts'

const channels = ['email', 'sms', 'call'] as const satisfies readonly ReachChannel[]
const everyChannel: readonly Channel[] = channels

/** So long an answer counts at most, where nothing runs out before. */
const HOLDS = { hours: 24 * 7 }
/** So long where something runs out within that time. */
const HOLDS_SHORTLY = { hours: 24 }

/**
 * Looks at some contacts anew: may they be reached with an offer, by the rules of the gate, whatever the hour, the caps and what the business has not set up yet? An answer
 * to choose by, never one to send by.
 */
export async function lookAtStanding(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<void> {
  if (contactIds.length === 0) return
  await tx.db
    .deleteFrom('standing_answer')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...contactIds])
    .execute()
  const contacts = await factsOfMany(tx, contactIds)
  if (contacts.length === 0) return
  const ground = await groundOf(tx, contacts)
  const rows = contacts.map((contact) => {
    const answers = channels.map((channel) => {
      const touch = offerBy(channel, tx.workspaceId)
      const facts = asIfSetUp(ground.facts(contact, touch, pointFor(contact, channel, undefined), { open: true, startedBy: 'us' }))
      const now = stands(touch, facts, tx.now)
      return { channel, now, stays: stands(touch, facts, tx.now.add(HOLDS)) === now }
    })
    const holds = answers.every(({ stays }) => stays) ? HOLDS : HOLDS_SHORTLY
    const byChannel = Object.fromEntries(answers.map(({ channel, now }) => [channel, now]))
    return { id: contact.contactId, ...byChannel, until: tx.now.add(holds).toString() }
  })
  await sql`
    insert into standing_answer (workspace_id, id, email, sms, call, looked_at, holds_until)
    select ${tx.workspaceId}::uuid, id, email, sms, call, ${tx.now}, until
    from json_to_recordset(${JSON.stringify(rows)}::json) as one (id uuid, email boolean, sms boolean, call boolean, until timestamptz)
    on conflict (workspace_id, id) do update
      set email = excluded.email, sms = excluded.sms, call = excluded.call, looked_at = excluded.looked_at, holds_until = excluded.holds_until`.execute(
    tx.db,
  )
}

/** An offer of a campaign: written by a machine, or a call that a person makes by hand. */
function offerBy(channel: ReachChannel, id: string): Touch {
  const offer = { purpose: 'marketing', about: { type: 'campaign', id } } as const
  return channel === 'call' ? { ...offer, channel, voice: 'human', dialing: 'by_hand' } : { ...offer, channel, writer: 'machine' }
}

/** What the business has yet to set up says nothing about her. */
const asIfSetUp = (facts: Facts): Facts => ({
  ...facts,
  channelsSetUp: everyChannel,
  sender: { ...facts.sender, callerIdAnswered: true, textsRegistered: true },
  past: [],
})

const stands = (touch: Touch, facts: Facts, at: Temporal.Instant): boolean => {
  const decision = decide(touch, facts, at)
  return decision.allowed || decision.reasons.every(({ code }) => reasonTable[code].effect !== 'blocks')
}
