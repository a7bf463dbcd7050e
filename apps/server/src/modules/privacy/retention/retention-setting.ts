import type { Principal, RetentionState } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { RuleDays } from './retention.tables.ts'
import { nextNight } from './retention-clock.rules.ts'
import { endsOtherwise, factsOf, retentionRules } from './retention-rules.ts'

/** How long what somebody saw may be confirmed. */
const previewCounts = Temporal.Duration.from({ hours: 24 })

/** How long this workspace keeps what, and since when somebody stands behind it. */
export type RetentionSetting = {
  readonly version: number
  readonly days: RuleDays
  readonly confirmedAt: Temporal.Instant | null
}

const defaults = Object.fromEntries(retentionRules.map(({ rule, days }) => [rule, days])) as RuleDays

/** The setting, or the defaults where nobody has changed or confirmed anything. */
export async function retentionSetting(tx: WorkspaceTx): Promise<RetentionSetting> {
  const row = await tx.db.selectFrom('retention_setting').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
  return { version: row?.version ?? 1, days: { ...defaults, ...row?.days }, confirmedAt: row?.confirmed_at ?? null }
}

/** The zone of the business's wall clock. */
export const businessZone = async (tx: WorkspaceTx): Promise<string> =>
  (await tx.db.selectFrom('workspace').select('zone').where('id', '=', tx.workspaceId).executeTakeFirstOrThrow()).zone

/** The periods with their bounds and grounds, whether anything goes by itself yet, and when next. */
export async function readRetention(tx: WorkspaceTx, by: Principal): Promise<RetentionState> {
  privacyPolicy.require(by, 'retention.read')
  const { version, days, confirmedAt } = await retentionSetting(tx)
  return {
    version,
    confirmedAt: confirmedAt?.toString() ?? null,
    nextNight: nextNight(tx.now, await businessZone(tx)).toString(),
    rules: retentionRules.map(({ rule, days: usual, least, most, criterion, law }) => ({
      rule,
      days: days[rule],
      usualDays: usual,
      leastDays: least,
      mostDays: most,
      criterion,
      law,
    })),
    otherwise: Object.entries(endsOtherwise).map(([retention, { ends, criterion }]) => ({ retention, ends, criterion })),
  }
}

/**
 * Changes the periods. A period that became shorter takes the confirmation back, so that nobody loses by a slip what she has not seen. Throws
 * `http/version-mismatch` when somebody else was quicker.
 */
export async function changeRetention(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly days: RuleDays; readonly version: number },
): Promise<RetentionState> {
  privacyPolicy.require(by, 'retention.manage')
  requireBounds(wish.days)
  const before = await retentionSetting(tx)
  const shorter = retentionRules.some(({ rule }) => wish.days[rule] < before.days[rule])
  const version = wish.version + 1
  const days = JSON.stringify(wish.days)
  const unconfirmed = shorter ? { confirmed_at: null, confirmed_by: null, preview_id: null } : {}
  const written = await tx.db
    .insertInto('retention_setting')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version,
      days,
      confirmed_at: null,
      confirmed_by: null,
      preview_id: null,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet({ version, days, updated_at: tx.now, ...unconfirmed })
        .where('retention_setting.version', '=', wish.version),
    )
    .returning('version')
    .executeTakeFirst()
  if (!written || before.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed these periods in the meantime. Nothing was saved.',
      current: await readRetention(tx, by),
    })
  }
  await audit(tx, by, { action: 'retention.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await emit(tx, 'retention.changed', { workspaceId: tx.workspaceId })
  return readRetention(tx, by)
}

function requireBounds(days: RuleDays): void {
  for (const { rule, least, most } of retentionRules) {
    if (days[rule] >= least && days[rule] <= most) continue
    throw new Refusal('privacy/retention-period', {
      detail: `The period of ${rule} is between ${least} and ${most} days. Nothing was saved.`,
      rule,
      least,
      most,
    })
  }
  if (days.mail <= days.conversation) return
  throw new Refusal('privacy/retention-period', {
    detail:
      'A mail holds the words of its conversation, so it cannot stay longer than that. Shorten the period of mail. Nothing was saved.',
    rule: 'mail',
    least: factsOf('mail').least,
    most: days.conversation,
  })
}

/** Somebody who may decide has seen a preview and stands behind it: from now on the nights do their work. */
export async function confirmRetention(tx: WorkspaceTx, by: Principal, previewId: string): Promise<RetentionState> {
  privacyPolicy.require(by, 'retention.confirm')
  if (by.kind !== 'member') {
    throw new Refusal('http/not-allowed', {
      detail: 'What goes for good is confirmed by the owner or the privacy officer in person. Sign in and confirm it under Privacy.',
      permission: 'retention.confirm',
    })
  }
  const preview = await tx.db
    .selectFrom('retention_preview')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', previewId)
    .executeTakeFirst()
  if (!preview) throw new Refusal('http/not-found', { detail: 'There is no such preview. Look at what would go, and confirm that.' })
  const { days, version } = await retentionSetting(tx)
  const tooOld = Temporal.Instant.compare(preview.created_at.add(previewCounts), tx.now) < 0
  if (tooOld || retentionRules.some(({ rule }) => preview.days[rule] !== days[rule])) {
    throw outdated()
  }
  const confirmed = { confirmed_at: tx.now, confirmed_by: actorText(by), preview_id: previewId, updated_at: tx.now }
  const written = await tx.db
    .insertInto('retention_setting')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version, days: '{}', created_at: tx.now, ...confirmed })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(confirmed).where('retention_setting.version', '=', version))
    .returning('id')
    .executeTakeFirst()
  if (!written) throw outdated()
  await audit(tx, by, { action: 'retention.confirmed', object: { type: 'retention_preview', id: previewId }, result: 'done' })
  await emit(tx, 'retention.changed', { workspaceId: tx.workspaceId })
  return readRetention(tx, by)
}

const outdated = () =>
  new Refusal('privacy/preview-outdated', {
    detail: 'This preview is older than a day, or the periods were changed since. Nothing was confirmed; look at what would go now.',
  })
