import type { BusinessRegion, MemberId, Principal, PrivacyOffice } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { doorAddress, mailMember, mailSettings } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { portalPath } from './portal-link.ts'
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
    .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
    .where('role', 'in', ['owner', 'privacy_officer'])
    .orderBy('role')
    .orderBy('joined_at')
    .execute()

/** What is known of the office, and how it is reached. */
export type Office = {
  readonly officer: Officer | null
  readonly chosen: boolean
  readonly appealDays: number
  /** As it was typed for the public; the business's own stands in where there is none. */
  readonly email: string | null
  readonly address: string | null
  readonly pgpKey: string | null
  readonly region: BusinessRegion | null
  readonly version: number
}

/** The privacy officer: the one who was chosen and still works here, otherwise the first owner; the days of an appeal, and how the office is reached. */
export async function privacyOffice(tx: WorkspaceTx): Promise<Office> {
  const row = await tx.db.selectFrom('privacy_office').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
  const able = await deciders(tx)
  const chosen = able.find(({ id }) => id === row?.officer_member_id)
  return {
    officer: chosen ?? able.find(({ role }) => role === 'owner') ?? able[0] ?? null,
    chosen: chosen !== undefined,
    appealDays: row?.appeal_days ?? usualAppealDays,
    email: row?.published_email ?? null,
    address: row?.published_address ?? null,
    pgpKey: row?.pgp_key ?? null,
    region: row?.region ?? null,
    version: row?.version ?? 1,
  }
}

/** Who looks after requests and complaints, for members. */
export async function readOffice(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof PrivacyOffice>> {
  requestsPolicy.require(by, 'privacy_office.read')
  const { officer, chosen, appealDays, email, address, pgpKey, region, version } = await privacyOffice(tx)
  const { country, slug } = await workspaceFacts(tx)
  return {
    officerMemberId: officer?.id ?? null,
    officerName: officer?.name ?? null,
    chosen,
    able: (await deciders(tx)).map(({ id, name }) => ({ memberId: id, name })),
    appealDays,
    publishedEmail: email,
    publishedAddress: address,
    pgpKey,
    region,
    country,
    portalPath: portalPath(slug),
    mailbox: doorAddress(mailSettings.get(), tx.keys, { kind: 'office', workspaceId: tx.workspaceId }) ?? null,
    version,
  }
}

export type ChangeOffice = {
  readonly officerMemberId: MemberId | null
  readonly appealDays: number
  readonly publishedEmail?: string | null | undefined
  readonly publishedAddress?: string | null | undefined
  readonly pgpKey?: string | null | undefined
  readonly region?: BusinessRegion | null | undefined
  readonly version: number
}

/** Chooses the officer among owners and privacy officers, and says how the office is reached. Throws `http/version-mismatch`. */
export async function changeOffice(tx: WorkspaceTx, by: Principal, wish: ChangeOffice): Promise<z.input<typeof PrivacyOffice>> {
  requestsPolicy.require(by, 'privacy_office.manage')
  if (wish.officerMemberId !== null && !(await deciders(tx)).some(({ id }) => id === wish.officerMemberId))
    throw new Refusal('http/invalid-request', { detail: 'Choose an owner or somebody with the role privacy officer. Nothing was saved.' })
  requirePublicKey(wish.pgpKey)
  const { country } = await workspaceFacts(tx)
  if (wish.region && !wish.region.startsWith(`${(country ?? '').toLowerCase()}-`))
    throw new Refusal('http/invalid-request', {
      detail: 'This place is not in the country of the business. Choose another one, or change the country first. Nothing was saved.',
    })
  const before = await privacyOffice(tx)
  const values = {
    version: wish.version + 1,
    officer_member_id: wish.officerMemberId,
    appeal_days: wish.appealDays,
    published_email: wish.publishedEmail === undefined ? before.email : wish.publishedEmail,
    published_address: wish.publishedAddress === undefined ? before.address : wish.publishedAddress,
    pgp_key: wish.pgpKey === undefined ? before.pgpKey : wish.pgpKey,
    region: wish.region === undefined ? before.region : wish.region,
    updated_at: tx.now,
  }
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

/** A public key in its armour (RFC 9580 §6.2). A private one must not lie here, and still less be published. */
function requirePublicKey(key: string | null | undefined): void {
  if (!key) return
  if (/^-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]+-----END PGP PUBLIC KEY BLOCK-----$/.test(key.trim()) && !/PRIVATE KEY/.test(key)) return
  throw new Refusal('http/invalid-request', {
    detail: 'Paste the public key with its first and last line, “BEGIN PGP PUBLIC KEY BLOCK” and “END …”. Nothing was saved.',
  })
}

/** Writes to whoever looks after privacy that others have to be told of a correction. */
export async function tellOfRecipients(tx: WorkspaceTx, count: number): Promise<void> {
  const { officer } = await privacyOffice(tx)
  if (!officer) return
  const business = await workspaceFacts(tx)
  const t = requestTranslator(chooseLocale([business.locale]))
  const link = `${requestSurroundings.get().publicUrl()}/w/${business.slug}/privacy/disclosures`
  await mailMember(tx, {
    memberId: officer.id,
    news: 'requests_new',
    to: { name: officer.name, address: officer.email },
    subject: t('office/recipientsSubject'),
    text: `${t('office/recipients', { count })}\n\n${link}\n`,
    automatic: true,
  })
}

const newsOf = { received: 'requests_new', due_soon: 'requests_due', overdue: 'requests_overdue' } as const

/** Writes to whoever looks after a case; what is overdue goes to every owner as well. */
export async function tellOfficer(tx: WorkspaceTx, row: StoredRequest, news: 'received' | 'due_soon' | 'overdue'): Promise<void> {
  const { officer } = await privacyOffice(tx)
  const able = await deciders(tx)
  const owner = able.find(({ id }) => id === row.owner_member_id)
  const readers =
    news === 'overdue' ? able.filter(({ role, id }) => role === 'owner' || id === officer?.id || id === owner?.id) : [owner ?? officer]
  const business = await workspaceFacts(tx)
  const t = requestTranslator(chooseLocale([business.locale]))
  const link = `${requestSurroundings.get().publicUrl()}/w/${business.slug}/privacy/requests/${row.id}`
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
      news: newsOf[news],
      to: { name: reader.name, address: reader.email },
      subject: t(`office/${news}Subject`, vars),
      text: `${t(`office/${news}`, vars)}\n\n${link}\n`,
      automatic: true,
    })
  }
}
