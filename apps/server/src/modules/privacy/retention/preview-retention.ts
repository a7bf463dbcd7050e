import type { ContactId, Principal, RetentionPreview } from '@frontdesk/contract'
import { sql } from 'kysely'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { RetentionRule } from '../../../platform/inventory/index.ts'
import { factsOfMany } from '../../contacts/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { countDue, type DueSample, sampleDue } from './due-rows.ts'
import { heldRows } from './legal-holds.ts'
import { planRetention, readLinks } from './plan-retention.ts'
import type { RuleCount } from './retention.tables.ts'
import { nextNight } from './retention-clock.rules.ts'
import { retentionRules } from './retention-rules.ts'
import { businessZone, retentionSetting } from './retention-setting.ts'
import { countWholeContacts } from './whole-contacts.ts'

const SAMPLES = 5

/** What would go in the coming night, with counts and the oldest few of each rule. It is kept, without the samples, so that it can be confirmed. */
export async function previewRetention(tx: WorkspaceTx, by: Principal): Promise<RetentionPreview> {
  privacyPolicy.require(by, 'retention.preview')
  const { days } = await retentionSetting(tx)
  const asOf = nextNight(tx.now, await businessZone(tx))
  const held = await heldRows(tx)
  const { parts } = planRetention(erasureSurroundings.get().inventory, await readLinks(tx))
  const counts: Partial<Record<RetentionRule, RuleCount>> = {}
  const samples = new Map<RetentionRule, readonly DueSample[]>()
  for (const part of parts) {
    const when = { asOf, days: days[part.rule], proofDays: days.proof, held: held.contactIds }
    const counted = await (part.how === 'erase' ? countWholeContacts : countDue)(tx, part, when)
    const before = counts[part.rule] ?? { due: 0, held: 0 }
    const paused = held.rules.has(part.rule)
    counts[part.rule] = paused
      ? { due: before.due, held: before.held + counted.held + counted.due }
      : { due: before.due + counted.due, held: before.held + counted.held }
    const seen = samples.get(part.rule) ?? []
    if (!paused && seen.length < SAMPLES) samples.set(part.rule, [...seen, ...(await sampleDue(tx, part, when, SAMPLES - seen.length))])
  }
  const id = await keepPreview(tx, by, { asOf, counts })
  const names = await namesOf(tx, [...samples.values()].flat())
  return {
    id,
    night: asOf.toString(),
    rules: retentionRules.map(({ rule }) => ({
      rule,
      days: days[rule],
      due: counts[rule]?.due ?? 0,
      held: counts[rule]?.held ?? 0,
      samples: (samples.get(rule) ?? []).map(({ contactId, at }) => ({
        contactId,
        name: contactId === null ? null : (names.get(contactId) ?? null),
        at: at.toString(),
      })),
    })),
  }
}

async function keepPreview(
  tx: WorkspaceTx,
  by: Principal,
  { asOf, counts }: { readonly asOf: Temporal.Instant; readonly counts: Partial<Record<RetentionRule, RuleCount>> },
): Promise<string> {
  const { days } = await retentionSetting(tx)
  const id = tx.newId()
  // What was looked at and never confirmed proves nothing.
  await tx.db
    .deleteFrom('retention_preview')
    .where('workspace_id', '=', tx.workspaceId)
    .where('created_at', '<', tx.now.subtract({ hours: 24 }))
    .where(
      sql<boolean>`id not in (select preview_id from retention_setting where workspace_id = ${tx.workspaceId} and preview_id is not null)`,
    )
    .execute()
  await tx.db
    .insertInto('retention_preview')
    .values({
      workspace_id: tx.workspaceId,
      id,
      days: JSON.stringify(days),
      as_of: asOf,
      rules: JSON.stringify(counts),
      made_by: actorText(by),
      created_at: tx.now,
    })
    .execute()
  return id
}

async function namesOf(tx: WorkspaceTx, samples: readonly DueSample[]): Promise<ReadonlyMap<string, string>> {
  const ids = samples.flatMap(({ contactId }) => (contactId === null ? [] : [contactId as ContactId]))
  const contacts = ids.length === 0 ? [] : await factsOfMany(tx, [...new Set(ids)])
  return new Map(contacts.map(({ contactId, name }) => [contactId, name]))
}
