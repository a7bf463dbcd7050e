import type { accountsRoutes, Person } from '@frontdesk/contract'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import { answerMailRequests } from './answer-mail-requests.ts'
import { askForLink } from './mail-links.ts'
import { inEachWorkspace } from './memberships.ts'
import { requireRecentProof } from './recent-proof.ts'
import type { AccountServices } from './services.ts'
import { loadUser, type PresentedProfile, presentProfile } from './show-me.ts'

export type CorrectProfile = z.output<(typeof accountsRoutes)['PATCH /me']['body']> & { readonly version: number }

/** Corrects the profile. The name is copied to each workspace she works in. Throws `http/version-mismatch`. */
export async function correctProfile(services: AccountServices, person: Person, wish: CorrectProfile): Promise<PresentedProfile> {
  const { version, ...change } = wish
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const user = await services.auth.db
    .updateTable('user')
    .set({ ...given, version: version + 1 })
    .where('id', '=', person.userId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  if (!user) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Your profile was changed in another window. Nothing was saved.',
      current: presentProfile(await loadUser(services, person.userId)),
    })
  }
  if (change.name !== undefined) {
    await inEachWorkspace(services.database, person.userId, async (tx, member) => {
      await tx.db
        .updateTable('member')
        .set({ name: user.name })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', member.id)
        .execute()
    })
  }
  return presentProfile(user)
}

/** Asks to change the mail address: the new one is sent a link, and holds once that was opened. */
export async function requestEmailChange(services: AccountServices, person: Person, email: string): Promise<void> {
  requireRecentProof(person.authenticatedAt, services.auth.clock())
  await services.auth.transaction((tx) => askForLink(tx, { kind: 'change_email', email, userId: person.userId, locale: null }))
  services.afterwards('answer mail requests', () => answerMailRequests(services))
}
