import type { MemberId, Principal, PrivacyOffice } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { mailMember } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { requestsPolicy } from './request.policy.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { requestSurroundings } from './surroundings.ts'

const usualAppealDays = 45

/** Who can decide about requests and complaints. */
export type Officer = { readonly id: MemberId; readonly name: string; readonly email: string; readonly role: string }

/** Everybody who may decide here: owners and privacy officers, the first owner first. */
export const deciders = (tx: WorkspaceTx): Promise<Officer[]> =>
  tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('role', 'in', ['owner', 'privacy_officer'])
    .orderBy('role')
    .orderBy('joined_at')
    .execute()

/** The privacy officer: the one who was chosen and still works here, otherwise the first owner; and the days of an appeal. */
export async function privacyOffice(
  tx: WorkspaceTx,
): Promise<{ officer: Officer | null; chosen: boolean; appealDays: number; version: number }> {
  const row = await tx.db.selectFrom('privacy_office').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
  const able = await deciders(tx)
  const chosen = able.find(({ id }) => id === row?.officer_member_id)
  return {
    officer: chosen ?? able.find(({ role }) => role === 'owner') ?? able[0] ?? null,
    chosen: chosen !== undefined,
    appealDays: row?.appeal_days ?? usualAppealDays,
    version: row?.version ?? 1,
  }
}

/** Who looks after requests and complaints, for members. */
export async function readOffice(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof PrivacyOffice>> {
  requestsPolicy.require(by, 'privacy_office.read')
  const { officer, appealDays, version } = await privacyOffice(tx)
  return { officerMemberId: officer?.id ?? null, officerName: officer?.name ?? null, appealDays, version }
}

/** Chooses the officer among owners and privacy officers. Throws `http/version-mismatch`. */
export async function changeOffice(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly officerMemberId: MemberId | null; readonly appealDays: number; readonly version: number },
): Promise<z.input<typeof PrivacyOffice>> {
  requestsPolicy.require(by, 'privacy_office.manage')
  if (wish.officerMemberId !== null && !(await deciders(tx)).some(({ id }) => id === wish.officerMemberId))
    throw new Refusal('http/invalid-request', { detail: 'Choose an owner or somebody with the role privacy officer. Nothing was saved.' })
  const version = wish.version + 1
  const values = { version, officer_member_id: wish.officerMemberId, appeal_days: wish.appealDays, updated_at: tx.now }
  const written = await tx.db
    .insertInto('privacy_office')
    .values({ ...values, workspace_id: tx.workspaceId, id: tx.newId(), created_at: tx.now })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values).where('privacy_office.version', '=', wish.version))
    .returning('version')
    .executeTakeFirst()
  if (!written)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this in the meantime. Nothing was saved.',
      current: await readOffice(tx, by),
    })
  await audit(tx, by, { action: 'privacy_office.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await emit(tx, 'privacy_office.changed', { workspaceId: tx.workspaceId })
  return readOffice(tx, by)
}

/** Writes to whoever looks after a case; what is overdue goes to every owner as well. */
export async function tellOfficer(tx: WorkspaceTx, row: StoredRequest, news: 'received' | 'due_soon' | 'overdue'): Promise<void> {
  const { officer } = await privacyOffice(tx)
  const able = await deciders(tx)
  const owner = able.find(({ id }) => id === row.owner_member_id)
  const readers =
    news === 'overdue' ? able.filter(({ role, id }) => role === 'owner' || id === officer?.id || id === owner?.id) : [owner ?? officer]
  const business = await workspaceFacts(tx)
  const t = requestTranslator(chooseLocale([business.locale]))
  const link = `${requestSurroundings.get().publicUrl()}/w/${business.slug}/privacy/${row.id}`
  const day = row.respond_before
    .subtract({ milliseconds: 1 })
    .toZonedDateTimeISO(row.zone)
    .toPlainDate()
    .toLocaleString(business.locale, { dateStyle: 'long' })
  const vars = { kind: t(`kind/${row.kind}`), number: String(row.number), day }
  for (const reader of readers) {
    if (!reader) continue
    await mailMember(tx, {
      memberId: reader.id,
      to: { name: reader.name, address: reader.email },
      subject: t(`office/${news}Subject`, vars),
      text: `${t(`office/${news}`, vars)}\n\n${link}\n`,
      automatic: true,
    })
  }
}
