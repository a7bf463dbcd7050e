import type { Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { policyPolicy } from './policy.policy.ts'
import { versionPath } from './policy-paths.ts'
import { loadVersion } from './read-policies.ts'

const delivered = ['sent']
const bounced = ['bounced', 'failed']

/** Who was told of a version, by which mail and what became of it, and the counts of all. */
export async function listTold(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly versionId: string; readonly cursor?: string | undefined; readonly limit: number },
) {
  policyPolicy.require(by, 'policies.read')
  await loadVersion(tx, wish.versionId)
  const after = readCursor(wish.cursor, [z.uuid()])
  const of = tx.db
    .selectFrom('policy_told')
    .leftJoin('mail', (join) =>
      join.onRef('mail.workspace_id', '=', 'policy_told.workspace_id').onRef('mail.id', '=', 'policy_told.mail_id'),
    )
    .where('policy_told.workspace_id', '=', tx.workspaceId)
    .where('policy_told.version_id', '=', wish.versionId)
  const rows = await of
    .leftJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'policy_told.workspace_id').onRef('contact.id', '=', 'policy_told.contact_id'),
    )
    .select([
      'policy_told.id',
      'policy_told.contact_id',
      'contact.name',
      'policy_told.outcome',
      'mail.state',
      'policy_told.reason',
      'policy_told.created_at',
    ])
    .$if(after !== undefined, (query) => query.where(sql<boolean>`policy_told.id > ${after?.[0]}::uuid`))
    .orderBy('policy_told.id')
    .limit(wish.limit + 1)
    .execute()
  const counts = await of
    .select(({ fn }) => [
      fn.count<string>('policy_told.id').filterWhere('policy_told.outcome', '=', 'mailed').as('mailed'),
      fn.count<string>('policy_told.id').filterWhere('policy_told.outcome', '=', 'refused').as('refused'),
      fn.count<string>('policy_told.id').filterWhere(sql<boolean>`mail.state = any(${delivered}::text[])`).as('delivered'),
      fn.count<string>('policy_told.id').filterWhere(sql<boolean>`mail.state = any(${bounced}::text[])`).as('bounced'),
    ])
    .executeTakeFirstOrThrow()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => ({
      contactId: row.contact_id,
      name: row.name,
      outcome: row.outcome,
      delivery: row.state,
      reason: row.reason,
      at: row.created_at.toString(),
    }),
    (row) => [row.id],
  )
  return {
    ...page,
    counts: {
      mailed: Number(counts.mailed),
      delivered: Number(counts.delivered),
      bounced: Number(counts.bounced),
      refused: Number(counts.refused),
    },
  }
}

/** Notices that stand and that this member has not acknowledged. */
export async function policyNews(tx: WorkspaceTx, by: Principal) {
  policyPolicy.require(by, 'policies.news')
  if (by.kind !== 'member') return { items: [] }
  const { slug, locale } = await workspaceFacts(tx)
  const rows = await tx.db
    .selectFrom('policy_version')
    .select(['id', 'kind', 'version', 'published_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('notice_until', '>', tx.now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('policy_acknowledgement')
            .select('policy_acknowledgement.id')
            .whereRef('policy_acknowledgement.workspace_id', '=', 'policy_version.workspace_id')
            .whereRef('policy_acknowledgement.version_id', '=', 'policy_version.id')
            .where('policy_acknowledgement.member_id', '=', by.memberId),
        ),
      ),
    )
    .orderBy('published_at', 'desc')
    .limit(20)
    .execute()
  return {
    items: rows.map(({ id, kind, version, published_at }) => ({
      versionId: id,
      kind,
      version,
      publishedAt: published_at.toString(),
      path: versionPath(slug, kind, version, locale),
    })),
  }
}

/** This member has read a change. Saying it twice changes nothing. */
export async function acknowledgePolicy(tx: WorkspaceTx, by: Principal, versionId: string): Promise<void> {
  policyPolicy.require(by, 'policies.news')
  if (by.kind !== 'member') throw new Refusal('http/not-allowed', { detail: `Only members acknowledge a change, not ${actorText(by)}.` })
  await loadVersion(tx, versionId)
  const added = await tx.db
    .insertInto('policy_acknowledgement')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), version_id: versionId, member_id: by.memberId, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'version_id', 'member_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) await audit(tx, by, { action: 'policy.acknowledged', object: { type: 'policy_version', id: versionId }, result: 'done' })
}
