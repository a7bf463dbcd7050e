import type { Person, UserId } from '@frontdesk/contract'
import { answerMailRequests, send } from './answer-mail-requests.ts'
import { endSessions } from './end-sessions.ts'
import { forgetFailedTries } from './failed-tries.ts'
import { askForLink, linkInvalid, openLink, useUpLink } from './mail-links.ts'
import { hashNewPassword } from './new-password.ts'
import { requireRecentProof } from './recent-proof.ts'
import type { AccountServices } from './services.ts'
import { loadUser } from './show-me.ts'
import { hasOneTimeCodes, savePassword } from './users.ts'

/** Sets a new password for somebody signed in; her other sessions end. */
export async function changePassword(services: AccountServices, person: Person, password: string): Promise<void> {
  const { auth } = services
  requireRecentProof(person.authenticatedAt, auth.clock())
  const user = await loadUser(services, person.userId)
  const hash = await hashNewPassword(
    services.passwords,
    password,
    [user.name, user.email, user.company],
    await hasOneTimeCodes(auth, user.id),
  )
  await auth.transaction(async (tx) => {
    await savePassword(tx, user.id, hash)
    await endSessions(tx, user.id, { except: person.sessionId })
    await send(services, tx, user, passwordChanged)
  })
}

/** Asks for a link to choose a new password. The answer is the same whether or not the address is known. */
export async function requestPasswordReset(services: AccountServices, email: string, locale: string | null): Promise<void> {
  await services.auth.transaction((tx) => askForLink(tx, { kind: 'reset_password', email, locale }))
  services.afterwards('answer mail requests', () => answerMailRequests(services))
}

/**
 * Chooses a new password with the link of a mail, and ends every session. Where the address was never confirmed, this is its first proof: passkeys and linked accounts
 * that somebody else may have set up are taken away with the old password.
 */
export async function resetPassword(services: AccountServices, token: string, password: string): Promise<UserId> {
  const { auth } = services
  const link = await openLink(auth, token, 'reset_password')
  const user = await auth.db.selectFrom('user').selectAll().where('id', '=', link.user_id).executeTakeFirst()
  if (!user || user.email_normalized !== link.email_normalized) throw linkInvalid()
  const hash = await hashNewPassword(
    services.passwords,
    password,
    [user.name, user.email, user.company],
    await hasOneTimeCodes(auth, user.id),
  )
  await auth.transaction(async (tx) => {
    await useUpLink(tx, link.id)
    if (user.email_verified_at === null) {
      await tx.db.deleteFrom('credential').where('user_id', '=', user.id).execute()
      await tx.db.deleteFrom('recovery_code').where('user_id', '=', user.id).execute()
      await tx.db
        .updateTable('user')
        .set({ email_verified_at: tx.now, version: user.version + 1 })
        .where('id', '=', user.id)
        .execute()
    }
    await savePassword(tx, user.id, hash)
    await endSessions(tx, user.id, 'all')
    await send(services, tx, user, passwordChanged)
  })
  await forgetFailedTries(auth, { kind: 'address', of: user.email_normalized })
  return user.id
}

const passwordChanged: Parameters<typeof send>[3] = (t) => ({
  subject: t('passwordChangedSubject'),
  paragraphs: [t('passwordChangedText')],
  notYou: t('passwordChangedNotYou'),
})
