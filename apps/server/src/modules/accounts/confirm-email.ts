import { timingSafeEqual } from 'node:crypto'
import type { UserId } from '@frontdesk/contract'
import { tokenHash } from '../../platform/crypto/index.ts'
import { Refusal, sqlState } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { send } from './answer-mail-requests.ts'
import type { AuthTx } from './auth-database.ts'
import { countFailedTry, forgetFailedTries, refuseGuessing } from './failed-tries.ts'
import { linkInvalid, openLink, subjectOfLink, useUpLink } from './mail-links.ts'
import { inEachWorkspace } from './memberships.ts'
import { unlessBusy } from './new-password.ts'
import type { AccountServices } from './services.ts'
import { type Arrival, findSession, placeFrom, type StartedSession, startSession } from './sessions.ts'
import { passwordOf } from './users.ts'
import { saveNewcomer } from './welcome.ts'

/**
 * Opens the link of a mail. Who asked for the account chose its password and may have given somebody else's address; so a click alone confirms nothing: the browser that
 * asked, a session of the account, or the password has to come with it.
 */
export type ConfirmEmail = {
  readonly token: string
  readonly password?: string | undefined
  readonly browserToken?: string | undefined
  readonly sessionToken?: string | undefined
}

export type Confirmation =
  | { readonly state: 'signed_in'; readonly session: StartedSession }
  | { readonly state: 'confirmed' }
  | { readonly state: 'password_needed' }

/** Confirms a mail address: of a new account, of one that was made without mail, or a changed one. */
export async function confirmEmail(services: AccountServices, wish: ConfirmEmail, arrival: Arrival): Promise<Confirmation> {
  if (subjectOfLink(services.auth, wish.token, 'sign-up') !== undefined) return confirmSignUp(services, wish, arrival)
  if (subjectOfLink(services.auth, wish.token, 'confirm-email') !== undefined) return confirmExisting(services, wish, 'confirm_email')
  if (subjectOfLink(services.auth, wish.token, 'change-email') !== undefined) return confirmExisting(services, wish, 'change_email')
  throw linkInvalid()
}

async function confirmSignUp(services: AccountServices, wish: ConfirmEmail, arrival: Arrival): Promise<Confirmation> {
  const id = subjectOfLink(services.auth, wish.token, 'sign-up') ?? ''
  const request = await services.auth.db
    .selectFrom('sign_up')
    .selectAll()
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (!request) throw linkInvalid()
  const sameBrowser =
    wish.browserToken !== undefined && timingSafeEqual(Buffer.from(tokenHash(wish.browserToken)), Buffer.from(request.browser_hash))
  if (!sameBrowser && !(await provesPassword(services, request.email_normalized, wish.password, request.password_hash)))
    return { state: 'password_needed' }

  const place = await placeFrom(arrival, services.placeOf)
  const session = await services.auth.transaction(async (auth) => {
    const { numUpdatedRows } = await auth.db
      .updateTable('sign_up')
      // What the account has now is not kept a second time.
      .set({
        used_at: auth.now,
        name: '',
        password_hash: '',
        phone: null,
        company: null,
        industry: null,
        locale: null,
        zone: null,
        accepted: '[]',
      })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw linkInvalid()
    const userId = auth.newId<'user'>()
    await saveNewcomer(services, auth, {
      ...request,
      id: userId,
      emailVerified: true,
      passwordHash: request.password_hash,
      ageConfirmed: request.age_confirmed,
      ageLimit: request.age_limit,
      acceptance: { method: 'sign_up', documents: request.accepted, at: request.created_at },
    })
    return startSession(auth, { userId, method: 'email', userAgent: arrival.userAgent, place })
  })
  return { state: 'signed_in', session }
}

async function confirmExisting(
  services: AccountServices,
  wish: ConfirmEmail,
  kind: 'confirm_email' | 'change_email',
): Promise<Confirmation> {
  const { auth } = services
  const link = await openLink(auth, wish.token, kind)
  const user = await auth.db.selectFrom('user').selectAll().where('id', '=', link.user_id).executeTakeFirst()
  if (!user) throw linkInvalid()
  const session = wish.sessionToken === undefined ? undefined : await findSession(services, wish.sessionToken)
  if (
    session?.userId !== user.id &&
    !(await provesPassword(services, user.email_normalized, wish.password, await passwordOf(auth, user.id)))
  ) {
    return { state: 'password_needed' }
  }

  await auth.transaction(async (tx) => {
    await useUpLink(tx, link.id)
    if (kind === 'confirm_email') {
      await tx.db
        .updateTable('user')
        .set({ email_verified_at: tx.now, version: user.version + 1 })
        .where('id', '=', user.id)
        .where('email_normalized', '=', link.email_normalized)
        .execute()
      return
    }
    await changeAddress(tx, user.id, link.email)
    await send(services, tx, user, (t) => ({
      subject: t('changedSubject'),
      paragraphs: [t('changedText', { email: link.email })],
      notYou: t('changedNotYou'),
    }))
  })
  if (kind === 'change_email') await copyAddress(services, user.id, link.email)
  return { state: 'confirmed' }
}

async function changeAddress(tx: AuthTx, userId: UserId, email: string): Promise<void> {
  try {
    await tx.db
      .updateTable('user')
      .set((set) => ({ email, email_normalized: normalizeAddress(email), email_verified_at: tx.now, version: set('version', '+', 1) }))
      .where('id', '=', userId)
      .execute()
  } catch (error) {
    if (sqlState(error) === '23505') throw new Refusal('accounts/email-taken', { detail: 'Your account keeps its present address.' })
    throw error
  }
}

/** Members carry a copy of their address, so that a workspace can show it. */
const copyAddress = (services: AccountServices, userId: UserId, email: string) =>
  inEachWorkspace(services.database, userId, async (tx, member) => {
    await tx.db.updateTable('member').set({ email }).where('workspace_id', '=', tx.workspaceId).where('id', '=', member.id).execute()
  })

async function provesPassword(
  services: AccountServices,
  address: string,
  password: string | undefined,
  stored: string | null,
): Promise<boolean> {
  if (password === undefined) return false
  const subject = { kind: 'address', of: address } as const
  await refuseGuessing(services.auth, subject)
  const { matches } = await unlessBusy(() => services.passwords.verify(password, stored))
  if (matches) {
    await forgetFailedTries(services.auth, subject)
    return true
  }
  await countFailedTry(services.auth, subject)
  throw new Refusal('accounts/wrong-credentials', { detail: 'Use the password that was chosen for this account.' })
}
