import type { OwnParagraph, PolicyDraft, PolicyKind, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { documents } from './documents.ts'
import { policyPolicy } from './policy.policy.ts'
import { showDraft } from './read-policies.ts'

export type WriteParagraphs = { readonly kind: PolicyKind; readonly paragraphs: readonly OwnParagraph[]; readonly version: number }

/** Sets what the business adds to a document in its own words; it counts with the next published version. Throws `http/version-mismatch`. */
export async function writeParagraphs(
  tx: WorkspaceTx,
  by: Principal,
  { kind, paragraphs, version: read }: WriteParagraphs,
): Promise<PolicyDraft> {
  policyPolicy.require(by, 'policies.write')
  const unknown = paragraphs.find(({ section }) => !documents[kind].some(({ id }) => id === section))
  if (unknown) {
    throw new Refusal('http/invalid-request', { detail: `This document has no section ${unknown.section}. Nothing was saved.` })
  }
  const version = read + 1
  const text = JSON.stringify(paragraphs)
  const written = await tx.db
    .insertInto('policy_paragraphs')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), kind, version, paragraphs: text, created_at: tx.now, updated_at: tx.now })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'kind'])
        .doUpdateSet({ version, paragraphs: text, updated_at: tx.now })
        .where('policy_paragraphs.version', '=', read),
    )
    .returning('version')
    .executeTakeFirst()
  if (!written) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed these paragraphs in the meantime. Nothing was saved.',
      current: await showDraft(tx, by, { kind, locale: 'en' }),
    })
  }
  await audit(tx, by, { action: 'policy.paragraphs_changed', object: { type: 'policy', id: kind }, result: 'done' })
  return showDraft(tx, by, { kind, locale: 'en' })
}
