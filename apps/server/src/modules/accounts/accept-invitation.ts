import type { InvitationId, InvitationPage, JoinBody, Person, Principal, UserId, WorkspaceId } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { acceptOpened, saveAcceptance } from './acceptance.ts'
import { admitToJoin, type JoinAsks, type JoinSaid, joinAsks, presentAsks } from './admit-to-join.ts'
import { recordSignIn } from './audit-sign-in.ts'
import { refuseAtRest } from './deactivate-account.ts'
import { invitationPurpose, invitationRows, type StoredInvitation, stateOf } from './invitations.ts'
import { linkInvalid } from './mail-links.ts'
import { hashNewPassword } from './new-password.ts'
import type { AccountServices } from './services.ts'
import { type Arrival, placeFrom, type StartedSession, startSession } from './sessions.ts'
import { loadUser } from './show-me.ts'
import { tellChanged } from './tell-changed.ts'
import { copyMembers } from './test-workspace.ts'
import { saveNewcomer } from './welcome.ts'

type Place = {
  readonly workspaceId: WorkspaceId
  readonly invitationId: InvitationId
  readonly expiresAt: Temporal.Instant
  readonly mailed: boolean
}
type Services = Pick<AccountServices, 'auth' | 'database' | 'ageLimit' | 'transferTo'>

/** Where a link leads. Throws `accounts/link-invalid`. */
function placeOfLink({ auth }: Pick<Services, 'auth'>, token: string): Place {
  const check = auth.keys.verifyLink(token, invitationPurpose, auth.clock())
  if (!check.valid || check.link.workspaceId === null) throw linkInvalid('Ask whoever invited you for a new link.')
  // The link was made by this server, so its ids are ours.
  const { workspaceId, subjectId, expiresAt, allows } = check.link
  return { workspaceId: workspaceId as WorkspaceId, invitationId: subjectId as InvitationId, expiresAt, mailed: allows.includes('mailed') }
}

/** The open invitation behind a link. Throws `accounts/link-invalid` for a used, revoked, renewed or expired one. */
async function openInvitation(tx: WorkspaceTx, place: Place): Promise<StoredInvitation> {
  const row = await invitationRows(tx).where('invitation.id', '=', place.invitationId).forUpdate('invitation').executeTakeFirst()
  if (!row || stateOf(row, tx.now) !== 'open' || !row.expires_at.equals(place.expiresAt))
    throw linkInvalid('Ask whoever invited you for a new link.')
  return row
}

/** An invitation as the invited person sees it. */
export async function showInvitation(services: Services, token: string): Promise<z.input<typeof InvitationPage>> {
  const place = placeOfLink(services, token)
  return services.database.inWorkspace(place.workspaceId, async (tx) => {
    const row = await openInvitation(tx, place)
    const workspace = await tx.db
      .selectFrom('workspace')
      .select(['name', 'brand_colour'])
      .where('id', '=', tx.workspaceId)
      .executeTakeFirstOrThrow()
    return {
      workspaceName: workspace.name,
      brandColour: workspace.brand_colour,
      role: row.role,
      invitedBy: row.inviter,
      email: row.email,
      expiresAt: row.expires_at.toString(),
      asks: presentAsks(await joinAsks(services, tx)),
    }
  })
}

type Joining = { readonly userId: UserId; readonly name: string; readonly email: string; readonly ageConfirmed: boolean }

/** The open invitation, and what is asked of whoever takes it. */
const lookInside = (services: Services, place: Place): Promise<{ readonly row: StoredInvitation; readonly asks: JoinAsks }> =>
  services.database.inWorkspace(place.workspaceId, async (tx) => ({
    row: await openInvitation(tx, place),
    asks: await joinAsks(services, tx),
  }))

/** Takes the invitation's place in the workspace. Somebody who worked here before gets her old place back, under the new role. */
async function join(services: Services, place: Place, who: Joining): Promise<void> {
  await services.database.inWorkspace(place.workspaceId, async (tx) => {
    const row = await openInvitation(tx, place)
    const before = await tx.db
      .selectFrom('member')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('user_id', '=', who.userId)
      .executeTakeFirst()
    const memberId = before?.id ?? tx.newId<'member'>()
    const by: Principal = { kind: 'member', workspaceId: tx.workspaceId, memberId, userId: who.userId, role: row.role }
    const seat = {
      name: who.name,
      email: who.email,
      role: row.role,
      expires_at: row.member_until,
      removed_at: null,
      deactivated_at: null,
      deactivated_why: null,
      age_confirmed_at: who.ageConfirmed ? tx.now : null,
    }
    if (before && before.removed_at === null)
      throw new Refusal('http/conflict', { detail: 'You work in this workspace already. The invitation can be given to somebody else.' })
    if (before) {
      await tx.db
        .updateTable('member')
        .set({ ...seat, joined_at: tx.now, version: before.version + 1 })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', memberId)
        .execute()
    } else {
      await tx.db
        .insertInto('member')
        .values({
          ...seat,
          workspace_id: tx.workspaceId,
          id: memberId,
          user_id: who.userId,
          invited_by: row.invited_by,
          joined_at: tx.now,
          last_seen_at: null,
          created_at: tx.now,
          version: 1,
        })
        .execute()
    }
    await tx.db
      .updateTable('invitation')
      .set({ accepted_at: tx.now, accepted_by: memberId })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', row.id)
      .execute()
    await audit(tx, by, { action: 'member.joined', object: { type: 'invitation', id: row.id }, result: 'done' })
    await emit(tx, 'member.joined', { memberId, role: row.role })
    await tellChanged(tx, who.userId)
    await copyMembers(tx)
  })
}

/** Accepts an invitation with the account that is signed in. What she said before, with this account, is not asked again. */
export async function acceptInvitation(
  services: AccountServices,
  reply: FastifyReply,
  person: Person,
  token: string,
  said: JoinSaid,
): Promise<void> {
  const { auth } = services
  const place = placeOfLink(services, token)
  const user = await loadUser(services, person.userId)
  refuseAtRest(user)
  const { asks } = await lookInside(services, place)
  const agreements = await auth.db
    .selectFrom('acceptance')
    .select('destination')
    .where('user_id', '=', user.id)
    .where('document', '=', 'transfer')
    .execute()
  const agreedTo = agreements.flatMap(({ destination }) => destination ?? [])
  const admission = admitToJoin(services, reply, asks, said, { ageLimit: user.age_limit, agreedTo })
  await auth.transaction(async (tx) => {
    if (admission.ageLimit !== null && (user.age_limit ?? 0) < admission.ageLimit) {
      await tx.db.updateTable('user').set({ age_limit: admission.ageLimit, age_confirmed_at: tx.now }).where('id', '=', user.id).execute()
    }
    await saveAcceptance(tx, user.id, { method: 'invitation', documents: admission.agreed, at: tx.now })
  })
  await join(services, place, { userId: user.id, name: user.name, email: user.email, ageConfirmed: admission.ageLimit !== null })
  await auth.db.updateTable('session').set({ workspace_id: place.workspaceId }).where('id', '=', person.sessionId).execute()
}

/**
 * Accepts an invitation with a new account. The account comes first: after a crash in between she signs in and accepts again. An address counts as confirmed when the
 * link was read in a mail to it.
 */
export async function acceptWithNewAccount(
  services: AccountServices,
  reply: FastifyReply,
  token: string,
  wish: z.output<typeof JoinBody>,
  arrival: Arrival,
): Promise<StartedSession> {
  if (services.signUp === 'closed')
    throw new Refusal('accounts/sign-up-closed', {
      detail: 'The operator of this server takes no new accounts. If you have one, sign in and open the link again.',
    })
  const place = placeOfLink(services, token)
  const { row, asks } = await lookInside(services, place)
  const { ageLimit, agreed } = admitToJoin(services, reply, asks, wish)
  const accepted = await acceptOpened(services.documents, wish.accepts)
  const hash = await hashNewPassword(services.passwords, wish.password, [wish.name, wish.email, wish.company])
  const from = await placeFrom(arrival, services.placeOf)
  const emailVerified = place.mailed && row.email !== null && normalizeAddress(row.email) === normalizeAddress(wish.email)
  const documents = [...accepted, ...agreed]
  const userId = await services.auth.transaction(async (auth) => {
    const id = auth.newId<'user'>()
    await saveNewcomer(services, auth, {
      ...wish,
      id,
      emailVerified,
      passwordHash: hash,
      ageConfirmed: ageLimit !== null,
      ageLimit,
      acceptance: { method: 'invitation', documents, at: auth.now },
    })
    return id
  })
  await join(services, place, { userId, name: wish.name, email: wish.email, ageConfirmed: ageLimit !== null })
  const session = await services.auth.transaction((auth) =>
    startSession(auth, { userId, method: 'invitation', userAgent: arrival.userAgent, place: from, workspaceId: place.workspaceId }),
  )
  await recordSignIn(services, userId, session.sessionId)
  return session
}
