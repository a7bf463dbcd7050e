import type { Person } from '@frontdesk/contract'
import { formats } from '@frontdesk/i18n'
import { Refusal } from '../../platform/errors/index.ts'
import { send } from './answer-mail-requests.ts'
import { refuseSoleOwner } from './close-account.ts'
import { endSessions } from './end-sessions.ts'
import { inEachWorkspace, mayWork, principalOf } from './memberships.ts'
import { requireRecentProof } from './recent-proof.ts'
import { restLasts, restMember, wakeMember } from './rest-member.ts'
import type { AccountServices } from './services.ts'
import { loadUser, type PresentedProfile, presentProfile } from './show-me.ts'

/**
 * Deactivates the account: she is signed out everywhere, nothing is mailed to her and nothing goes out in her name, keys that she made are refused; nothing is deleted for a year. She
 * comes back by signing in, or because she asks an owner to. Throws `accounts/last-owner` while a workspace would be left without an owner who can act.
 */
export async function deactivateAccount(services: AccountServices, person: Person): Promise<PresentedProfile> {
  const { auth } = services
  requireRecentProof(person.authenticatedAt, auth.clock())
  const user = await loadUser(services, person.userId)
  if (user.deactivated_at !== null) return presentProfile(user)
  await refuseSoleOwner(services, person.userId, 'whether or not it closes')
  await inEachWorkspace(services.database, user.id, async (tx, member) => {
    if (mayWork(member)) await restMember(tx, principalOf(member), member, 'self')
  })
  const row = await auth.transaction(async (tx) => {
    const rested = await tx.db
      .updateTable('user')
      .set({ deactivated_at: tx.now, version: user.version + 1 })
      .where('id', '=', user.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await endSessions(tx, user.id, 'all')
    const until = formats(user.locale ?? 'en', user.zone ?? 'UTC').weekdayDate(tx.now.add(restLasts), { year: true })
    await send(services, tx, user, (t) => ({
      subject: t('restSubject'),
      paragraphs: [t('restText', { until })],
      button: { label: t('restButton'), href: `${services.linkBase()}/sign-in` },
      notYou: t('restNotYou'),
    }))
    return rested
  })
  return presentProfile(row)
}

/** Takes it back everywhere, also where one workspace had let her in again before. Where a workspace put her to rest itself, it stays so there. */
export async function reactivateAccount(services: AccountServices, person: Person): Promise<PresentedProfile> {
  const row = await services.auth.db
    .updateTable('user')
    .set((set) => ({ deactivated_at: null, version: set('version', '+', 1) }))
    .where('id', '=', person.userId)
    .where('deactivated_at', 'is not', null)
    .returningAll()
    .executeTakeFirst()
  let woken = 0
  await inEachWorkspace(services.database, person.userId, async (tx, member) => {
    if (member.deactivated_why !== 'self') return
    await wakeMember(tx, principalOf(member), member)
    woken += 1
  })
  if (!row && woken === 0) throw new Refusal('http/conflict', { detail: 'The account is not deactivated.' })
  return presentProfile(row ?? (await loadUser(services, person.userId)))
}

/** Throws `http/conflict` while the account rests: nothing new is begun with it. */
export function refuseAtRest({ deactivated_at }: { readonly deactivated_at: Temporal.Instant | null }): void {
  if (deactivated_at !== null)
    throw new Refusal('http/conflict', { detail: 'Your account is deactivated. Reactivate it first. Nothing was done.' })
}
