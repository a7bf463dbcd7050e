import type { MemberId, Principal, TeamTraining } from '@frontdesk/contract'
import { sql } from 'kysely'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { tellMemberChanged } from '../../../accounts/index.ts'
import { businessZone } from '../../retention/retention-setting.ts'
import { teamPolicy } from './team.policy.ts'

/** The rules for personal data as members read them; other words are another version, and are confirmed anew when they are due. */
export const trainingTextVersion = '2026-11-29'
/** Whoever is new has this long. */
const FIRST_WITHIN = { days: 30 } as const
const usual = { everyMonths: 12, suspendWhenOverdue: false, version: 1 } as const

type Due = { readonly acknowledgedAt: Temporal.Instant | null; readonly dueOn: Temporal.PlainDate; readonly overdue: boolean }
type Setting = { readonly everyMonths: number; readonly suspendWhenOverdue: boolean; readonly version: number }

/** How often, who is due, and for those who look after it everybody. */
export async function readTraining(tx: WorkspaceTx, by: Principal): Promise<TeamTraining> {
  teamPolicy.require(by, 'training.read')
  const setting = await settingOf(tx)
  const everybody = await dueOfAll(tx, setting)
  const shown = ({ acknowledgedAt, dueOn, overdue }: Due) => ({
    acknowledgedAt: acknowledgedAt?.toString() ?? null,
    dueOn: dueOn.toString(),
    overdue,
  })
  const mine = by.kind === 'member' ? everybody.find(({ memberId }) => memberId === by.memberId) : undefined
  return {
    ...setting,
    textVersion: trainingTextVersion,
    mine: mine ? shown(mine) : null,
    members: teamPolicy.decide(by, 'training.manage').allowed
      ? everybody.map((one) => ({ memberId: one.memberId, name: one.name, ...shown(one) }))
      : [],
  }
}

/** Confirms the rules as they were read. Throws `http/conflict` where they are others by now. */
export async function acknowledgeTraining(
  tx: WorkspaceTx,
  by: Principal,
  { textVersion }: { readonly textVersion: string },
): Promise<TeamTraining> {
  teamPolicy.require(by, 'training.confirm')
  if (by.kind !== 'member')
    throw new Refusal('http/not-allowed', { detail: 'Each member confirms in person.', permission: 'training.confirm' })
  if (textVersion !== trainingTextVersion)
    throw new Refusal('http/conflict', { detail: 'The rules have changed. Read them again. Nothing was confirmed.' })
  await tx.db
    .insertInto('training_acknowledgement')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), member_id: by.memberId, text_version: textVersion, at: tx.now })
    .execute()
  await audit(tx, by, { action: 'training.confirmed', object: { type: 'member', id: by.memberId }, result: 'done' })
  await tellMemberChanged(tx, by.userId)
  return readTraining(tx, by)
}

/** Changes how often, and whether whoever is overdue is kept from personal data. Throws `http/version-mismatch`. */
export async function changeTraining(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly everyMonths: number; readonly suspendWhenOverdue: boolean; readonly version: number },
): Promise<TeamTraining> {
  teamPolicy.require(by, 'training.manage')
  const values = {
    version: wish.version + 1,
    every_months: wish.everyMonths,
    suspend_when_overdue: wish.suspendWhenOverdue,
    updated_at: tx.now,
  }
  const before = await settingOf(tx)
  const written =
    before.version === wish.version
      ? await tx.db
          .insertInto('training_setting')
          .values({ ...values, workspace_id: tx.workspaceId, id: tx.newId(), created_at: tx.now })
          .onConflict((conflict) =>
            conflict.column('workspace_id').doUpdateSet(values).where('training_setting.version', '=', wish.version),
          )
          .returning('version')
          .executeTakeFirst()
      : undefined
  if (!written)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this in the meantime. Nothing was saved.',
      current: await readTraining(tx, by),
    })
  await audit(tx, by, { action: 'training.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  return readTraining(tx, by)
}

/** Whether a member is kept from personal data: she is overdue, and the business has it so. Asked when she knocks. */
export async function isSuspended(tx: WorkspaceTx, memberId: MemberId): Promise<boolean> {
  const setting = await settingOf(tx)
  if (!setting.suspendWhenOverdue) return false
  return (await dueOfAll(tx, setting, memberId))[0]?.overdue ?? false
}

async function settingOf(tx: WorkspaceTx): Promise<Setting> {
  const row = await tx.db.selectFrom('training_setting').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
  return row ? { everyMonths: row.every_months, suspendWhenOverdue: row.suspend_when_overdue, version: row.version } : usual
}

/** When each member is due: so many months after she last confirmed, or thirty days after she joined. */
async function dueOfAll(
  tx: WorkspaceTx,
  { everyMonths }: Setting,
  only?: MemberId,
): Promise<readonly (Due & { readonly memberId: MemberId; readonly name: string })[]> {
  const zone = await businessZone(tx)
  const today = tx.now.toZonedDateTimeISO(zone).toPlainDate()
  const rows = await tx.db
    .selectFrom('member')
    .select(['member.id', 'member.name', 'member.joined_at'])
    .select(
      sql<Temporal.Instant | null>`(select max(a.at) from training_acknowledgement a where a.workspace_id = member.workspace_id and a.member_id = member.id)`.as(
        'acknowledged_at',
      ),
    )
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only as MemberId))
    .orderBy('name')
    .limit(2000)
    .execute()
  return rows.map(({ id, name, joined_at, acknowledged_at }) => {
    const from = (acknowledged_at ?? joined_at).toZonedDateTimeISO(zone).toPlainDate()
    const dueOn = from.add(acknowledged_at === null ? FIRST_WITHIN : { months: everyMonths })
    return { memberId: id, name, acknowledgedAt: acknowledged_at, dueOn, overdue: Temporal.PlainDate.compare(today, dueOn) > 0 }
  })
}
