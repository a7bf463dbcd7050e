import type { PolicyKind, PolicyLocale } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { PolicyDocument } from './policy-facts.ts'
import { plainText, sha256Of } from './policy-text.rules.ts'

export type ServedText = { readonly kind: PolicyKind; readonly locale: PolicyLocale; readonly text: string; readonly sha256: string }

/** Keeps a text that was shown without having been published, once: whoever accepted it is on record with its hash. */
export async function keepServed(tx: WorkspaceTx, { kind, locale, text, sha256 }: ServedText): Promise<void> {
  const kept = await tx.db
    .selectFrom('served_text')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  if (kept) return
  await tx.db
    .insertInto('served_text')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), kind, locale, text, sha256, served_at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'sha256']).doNothing())
    .execute()
}

/** Keeps a document as a page shows it that was never published. */
export async function keepShown(tx: WorkspaceTx, locale: PolicyLocale, document: PolicyDocument, business: string): Promise<void> {
  const text = plainText(document, { business })
  await keepServed(tx, { kind: document.kind, locale, text, sha256: sha256Of(text) })
}

/** The words behind a hash: of a published version, or of what was served before there was one. Undefined where this business never showed them. */
export async function textByHash(
  tx: WorkspaceTx,
  kind: PolicyKind,
  sha256: string,
): Promise<{ readonly locale: PolicyLocale; readonly text: string; readonly sha256: string } | undefined> {
  const published = await tx.db
    .selectFrom('policy_text')
    .innerJoin('policy_version', (join) =>
      join.onRef('policy_version.workspace_id', '=', 'policy_text.workspace_id').onRef('policy_version.id', '=', 'policy_text.version_id'),
    )
    .select(['policy_text.locale', 'policy_text.text', 'policy_text.sha256'])
    .where('policy_text.workspace_id', '=', tx.workspaceId)
    .where('policy_version.kind', '=', kind)
    .where('policy_text.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  if (published) return published
  return tx.db
    .selectFrom('served_text')
    .select(['locale', 'text', 'sha256'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
}
