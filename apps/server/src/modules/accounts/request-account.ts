import type { NewAccount, OpenedDocuments } from '@frontdesk/contract'
import type { z } from 'zod'
import { tokenHash } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { type AcceptedDocument, acceptOpened } from './acceptance.ts'
import type { AgeLimit } from './age-check.ts'
import { answerMailRequests } from './answer-mail-requests.ts'
import { askForLink, linkLasts } from './mail-links.ts'
import { hashNewPassword } from './new-password.ts'
import type { AccountServices } from './services.ts'

export type RequestAccount = z.output<typeof NewAccount> & {
  readonly accepts?: OpenedDocuments | undefined
  /** What the browser keeps until the link is opened. */
  readonly browserToken: string
  /** The age she is at least, where it was asked. */
  readonly ageLimit?: AgeLimit | null | undefined
  /** What she agreed to beside the documents. */
  readonly agreed?: readonly AcceptedDocument[] | undefined
}

/** Asks for an account. Whether the address has one already is said by mail alone. Throws `accounts/sign-up-closed` unless the operator opened sign-up, and `accounts/documents-changed`. */
export async function requestAccount(services: AccountServices, wish: RequestAccount): Promise<void> {
  requireOpenSignUp(services)
  const documents = await acceptOpened(services.documents, wish.accepts)
  const passwordHash = await hashNewPassword(services.passwords, wish.password, [wish.name, wish.email, wish.company])
  const accepted = [...documents, ...(wish.agreed ?? [])]
  await services.auth.transaction((auth) =>
    auth.db
      .insertInto('sign_up')
      .values({
        id: auth.newId(),
        email: wish.email,
        email_normalized: normalizeAddress(wish.email),
        name: wish.name,
        password_hash: passwordHash,
        phone: wish.phone ?? null,
        company: wish.company ?? null,
        industry: wish.industry ?? null,
        locale: wish.locale ?? null,
        zone: wish.zone ?? null,
        age_confirmed: (wish.ageLimit ?? null) !== null,
        age_limit: wish.ageLimit ?? null,
        accepted: JSON.stringify(accepted),
        browser_hash: tokenHash(wish.browserToken),
        created_at: auth.now,
        expires_at: auth.now.add(linkLasts.sign_up),
        mailed_at: null,
        used_at: null,
      })
      .execute(),
  )
  services.afterwards('answer mail requests', () => answerMailRequests(services))
}

/** Throws `accounts/sign-up-closed` unless anybody may have an account. */
export function requireOpenSignUp({ signUp }: Pick<AccountServices, 'signUp'>): void {
  if (signUp === 'open') return
  throw new Refusal('accounts/sign-up-closed', {
    detail:
      signUp === 'invitation'
        ? 'Ask somebody who works in a workspace for an invitation.'
        : 'The operator of this server does not take new accounts.',
  })
}

/** Sends the confirmation once more, if there is anything to confirm. The answer is the same either way. */
export async function resendConfirmation(services: AccountServices, email: string, locale: string | null): Promise<void> {
  await services.auth.transaction((auth) => askForLink(auth, { kind: 'confirm_email', email, locale }))
  services.afterwards('answer mail requests', () => answerMailRequests(services))
}
