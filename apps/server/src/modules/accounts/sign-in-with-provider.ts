import type { SessionId, UserId } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import type { AcceptedDocument } from './acceptance.ts'
import type { Admission } from './admit-to-sign-up.ts'
import { answerMailRequests } from './answer-mail-requests.ts'
import type { AuthTx } from './auth-database.ts'
import { askForLink } from './mail-links.ts'
import { keepNewcomer, type Newcomer, takeNewcomer } from './newcomer.ts'
import type { ProviderIdentity, ProviderName } from './provider-identity.ts'
import { markProved } from './reauthenticate.ts'
import { requireOpenSignUp } from './request-account.ts'
import type { AccountServices } from './services.ts'
import type { Arrival, StartedSession } from './sessions.ts'
import { arrive, letIn, type SignInResult } from './sign-in.ts'
import { saveNewcomer } from './welcome.ts'

/** Somebody new who has to say her country and whether she is old enough first; the token leads her browser, and no other, to what is kept of her for these minutes. */
export type AskedFirst = { readonly state: 'asked_first'; readonly token: string }

/**
 * Signs in with an account elsewhere. It opens the account it is linked to. An unlinked one is linked by itself only where both sides prove the same address: the provider
 * speaks for it, and it was confirmed here. Anything less would let somebody take over an account by knowing its address. Whoever is new is asked first what `POST /sign-up` asks too.
 */
export async function signInWithProvider(
  services: AccountServices,
  identity: ProviderIdentity,
  arrival: Arrival,
  locale: string | null,
): Promise<SignInResult | AskedFirst> {
  const { auth } = services
  const linked = await ownerOf(services, identity)
  if (linked !== undefined) {
    await auth.db
      .updateTable('credential')
      .set({ last_used_at: auth.clock(), email: identity.email ?? null })
      .where('kind', '=', identity.provider)
      .where('external_id', '=', identity.subject)
      .execute()
    return arrive(services, linked, identity.provider, arrival)
  }
  if (identity.email === undefined)
    throw new Refusal('http/conflict', {
      detail: 'The provider gave no mail address. Make an account with address and password, then link it.',
    })
  const known = await auth.db
    .selectFrom('user')
    .select(['id', 'email_verified_at'])
    .where('email_normalized', '=', normalizeAddress(identity.email))
    .executeTakeFirst()
  if (known) {
    if (!identity.authoritative || known.email_verified_at === null) {
      throw new Refusal('accounts/email-taken', {
        detail: 'There is an account with this address. Sign in with its password, then link the other service in your account.',
      })
    }
    await auth.transaction((tx) => saveLink(tx, known.id, identity))
    return arrive(services, known.id, identity.provider, arrival)
  }
  requireOpenSignUp(services)
  const newcomer = { ...identity, email: identity.email }
  const asks = services.ageLimit !== null || services.signUpCountries !== null || services.transferTo !== null
  // What she accepts she has to have before her as well.
  if (asks || (await services.documents.served(locale)).length > 0)
    return { state: 'asked_first', token: await keepNewcomer(services, newcomer) }
  const userId = await services.auth.transaction((tx) => saveWithProvider(services, tx, newcomer, { locale, documents: [] }))
  return arrive(services, welcomed(services, newcomer, userId), identity.provider, arrival)
}

type Said = Partial<Admission> & {
  readonly locale: string | null
  readonly zone?: string | undefined
  /** What she accepts. */
  readonly documents: readonly AcceptedDocument[]
}

/** Makes the account of somebody who came from a provider and said what she was asked; works once. Throws `accounts/link-invalid`. */
export async function finishNewcomer(services: AccountServices, token: string, said: Said, arrival: Arrival): Promise<StartedSession> {
  requireOpenSignUp(services)
  const documents = [...said.documents, ...(said.agreed ?? [])]
  const { newcomer, userId } = await services.auth.transaction(async (tx) => {
    const taken = await takeNewcomer(tx, token)
    return { newcomer: taken, userId: await saveWithProvider(services, tx, taken, { ...said, documents }) }
  })
  return letIn(services, welcomed(services, newcomer, userId), newcomer.provider, arrival)
}

async function saveWithProvider(services: AccountServices, tx: AuthTx, newcomer: Newcomer, said: Said): Promise<UserId> {
  const { email, authoritative } = newcomer
  const { ageLimit = null, locale, zone, documents } = said
  const id = tx.newId<'user'>()
  const name = newcomer.name.trim().slice(0, 120) || (email.split('@')[0] ?? email)
  const ageConfirmed = ageLimit !== null
  await saveNewcomer(services, tx, {
    id,
    name,
    email,
    emailVerified: authoritative,
    passwordHash: null,
    locale,
    zone,
    ageConfirmed,
    ageLimit,
    acceptance: { method: newcomer.provider, documents, at: tx.now },
  })
  await saveLink(tx, id, newcomer)
  if (!authoritative) await askForLink(tx, { kind: 'confirm_email', email, userId: id, locale })
  return id
}

/** An address that the provider does not speak for is confirmed by mail. */
function welcomed(services: AccountServices, { authoritative }: Newcomer, userId: UserId): UserId {
  if (!authoritative) services.afterwards('answer mail requests', () => answerMailRequests(services))
  return userId
}

type Signed = { readonly userId: UserId; readonly sessionId: SessionId }

/** Links an account elsewhere to the one that is signed in. Throws `http/conflict` where it is linked to another. */
export async function linkProvider(services: AccountServices, person: Signed, identity: ProviderIdentity): Promise<void> {
  const owner = await ownerOf(services, identity)
  if (owner === person.userId) return
  if (owner !== undefined) throw new Refusal('http/conflict', { detail: 'This account elsewhere belongs to another account here.' })
  await services.auth.transaction((tx) => saveLink(tx, person.userId, identity))
}

/** Proves once more that it is her, through an account that is linked already. */
export async function proveWithProvider(services: AccountServices, person: Signed, identity: ProviderIdentity): Promise<void> {
  if ((await ownerOf(services, identity)) !== person.userId) {
    throw new Refusal('accounts/wrong-credentials', { detail: 'This account elsewhere is not linked to yours.' })
  }
  await markProved(services, person)
}

/** Ends the link to an account elsewhere. Throws `http/conflict` where it is the only way in. */
export async function unlinkProvider(services: AccountServices, userId: UserId, provider: ProviderName): Promise<void> {
  await services.auth.transaction(async (tx) => {
    const ways = await tx.db
      .selectFrom('credential')
      .select(['id', 'kind'])
      .where('user_id', '=', userId)
      .where('kind', '<>', 'totp')
      .forUpdate()
      .execute()
    const link = ways.find(({ kind }) => kind === provider)
    if (!link) throw new Refusal('http/not-found', { detail: 'This service is not linked.' })
    if (ways.length === 1)
      throw new Refusal('http/conflict', { detail: 'It is the only way into your account. Choose a password or add a passkey first.' })
    await tx.db.deleteFrom('credential').where('id', '=', link.id).execute()
  })
}

async function ownerOf({ auth }: AccountServices, { provider, subject }: ProviderIdentity): Promise<UserId | undefined> {
  const row = await auth.db
    .selectFrom('credential')
    .select('user_id')
    .where('kind', '=', provider)
    .where('external_id', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

async function saveLink(tx: AuthTx, userId: UserId, { provider, subject, email }: ProviderIdentity): Promise<void> {
  const saved = await tx.db
    .insertInto('credential')
    .values({
      id: tx.newId(),
      user_id: userId,
      kind: provider,
      external_id: subject,
      secret: null,
      counter: 0,
      name: null,
      transports: null,
      synced: false,
      email: email ?? null,
      created_at: tx.now,
      confirmed_at: tx.now,
      last_used_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (saved.numInsertedOrUpdatedRows !== 1n)
    throw new Refusal('http/conflict', { detail: 'Another account of this service is linked already. Unlink it first.' })
}
