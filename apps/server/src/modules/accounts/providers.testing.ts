/** Google and Facebook as they document themselves, for tests of signing in with them. */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { Providers } from './provider-identity.ts'

/** What the next sign-in at the provider is about. */
export type Account = { sub: string; email?: string; email_verified?: boolean; hd?: string; name?: string }
/** What a provider tells beyond what it was asked for, and the token that it gives for more. */
export const unasked = {
  picture: 'https://pictures.example/zq-face-4711.jpg',
  birthdate: '1984-05-17-zq-born',
  gender: 'zq-gender-4711',
  phone_number: '+1 207 555 0199 zq',
  locale: 'zq-locale',
}
export const tokens = { google: 'zq-google-token-4711', facebook: 'zq-facebook-token-4711' }

type Departure = { readonly challenge: string | undefined; readonly nonce: string | undefined; readonly redirectUri: string }

/** What the next sign-in is about, what the ID token lies about, who left with what, and which requests did not fit. */
export type Play = {
  account: Account
  lies: Record<string, unknown>
  readonly departures: Map<string, Departure>
  readonly wrong: string[]
}

/** Starts both; each request is checked, and what does not fit is noted and refused. They end after the file's tests. */
export async function testProviders(): Promise<{ readonly play: Play; readonly providers: Providers }> {
  const play: Play = { account: { sub: '1' }, lies: {}, departures: new Map(), wrong: [] }
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    const form = new URLSearchParams(await bodyOf(request))
    const answer = (status: number, body: unknown) =>
      void reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const check = (right: boolean, what: string) => {
      if (!right) play.wrong.push(what)
      return right
    }
    if (url.pathname === '/google/token') {
      const departure = play.departures.get(form.get('code') ?? '')
      const basic = Buffer.from('google-id:google-secret').toString('base64')
      const fits = [
        check(request.method === 'POST', 'method'),
        check(request.headers['content-type'] === 'application/x-www-form-urlencoded', 'content type'),
        check(request.headers.authorization === `Basic ${basic}`, 'client authentication'),
        check(form.get('grant_type') === 'authorization_code', 'grant_type'),
        check(form.get('redirect_uri') === departure?.redirectUri, 'redirect_uri'),
        check(
          createHash('sha256')
            .update(form.get('code_verifier') ?? '')
            .digest('base64url') === departure?.challenge,
          'code_verifier',
        ),
      ].every(Boolean)
      if (!fits) return answer(400, { error: 'invalid_grant' })
      const claims = {
        iss: 'https://accounts.google.com',
        aud: 'google-id',
        exp: 4102444800,
        nonce: departure?.nonce,
        ...unasked,
        ...play.account,
        ...play.lies,
      }
      const token = [{ alg: 'RS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      return answer(200, { access_token: tokens.google, token_type: 'Bearer', expires_in: 3599, id_token: `${token.join('.')}.c2ln` })
    }
    if (url.pathname === '/facebook/token') {
      const departure = play.departures.get(form.get('code') ?? '')
      const fits = [
        check(form.get('client_id') === 'facebook-id', 'client_id'),
        check(form.get('client_secret') === 'facebook-secret', 'client_secret'),
        check(form.get('redirect_uri') === departure?.redirectUri, 'redirect_uri'),
      ].every(Boolean)
      return fits
        ? answer(200, { access_token: tokens.facebook, token_type: 'bearer', expires_in: 5183944 })
        : answer(400, { error: { code: 100 } })
    }
    if (url.pathname === '/facebook/me') {
      const proof = createHmac('sha256', 'facebook-secret').update(tokens.facebook).digest('hex')
      const fits = [
        check(request.headers.authorization === `Bearer ${tokens.facebook}`, 'access token'),
        check(url.searchParams.get('appsecret_proof') === proof, 'appsecret_proof'),
        check(url.searchParams.get('fields') === 'id,name,email', 'fields'),
      ].every(Boolean)
      return fits
        ? answer(200, { ...unasked, id: play.account.sub, name: play.account.name, email: play.account.email })
        : answer(400, { error: { code: 190 } })
    }
    answer(404, {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const providers: Providers = {
    google: {
      clientId: 'google-id',
      clientSecret: 'google-secret',
      endpoints: { authorize: 'https://accounts.google.com/o/oauth2/v2/auth', token: `${at}/google/token` },
    },
    facebook: {
      clientId: 'facebook-id',
      clientSecret: 'facebook-secret',
      endpoints: { authorize: 'https://www.facebook.com/v24.0/dialog/oauth', token: `${at}/facebook/token`, me: `${at}/facebook/me` },
    },
  }
  return { play, providers }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
