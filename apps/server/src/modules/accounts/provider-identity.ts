import { createHmac } from 'node:crypto'
import { CodeChallengeMethod, decodeIdToken, OAuth2Client } from 'arctic'
import { z } from 'zod'

/** What the operator got from the provider, and where it answers; the addresses are the documented ones unless given. */
export type ProviderSettings = {
  readonly clientId: string
  readonly clientSecret: string
  readonly endpoints?: { readonly authorize: string; readonly token: string; readonly me?: string; readonly issuer?: string }
}
export type ProviderName = 'google' | 'facebook'
export type Providers = { readonly [Name in ProviderName]?: ProviderSettings }

/** Somebody as the provider knows her. `authoritative`: the provider itself runs the address or checked it, so that it proves who she is. */
export type ProviderIdentity = {
  readonly provider: ProviderName
  readonly subject: string
  readonly name: string
  readonly email: string | undefined
  readonly authoritative: boolean
}

/** What the browser keeps between leaving and coming back. */
export type Departure = { readonly state: string; readonly verifier: string; readonly nonce: string; readonly redirectUri: string }

const google = {
  authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  issuer: 'https://accounts.google.com',
}
const facebook = {
  authorize: 'https://www.facebook.com/v24.0/dialog/oauth',
  token: 'https://graph.facebook.com/v24.0/oauth/access_token',
  me: 'https://graph.facebook.com/v24.0/me',
}
/** What we ask each provider for, as it names it; nothing else of its answer is kept, and no token. */
export const scopesOf: Readonly<Record<ProviderName, readonly string[]>> = {
  google: ['openid', 'email', 'profile'],
  facebook: ['public_profile', 'email'],
}
const patience = 10_000 // milliseconds a provider may take

/** Where to send the browser. Google: OpenID Connect with PKCE (RFC 7636) and a nonce. Facebook: its manual login flow. */
export function departTo(name: ProviderName, settings: ProviderSettings, departure: Departure): URL {
  const client = new OAuth2Client(settings.clientId, settings.clientSecret, departure.redirectUri)
  if (name === 'google') {
    const endpoints = { ...google, ...settings.endpoints }
    const url = client.createAuthorizationURLWithPKCE(endpoints.authorize, departure.state, CodeChallengeMethod.S256, departure.verifier, [
      ...scopesOf.google,
    ])
    url.searchParams.set('nonce', departure.nonce)
    url.searchParams.set('prompt', 'select_account')
    return url
  }
  return client.createAuthorizationURL(settings.endpoints?.authorize ?? facebook.authorize, departure.state, [...scopesOf.facebook])
}

/** Exchanges the code for who she is. Throws where the provider's answer is not what it documents. */
export const arriveFrom = (
  name: ProviderName,
  settings: ProviderSettings,
  departure: Departure,
  code: string,
  now: Temporal.Instant,
): Promise<ProviderIdentity> => (name === 'google' ? fromGoogle(settings, departure, code, now) : fromFacebook(settings, departure, code))

const GoogleClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nonce: z.string(),
  sub: z.string().min(1).max(255),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  hd: z.string().optional(),
  name: z.string().optional(),
})

// The ID token comes straight from the token endpoint over TLS, so its signature need not be checked (OpenID Connect Core §3.1.3.7, 6); everything else is.
async function fromGoogle(
  settings: ProviderSettings,
  departure: Departure,
  code: string,
  now: Temporal.Instant,
): Promise<ProviderIdentity> {
  const endpoints = { ...google, ...settings.endpoints }
  const client = new OAuth2Client(settings.clientId, settings.clientSecret, departure.redirectUri)
  const tokens = await client.validateAuthorizationCode(endpoints.token, code, departure.verifier)
  const claims = GoogleClaims.parse(decodeIdToken(tokens.idToken()))
  const issuers = [endpoints.issuer, endpoints.issuer.replace('https://', '')]
  if (
    !issuers.includes(claims.iss) ||
    claims.aud !== settings.clientId ||
    claims.nonce !== departure.nonce ||
    claims.exp * 1000 <= now.epochMilliseconds
  ) {
    throw new Error('Google answered with a token that is not for this sign-in.')
  }
  // Google speaks for its own addresses and for hosted domains; of others it only knows that they were checked once.
  const authoritative = claims.email_verified === true && (claims.hd !== undefined || /@gmail\.com$/i.test(claims.email ?? ''))
  return { provider: 'google', subject: claims.sub, name: claims.name ?? '', email: claims.email, authoritative }
}

const FacebookToken = z.object({ access_token: z.string().min(1) })
const FacebookPerson = z.object({ id: z.string().min(1).max(255), name: z.string().optional(), email: z.string().optional() })

async function fromFacebook(settings: ProviderSettings, departure: Departure, code: string): Promise<ProviderIdentity> {
  const endpoints = { ...facebook, ...settings.endpoints }
  const form = new URLSearchParams({
    client_id: settings.clientId,
    client_secret: settings.clientSecret,
    redirect_uri: departure.redirectUri,
    code,
  })
  const { access_token } = FacebookToken.parse(await ask(endpoints.token, { method: 'POST', body: form }))
  const me = new URL(endpoints.me ?? facebook.me)
  me.searchParams.set('fields', 'id,name,email')
  me.searchParams.set('appsecret_proof', createHmac('sha256', settings.clientSecret).update(access_token).digest('hex'))
  const person = FacebookPerson.parse(await ask(me, { headers: { authorization: `Bearer ${access_token}` } }))
  return { provider: 'facebook', subject: person.id, name: person.name ?? '', email: person.email, authoritative: false }
}

async function ask(address: string | URL, init: RequestInit): Promise<unknown> {
  const response = await fetch(address, { ...init, signal: AbortSignal.timeout(patience), redirect: 'error' })
  if (!response.ok) throw new Error(`The provider answered with ${response.status}.`)
  return response.json()
}
