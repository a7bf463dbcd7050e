import type { ReminderRule, ServiceId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { RuleInForce } from './reminder.rules.ts'
import type { ReminderRuleRow, ReminderTextRow } from './reminder.tables.ts'

/** A rule with the services it is for and the business's own words. */
export type WholeRule = ReminderRuleRow & RuleInForce & { readonly texts: readonly Omit<ReminderTextRow, 'workspace_id'>[] }

/** Every rule of the business, those before the appointment first, the earliest of them at the top. */
export async function wholeRules(tx: WorkspaceTx, ruleId?: string): Promise<WholeRule[]> {
  const rules = await tx.db
    .selectFrom('reminder_rule')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(ruleId !== undefined, (query) => query.where('id', '=', ruleId ?? ''))
    .orderBy('id')
    .execute()
  if (rules.length === 0) return []
  const ids = rules.map(({ id }) => id)
  const services = await tx.db
    .selectFrom('reminder_rule_service')
    .select(['rule_id', 'service_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('rule_id', 'in', ids)
    .orderBy('id')
    .execute()
  const texts = await tx.db
    .selectFrom('reminder_text')
    .select(['id', 'rule_id', 'locale', 'subject', 'body'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('rule_id', 'in', ids)
    .orderBy('locale')
    .execute()
  const whole = rules.map((rule) => ({
    ...rule,
    serviceIds: rule.every_service
      ? null
      : services.flatMap(({ rule_id: of, service_id: service }): ServiceId[] => (of === rule.id ? [service] : [])),
    texts: texts.filter(({ rule_id: of }) => of === rule.id),
  }))
  return whole.toSorted((one, other) => place(one) - place(other))
}

const minutes = { minutes: 1, hours: 60, days: 1440 } as const
/** Minutes from the appointment on the line of time. */
const place = ({ moment, amount, unit }: ReminderRuleRow): number => (moment === 'before' ? -1 : 1) * amount * minutes[unit]

/** One rule. Throws `http/not-found`. */
export async function ruleById(tx: WorkspaceTx, ruleId: string): Promise<WholeRule> {
  const [rule] = await wholeRules(tx, ruleId)
  if (!rule) throw new Refusal('http/not-found', { detail: 'There is no such reminder here. Somebody may have taken it away.' })
  return rule
}

/** A rule as members see it. */
export const presentRule = (rule: WholeRule): ReminderRule => ({
  id: rule.id,
  version: rule.version,
  moment: rule.moment,
  amount: rule.amount,
  unit: rule.unit,
  channel: rule.channel,
  serviceIds: rule.serviceIds === null ? null : [...rule.serviceIds],
  active: rule.active,
  texts: rule.texts.map(({ locale, subject, body }) => ({ locale, subject, body })),
})
