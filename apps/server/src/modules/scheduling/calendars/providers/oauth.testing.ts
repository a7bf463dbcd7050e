/** The token endpoint of a provider (RFC 6749, RFC 7636), for its local stand-in: what does not fit is noted and refused. */
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

export const client = { id: 'client-4711', secret: 'zq-client-secret' } as const

export type OAuthServer = {
  /** Requests that were not as documented. */
  readonly wrong: string[]
  /** Gives the permission on the provider's page; answers the code. */
  readonly allow: (page: string) => { readonly code: string; readonly state: string }
  /** Every token ends at once, as when its hour is over. */
  readonly expire: () => void
  /** The permission is taken back. */
  readonly revoke: () => void
  readonly tokenCalls: () => number
  /** Answers a token request. */
  readonly token: (request: IncomingMessage, response: ServerResponse, body: string) => void
  /** Whether a request carries a token that holds. */
  readonly holds: (request: IncomingMessage) => boolean
  /** Every token that was ever given. */
  readonly given: string[]
}

/** `rotates`: each renewal gives another refresh token, and the one before holds no longer. */
export function oauthServer({ scopes, rotates }: { readonly scopes: RegExp; readonly rotates: boolean }): OAuthServer {
  const wrong: string[] = []
  const given: string[] = []
  const codes = new Map<string, { challenge: string; redirectUri: string }>()
  let access: string | undefined
  let refresh: string | undefined
  let calls = 0
  const secret = (kind: string) => {
    const made = `zq-${kind}-${randomBytes(12).toString('hex')}`
    given.push(made)
    return made
  }
  return {
    wrong,
    given,
    allow: (page) => {
      const asked = new URL(page).searchParams
      const need = { client_id: client.id, response_type: 'code', code_challenge_method: 'S256' }
      for (const [name, value] of Object.entries(need)) if (asked.get(name) !== value) wrong.push(`${name}: ${asked.get(name)}`)
      if (!scopes.test(asked.get('scope') ?? '')) wrong.push(`scope: ${asked.get('scope')}`)
      const code = secret('code')
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri: asked.get('redirect_uri') ?? '' })
      return { code, state: asked.get('state') ?? '' }
    },
    expire: () => {
      access = undefined
    },
    revoke: () => {
      access = undefined
      refresh = undefined
    },
    tokenCalls: () => calls,
    token: (request, response, body) => {
      calls += 1
      const form = new URLSearchParams(body)
      const answer = (status: number, json: object) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
      if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') wrong.push('content-type of a token request')
      if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret)
        return answer(401, { error: 'invalid_client' })
      if (form.get('grant_type') === 'authorization_code') {
        const kept = codes.get(form.get('code') ?? '')
        codes.delete(form.get('code') ?? '')
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        if (!kept || kept.challenge !== challenge || kept.redirectUri !== form.get('redirect_uri'))
          return answer(400, { error: 'invalid_grant' })
        access = secret('access')
        refresh = secret('refresh')
        return answer(200, { access_token: access, refresh_token: refresh, expires_in: 3599, token_type: 'Bearer' })
      }
      if (form.get('grant_type') !== 'refresh_token') wrong.push(`grant_type: ${form.get('grant_type')}`)
      if (refresh === undefined || form.get('refresh_token') !== refresh) return answer(400, { error: 'invalid_grant' })
      access = secret('access')
      if (rotates) refresh = secret('refresh')
      return answer(200, { access_token: access, expires_in: 3599, token_type: 'Bearer', ...(rotates ? { refresh_token: refresh } : {}) })
    },
    holds: ({ headers }) => access !== undefined && headers.authorization === `Bearer ${access}`,
  }
}
