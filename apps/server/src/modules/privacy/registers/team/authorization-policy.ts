import { createHash } from 'node:crypto'
import { type AuthorizationPolicy, type Principal, roles } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { defineJob, defineSchedule } from '../../../../platform/jobs/index.ts'
import type { Policy } from '../../../../platform/policy/index.ts'
import { registerSurroundings } from '../surroundings.ts'
import { teamPolicy } from './team.policy.ts'
import type { RoleMap } from './team.tables.ts'

/** Who may do what, asked of the policies themselves: permission to roles, in the order of the alphabet. */
export function roleMapOf(policies: readonly Policy<string>[]): RoleMap {
  const all = policies.flatMap((policy) => Object.keys(policy.permissions).map((permission) => ({ policy, permission })))
  return Object.fromEntries(
    all
      .sort((a, b) => a.permission.localeCompare(b.permission))
      .map(({ policy, permission }) => [permission, [...(policy.permissions[permission] ?? [])].sort()]),
  )
}

/** Another map is another version. */
export const versionOf = (map: RoleMap): string => createHash('sha256').update(JSON.stringify(map)).digest('hex').slice(0, 12)

/** The map as it is decided by right now, and the versions this business has worked under. */
export async function readAuthorizationPolicy(tx: WorkspaceTx, by: Principal): Promise<AuthorizationPolicy> {
  teamPolicy.require(by, 'authorization_policy.read')
  const { policies, neverForKeys } = registerSurroundings.get()
  const map = roleMapOf(policies)
  const rows = await tx.db
    .selectFrom('authorization_policy_version')
    .select(['version', 'since'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return {
    version: versionOf(map),
    roles: [...roles],
    permissions: Object.entries(map).map(([permission, allowed]) => ({
      permission,
      roles: [...allowed],
      apiKeys: !neverForKeys.has(permission),
    })),
    versions: rows.map(({ version, since }) => ({ version, since: since.toString() })),
  }
}

/** Keeps the map when it is another than yesterday's, after an upgrade of the software. */
export const keepAuthorizationPolicyJob = defineJob({
  name: 'privacy.keep-authorization-policy',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace(keepAuthorizationPolicy),
})

export const keepAuthorizationPolicySchedule = defineSchedule({
  name: 'privacy.keep-authorization-policy',
  cron: '17 * * * *',
  zone: 'UTC',
  job: keepAuthorizationPolicyJob,
})

/** The job's work. */
export async function keepAuthorizationPolicy(tx: WorkspaceTx): Promise<void> {
  const map = roleMapOf(registerSurroundings.get().policies)
  const version = versionOf(map)
  const newest = await tx.db
    .selectFrom('authorization_policy_version')
    .select('version')
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest?.version === version) return
  await tx.db
    .insertInto('authorization_policy_version')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version, map: JSON.stringify(map), since: tx.now })
    .execute()
}
