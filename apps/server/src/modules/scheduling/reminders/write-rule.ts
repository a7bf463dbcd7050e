import type { Principal, ReminderRuleDraft } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { planRuleJob } from './plan-rule.ts'
import { ruleById, type WholeRule } from './read-rules.ts'
import { channelFor } from './reminder-channels.ts'

/** More would be a bombardment, and every booking carries a row for each. */
const MOST_RULES = 20

/** Adds a reminder or a follow-up. Bookings ahead get it too, where its moment is still to come. */
export async function addReminderRule(tx: WorkspaceTx, by: Principal, draft: ReminderRuleDraft): Promise<WholeRule> {
  schedulingPolicy.require(by, 'services.manage')
  await requireSetUp(tx, draft)
  const { rules } = await tx.db
    .selectFrom('reminder_rule')
    .select((select) => select.fn.countAll<number>().as('rules'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  if (Number(rules) >= MOST_RULES)
    throw new Refusal('http/conflict', { detail: `There are ${MOST_RULES} reminders already. Take one away first. Nothing was added.` })
  const id = tx.newId()
  await tx.db
    .insertInto('reminder_rule')
    .values({ workspace_id: tx.workspaceId, id, ...columnsOf(draft), created_at: tx.now, updated_at: tx.now, version: 1 })
    .execute()
  await writeParts(tx, id, draft)
  return tell(tx, by, id, 'reminder_rule.added')
}

export type ChangeReminderRule = ReminderRuleDraft & { readonly ruleId: string; readonly version: number }

/** Changes a reminder. What is planned follows it; what was sent stays as it was. */
export async function changeReminderRule(
  tx: WorkspaceTx,
  by: Principal,
  { ruleId, version, ...draft }: ChangeReminderRule,
): Promise<WholeRule> {
  schedulingPolicy.require(by, 'services.manage')
  const before = await ruleById(tx, ruleId)
  if (before.channel !== draft.channel) await requireSetUp(tx, draft)
  const { numUpdatedRows } = await tx.db
    .updateTable('reminder_rule')
    .set({ ...columnsOf(draft), updated_at: tx.now, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', ruleId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at the reminder as it is now and change it again.',
      currentVersion: (await ruleById(tx, ruleId)).version,
    })
  }
  await clearParts(tx, ruleId)
  await writeParts(tx, ruleId, draft)
  if (!draft.active) await endPlanned(tx, ruleId)
  return tell(tx, by, ruleId, 'reminder_rule.changed')
}

/** Takes a reminder away. What is planned by it is not sent. Taking away what is gone changes nothing. */
export async function removeReminderRule(tx: WorkspaceTx, by: Principal, ruleId: string): Promise<void> {
  schedulingPolicy.require(by, 'services.manage')
  await endPlanned(tx, ruleId)
  const { numDeletedRows } = await tx.db
    .deleteFrom('reminder_rule')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', ruleId)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) return
  await emit(tx, 'reminder_rule.changed', { ruleId })
  await audit(tx, by, { action: 'reminder_rule.removed', object: { type: 'reminder_rule', id: ruleId }, result: 'done' })
}

/** A reminder by a way that is not set up would never come, so nobody can ask for one. */
async function requireSetUp(tx: WorkspaceTx, { channel }: ReminderRuleDraft): Promise<void> {
  // Mail may be set up by the operator later; the screens say that it is not.
  if (channel === 'email' || (await channelFor(tx, channel))) return
  const message = 'This way is not set up here, so nothing would be sent. Choose mail.'
  throw new Refusal('http/invalid-request', {
    detail: `channel: ${message} Nothing was saved.`,
    faults: [{ path: 'body.channel', code: 'not_set_up', message }],
  })
}

const columnsOf = ({ moment, amount, unit, channel, serviceIds, active }: ReminderRuleDraft) => ({
  moment,
  amount,
  unit,
  channel,
  every_service: serviceIds === null,
  active,
})

async function clearParts(tx: WorkspaceTx, ruleId: string): Promise<void> {
  for (const table of ['reminder_rule_service', 'reminder_text'] as const)
    await tx.db.deleteFrom(table).where('workspace_id', '=', tx.workspaceId).where('rule_id', '=', ruleId).execute()
}

async function writeParts(tx: WorkspaceTx, ruleId: string, { serviceIds, texts }: ReminderRuleDraft): Promise<void> {
  const wanted = [...new Set(serviceIds ?? [])]
  if (wanted.length > 0) {
    const known = await tx.db
      .selectFrom('service')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', wanted)
      .execute()
    if (known.length < wanted.length) {
      const message = 'One of these services is not here.'
      throw new Refusal('http/invalid-request', {
        detail: `serviceIds: ${message} Nothing was saved.`,
        faults: [{ path: 'body.serviceIds', code: 'not_found', message }],
      })
    }
    await tx.db
      .insertInto('reminder_rule_service')
      .values(wanted.map((service) => ({ workspace_id: tx.workspaceId, id: tx.newId(), rule_id: ruleId, service_id: service })))
      .execute()
  }
  const own = texts.filter(({ subject, body }) => subject !== null || body !== null)
  if (own.length > 0) {
    await tx.db
      .insertInto('reminder_text')
      .values(own.map((text) => ({ workspace_id: tx.workspaceId, id: tx.newId(), rule_id: ruleId, ...text })))
      .execute()
  }
}

const endPlanned = (tx: WorkspaceTx, ruleId: string) =>
  tx.db
    .updateTable('reminder')
    .set({ state: 'skipped', reason: 'rule_off', done_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('rule_id', '=', ruleId)
    .where('state', '=', 'planned')
    .execute()

async function tell(
  tx: WorkspaceTx,
  by: Principal,
  ruleId: string,
  action: 'reminder_rule.added' | 'reminder_rule.changed',
): Promise<WholeRule> {
  await enqueue(tx, planRuleJob, { ruleId, after: null })
  await emit(tx, 'reminder_rule.changed', { ruleId })
  await audit(tx, by, { action, object: { type: 'reminder_rule', id: ruleId }, result: 'done' })
  return ruleById(tx, ruleId)
}
