import type { Invitation, InvitationId, Principal, Role } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { enqueue, type Job } from '../../platform/jobs/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { InvitationRow } from './accounts.tables.ts'
import type { Page } from './members.ts'
import { endOfAccess, mayGiveRole } from './role.rules.ts'
import { refuseInTestWorkspace } from './test-workspace.ts'

export type PresentedInvitation = z.input<typeof Invitation>
export type StoredInvitation = Selectable<InvitationRow> & { readonly inviter: string | null }

/** What a signed link of an invitation is for. */
export const invitationPurpose = 'invitation'

/** The job that mails an invitation; it makes the link anew, so that no link is ever stored. */
export type MailInvitation = Job<{ invitationId: string }>

/** Where an invitation stands. */
export const stateOf = (row: Selectable<InvitationRow>, now: Temporal.Instant): PresentedInvitation['state'] => {
  if (row.accepted_at !== null) return 'accepted'
  if (row.revoked_at !== null) return 'revoked'
  return Temporal.Instant.compare(row.expires_at, now) <= 0 ? 'expired' : 'open'
}

const present =
  (now: Temporal.Instant) =>
  (row: StoredInvitation): PresentedInvitation => ({
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.inviter,
    createdAt: row.created_at.toString(),
    expiresAt: row.expires_at.toString(),
    state: stateOf(row, now),
  })

/** Invitations with the name of whoever made them. */
export const invitationRows = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('invitation')
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'invitation.workspace_id').onRef('member.id', '=', 'invitation.invited_by'),
    )
    .selectAll('invitation')
    .select('member.name as inviter')
    .where('invitation.workspace_id', '=', tx.workspaceId)

/** Invitations, newest first. */
export async function listInvitations(
  tx: WorkspaceTx,
  by: Principal,
  { cursor, limit }: Page,
): Promise<{ items: PresentedInvitation[]; next: string | null }> {
  accountsPolicy.require(by, 'invitations.read')
  const before = readCursor(cursor, [z.uuid()])?.[0]
  const found = await invitationRows(tx)
    .$if(before !== undefined, (query) => query.where('invitation.id', '<', before as InvitationId))
    .orderBy('invitation.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageFrom(found, limit, present(tx.now), (row) => [row.id])
}

async function loadInvitation(tx: WorkspaceTx, id: InvitationId): Promise<StoredInvitation> {
  const row = await invitationRows(tx).where('invitation.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such invitation.' })
  return row
}

/**
 * The link of an invitation. It carries the workspace and the moment it ends, so that a renewed invitation ends the old link. The one that is mailed differs from the one
 * the inviter sees: only who reads the mail can show that the address is hers.
 */
export const invitationLink = (
  tx: WorkspaceTx,
  row: Pick<Selectable<InvitationRow>, 'id' | 'expires_at'>,
  linkBase: string,
  way: 'shown' | 'mailed',
): string => {
  const allows = way === 'mailed' ? ['mailed'] : []
  return `${linkBase}/join/${tx.keys.signLink({ purpose: invitationPurpose, workspaceId: tx.workspaceId, subjectId: row.id, expiresAt: row.expires_at, allows }, tx.now)}`
}

export type InviteMember = {
  readonly email?: string | undefined
  readonly role: Role
  readonly days: number
  readonly memberUntil?: string | undefined
}
type Invited = { readonly invitation: PresentedInvitation; readonly link: string }
type Doors = { readonly linkBase: () => string; readonly mailInvitation: MailInvitation }

const tooHigh = (role: Role) =>
  new Refusal('accounts/role-too-high', { detail: `Your role may not give the role ${role}. Nobody was invited.`, role })

/** Invites somebody; with an address the link is mailed too. Throws `accounts/role-too-high`. */
export async function inviteMember(tx: WorkspaceTx, by: Principal, wish: InviteMember, doors: Doors): Promise<Invited> {
  accountsPolicy.require(by, 'invitations.manage')
  if (by.kind !== 'member') throw new Refusal('http/not-allowed', { detail: 'Only a member can invite. Nobody was invited.' })
  await refuseInTestWorkspace(tx)
  if (!mayGiveRole(by.role, wish.role)) throw tooHigh(wish.role)
  const memberUntil = endOfAccess(wish.role, wish.memberUntil === undefined ? null : Temporal.Instant.from(wish.memberUntil), tx.now)
  if (memberUntil === undefined)
    throw new Refusal('http/invalid-request', {
      detail: 'The end of access has to be in the future, and an owner has none. Nobody was invited.',
    })
  const id = tx.newId<'invitation'>()
  await tx.db
    .insertInto('invitation')
    .values({
      workspace_id: tx.workspaceId,
      id,
      email: wish.email ?? null,
      role: wish.role,
      member_until: memberUntil,
      invited_by: by.memberId,
      created_at: tx.now,
      expires_at: wholeSecond(tx.now.add({ hours: wish.days * 24 })),
      mailed_at: null,
      accepted_at: null,
      accepted_by: null,
      revoked_at: null,
    })
    .execute()
  await audit(tx, by, { action: 'invitation.created', object: { type: 'invitation', id }, result: 'done' })
  return offer(tx, await loadInvitation(tx, id), doors)
}

/** Makes a fresh link, and ends the old one. Throws `http/conflict` for one that was accepted or revoked. */
export async function renewInvitation(tx: WorkspaceTx, by: Principal, id: InvitationId, doors: Doors): Promise<Invited> {
  accountsPolicy.require(by, 'invitations.manage')
  const row = await loadInvitation(tx, id)
  if (by.kind !== 'member' || !mayGiveRole(by.role, row.role)) throw tooHigh(row.role)
  const state = stateOf(row, tx.now)
  if (state === 'accepted' || state === 'revoked')
    throw new Refusal('http/conflict', { detail: `This invitation was ${state}. Invite again.` })
  const lasts = row.created_at.until(row.expires_at)
  const expires = wholeSecond(tx.now.add(lasts))
  // A second later at least, so that the link differs from one that was made in the same second.
  const expiresAt = Temporal.Instant.compare(expires, row.expires_at) > 0 ? expires : row.expires_at.add({ seconds: 1 })
  await tx.db
    .updateTable('invitation')
    .set({ created_at: tx.now, expires_at: expiresAt, mailed_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
  await audit(tx, by, { action: 'invitation.renewed', object: { type: 'invitation', id }, result: 'done' })
  return offer(tx, await loadInvitation(tx, id), doors)
}

async function offer(tx: WorkspaceTx, row: StoredInvitation, { linkBase, mailInvitation }: Doors): Promise<Invited> {
  if (row.email !== null) await enqueue(tx, mailInvitation, { invitationId: row.id })
  return { invitation: present(tx.now)(row), link: invitationLink(tx, row, linkBase(), 'shown') }
}

/** Revokes an invitation: its link stops working at once. Throws `http/conflict` where it was accepted. */
export async function revokeInvitation(tx: WorkspaceTx, by: Principal, id: InvitationId): Promise<void> {
  accountsPolicy.require(by, 'invitations.manage')
  const row = await loadInvitation(tx, id)
  if (by.kind === 'member' && !mayGiveRole(by.role, row.role)) throw tooHigh(row.role)
  if (row.accepted_at !== null) throw new Refusal('http/conflict', { detail: 'It was accepted. Remove the member instead.' })
  if (row.revoked_at !== null) return
  await tx.db
    .updateTable('invitation')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
  await audit(tx, by, { action: 'invitation.revoked', object: { type: 'invitation', id }, result: 'done' })
}

// Signed links count whole seconds.
const wholeSecond = (moment: Temporal.Instant) => Temporal.Instant.fromEpochMilliseconds(Math.ceil(moment.epochMilliseconds / 1000) * 1000)
