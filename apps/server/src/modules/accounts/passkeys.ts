import type { Passkey, PasskeyResponse, UserId } from '@frontdesk/contract'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import type { ChallengeRow, CredentialRow } from './auth.tables.ts'
import type { AuthDatabase } from './auth-database.ts'

// Loaded with the first ceremony: it brings 27 MB of parsers that an idle server need not hold.
const ceremonies = () => import('@simplewebauthn/server')

/** This server as passkeys know it: they belong to a host name, and answer under its origins only. */
export type RelyingParty = { readonly id: string; readonly origins: readonly string[] }
export type PasskeyAnswer = { readonly challengeId: string; readonly response: z.output<typeof PasskeyResponse> }
export type PasskeyQuestion = { readonly challengeId: string; readonly options: Record<string, unknown> }
type Kind = Extract<ChallengeRow['kind'], `passkey_${string}`>

// EdDSA, ES256, RS256 (COSE): what authenticators make today. The library's own list also tries a key type that Node only experiments with.
const algorithms = [-8, -7, -257]
const challengeLasts = Temporal.Duration.from({ minutes: 5 })
const failed = () =>
  new Refusal('accounts/wrong-credentials', { detail: 'This passkey could not be checked. Begin again, or sign in another way.' })

async function remember(auth: AuthDatabase, kind: Kind, challenge: string, userId: UserId | null): Promise<string> {
  return auth.transaction(async (tx) => {
    const id = tx.newId()
    await tx.db
      .insertInto('challenge')
      .values({
        id,
        kind,
        user_id: userId,
        token_hash: null,
        challenge,
        method: null,
        identity: null,
        attempts: 0,
        created_at: tx.now,
        expires_at: tx.now.add(challengeLasts),
      })
      .execute()
    return id
  })
}

/** Takes a challenge out: each is good for one answer. */
async function recall(auth: AuthDatabase, kind: Kind, id: string, userId: UserId | null): Promise<string> {
  const row = await auth.db
    .deleteFrom('challenge')
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('expires_at', '>', auth.clock())
    .returning(['challenge', 'user_id'])
    .executeTakeFirst()
  if (!row?.challenge || row.user_id !== userId) throw failed()
  return row.challenge
}

const passkeysOf = (auth: AuthDatabase, userId: UserId) =>
  auth.db.selectFrom('credential').selectAll().where('user_id', '=', userId).where('kind', '=', 'passkey').orderBy('created_at').execute()

const uuidBytes = (id: string) => new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'))
const transportsOf = (row: { readonly transports: string | null }) => row.transports?.split(',').filter((name) => name !== '') ?? []

/** Begins to add a passkey (WebAuthn Level 3 §7.1). It has to be discoverable and to verify its user, so that it can replace the password. */
export async function beginPasskey(
  auth: AuthDatabase,
  user: { readonly id: UserId; readonly name: string; readonly email: string },
  party: RelyingParty,
): Promise<PasskeyQuestion> {
  const known = await passkeysOf(auth, user.id)
  const { generateRegistrationOptions } = await ceremonies()
  const options = await generateRegistrationOptions({
    rpName: 'Frontdesk',
    rpID: party.id,
    userName: user.email,
    userDisplayName: user.name,
    userID: uuidBytes(user.id),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.flatMap((row) => (row.external_id === null ? [] : [{ id: row.external_id, transports: transportsOf(row) }])),
  })
  return { challengeId: await remember(auth, 'passkey_registration', options.challenge, user.id), options: { ...options } }
}

/** Adds the passkey that the browser made. Throws `accounts/wrong-credentials` where anything does not fit. */
export async function addPasskey(
  auth: AuthDatabase,
  userId: UserId,
  party: RelyingParty,
  answer: PasskeyAnswer & { readonly name: string },
): Promise<Selectable<CredentialRow>> {
  const challenge = await recall(auth, 'passkey_registration', answer.challengeId, userId)
  const { verifyRegistrationResponse } = await ceremonies()
  const result = await verifyRegistrationResponse({
    response: asRegistration(answer.response),
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    supportedAlgorithmIDs: algorithms,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!result?.verified) throw failed()
  const { credential, credentialBackedUp } = result.registrationInfo
  return auth.transaction(async (tx) => {
    const row = await tx.db
      .insertInto('credential')
      .values({
        id: tx.newId(),
        user_id: userId,
        kind: 'passkey',
        external_id: credential.id,
        secret: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        name: answer.name,
        transports: credential.transports?.join(',') ?? null,
        synced: credentialBackedUp,
        email: null,
        created_at: tx.now,
        confirmed_at: tx.now,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw failed()
    return row
  })
}

/** Begins to use a passkey (§7.2). Nobody is named: the authenticator knows whose it is. */
export async function askForPasskey(auth: AuthDatabase, party: RelyingParty, userId: UserId | null = null): Promise<PasskeyQuestion> {
  const { generateAuthenticationOptions } = await ceremonies()
  const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required' })
  const kind = userId === null ? 'passkey_sign_in' : 'passkey_reauthentication'
  return { challengeId: await remember(auth, kind, options.challenge, userId), options: { ...options } }
}

/** Whose passkey answered. Throws `accounts/wrong-credentials` for a wrong signature, origin or host, an old challenge, or a copied authenticator. */
export async function checkPasskey(
  auth: AuthDatabase,
  party: RelyingParty,
  answer: PasskeyAnswer,
  userId: UserId | null = null,
): Promise<UserId> {
  const challenge = await recall(auth, userId === null ? 'passkey_sign_in' : 'passkey_reauthentication', answer.challengeId, userId)
  const row = await auth.db
    .selectFrom('credential')
    .selectAll()
    .where('kind', '=', 'passkey')
    .where('external_id', '=', answer.response.id)
    .executeTakeFirst()
  if (!row || row.secret === null || row.external_id === null || (userId !== null && row.user_id !== userId)) throw failed()
  const { verifyAuthenticationResponse } = await ceremonies()
  const result = await verifyAuthenticationResponse({
    response: asAuthentication(answer.response),
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: row.external_id,
      publicKey: new Uint8Array(Buffer.from(row.secret, 'base64url')),
      counter: row.counter,
      transports: transportsOf(row),
    },
  }).catch(() => undefined)
  if (!result?.verified) throw failed()
  const { newCounter, credentialBackedUp } = result.authenticationInfo
  await auth.db
    .updateTable('credential')
    .set({ counter: newCounter, synced: credentialBackedUp, last_used_at: auth.clock() })
    .where('id', '=', row.id)
    .execute()
  return row.user_id
}

/** A passkey as its owner sees it. */
export const presentPasskey = (row: Selectable<CredentialRow>): z.input<typeof Passkey> => ({
  id: row.id,
  name: row.name ?? '',
  createdAt: row.created_at.toString(),
  lastUsedAt: row.last_used_at?.toString() ?? null,
  synced: row.synced,
})

/** Names a passkey. Throws `http/not-found`. */
export async function renamePasskey(
  auth: AuthDatabase,
  userId: UserId,
  passkeyId: string,
  name: string,
): Promise<Selectable<CredentialRow>> {
  const row = await auth.db
    .updateTable('credential')
    .set({ name })
    .where('id', '=', passkeyId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'This passkey was removed.' })
  return row
}

/** Removes a passkey. */
export async function removePasskey(auth: AuthDatabase, userId: UserId, passkeyId: string): Promise<void> {
  const { numDeletedRows } = await auth.db
    .deleteFrom('credential')
    .where('id', '=', passkeyId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .executeTakeFirst()
  if (numDeletedRows !== 1n) throw new Refusal('http/not-found', { detail: 'This passkey was removed already.' })
}

// The library checks every member itself; its types only say that they are there.
const asRegistration = (response: PasskeyAnswer['response']) => response as unknown as RegistrationResponseJSON
const asAuthentication = (response: PasskeyAnswer['response']) => response as unknown as AuthenticationResponseJSON
