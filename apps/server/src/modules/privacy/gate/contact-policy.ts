import type { WorkspacePolicy } from '@frontdesk/contact-rules'
import type { ContactPolicy, ContactPolicyState, Principal } from '@frontdesk/contract'
import { noOwnRules } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'

/** The workspace's own rules as they were set, with their version. */
export async function readContactPolicy(tx: WorkspaceTx, by: Principal): Promise<ContactPolicyState> {
  privacyPolicy.require(by, 'contact_policy.read')
  const row = await rowOf(tx)
  return { version: row?.version ?? 1, rules: { ...noOwnRules, ...row?.rules } }
}

/** Changes the own rules. They only ever add to the law. Throws `http/version-mismatch` when somebody else was quicker. */
export async function changeContactPolicy(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly rules: ContactPolicy; readonly version: number },
): Promise<ContactPolicyState> {
  privacyPolicy.require(by, 'contact_policy.manage')
  const version = wish.version + 1
  const rules = JSON.stringify(wish.rules)
  const written = await tx.db
    .insertInto('contact_policy')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version, rules, created_at: tx.now, updated_at: tx.now })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet({ version, rules, updated_at: tx.now })
        .where('contact_policy.version', '=', wish.version),
    )
    .returning('version')
    .executeTakeFirst()
  if (!written) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed these rules in the meantime. Nothing was saved.',
      current: await readContactPolicy(tx, by),
    })
  }
  await audit(tx, by, { action: 'contact_policy.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await emit(tx, 'contact_policy.changed', { workspaceId: tx.workspaceId })
  return { version, rules: wish.rules }
}

const rowOf = (tx: WorkspaceTx) =>
  tx.db.selectFrom('contact_policy').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()

/** The workspace's own rules as the gate takes them: what was switched off or left empty says nothing, so that it cannot be taken for a rule. */
export function asRules(rules: ContactPolicy): WorkspacePolicy {
  return {
    ...rules,
    ...(rules.hours.length > 0 ? {} : { hours: undefined }),
    ...(rules.quiet.length > 0 ? {} : { quiet: undefined }),
  }
}
