import type { PolicyKind, PrivacySettings } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'

/** A notice of a change that stands on public pages. */
export type StandingNotice = { readonly kind: PolicyKind; readonly version: number; readonly publishedAt: Temporal.Instant }

/** What every public page of a business says of its documents: whose they are, which privacy notice stands, where data are kept, and what changed lately. */
export type LegalFacts = {
  readonly business: { readonly name: string; readonly slug: string; readonly zone: string }
  readonly privacyVersion: number | null
  readonly region: PrivacySettings['geo.region']
  readonly notices: readonly StandingNotice[]
}

/** Reads them in three small queries. */
export async function legalFacts(tx: WorkspaceTx): Promise<LegalFacts> {
  const { name, slug, zone } = await workspaceFacts(tx)
  const settings = await readPrivacySettings(tx)
  const newest = await tx.db
    .selectFrom('policy_version')
    .distinctOn('kind')
    .select(['kind', 'version', 'published_at', 'notice_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('kind')
    .orderBy('version', 'desc')
    .execute()
  return {
    business: { name, slug, zone },
    privacyVersion: newest.find(({ kind }) => kind === 'privacy')?.version ?? null,
    region: settings['geo.region'],
    notices: newest
      .filter(({ notice_until }) => notice_until !== null && Temporal.Instant.compare(notice_until, tx.now) > 0)
      .map(({ kind, version, published_at }) => ({ kind, version, publishedAt: published_at })),
  }
}
