import { type Acceptance, saveAcceptance } from './acceptance.ts'
import { send } from './answer-mail-requests.ts'
import type { AuthTx } from './auth-database.ts'
import type { AccountServices } from './services.ts'
import { type NewUser, saveUser } from './users.ts'

/** Writes a new account with what was accepted for it, and queues the one letter that welcomes its owner, in the same transaction: there is one of each, or none of either. */
export async function saveNewcomer(
  services: Pick<AccountServices, 'mail' | 'linkBase'>,
  tx: AuthTx,
  user: NewUser & { readonly acceptance: Acceptance },
): Promise<void> {
  await saveUser(tx, user)
  await saveAcceptance(tx, user.id, user.acceptance)
  await send(services, tx, { ...user, locale: user.locale ?? null }, (t) => ({
    subject: t('welcomeSubject'),
    paragraphs: [t('welcomeText')],
    button: { label: t('welcomeButton'), href: `${services.linkBase()}/` },
    notYou: t('welcomeNotYou'),
  }))
}
