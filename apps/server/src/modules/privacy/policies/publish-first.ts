import { PolicyKind as Kinds, type PolicyVersion, type Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { policyPolicy } from './policy.policy.ts'
import { publishDraft } from './publish-policy.ts'
import { currentVersion, draftOf } from './read-policies.ts'

/**
 * Publishes every document that has no version yet, as it is written from the settings, so that a business that opens has its notices from the first booking on. They are marked as
 * written by the software until somebody says that she read them. Answers what it published: doing it twice changes nothing. Throws `privacy/no-officer`.
 */
export async function publishFirst(tx: WorkspaceTx, by: Principal): Promise<readonly PolicyVersion[]> {
  policyPolicy.require(by, 'policies.publish')
  const published: PolicyVersion[] = []
  for (const kind of Kinds.options) {
    if (await currentVersion(tx, kind)) continue
    published.push(await publishDraft(tx, by, { kind, weight: 'minor', generated: true }, await draftOf(tx, kind)))
  }
  return published
}
