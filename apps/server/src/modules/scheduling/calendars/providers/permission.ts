import { createHash } from 'node:crypto'
import type { CalendarProvider } from '@frontdesk/contract'
import { z } from 'zod'
import { failureOf } from '../ask-calendar.ts'
import { CalendarFailed } from '../calendar-failed.ts'
import type { CalendarReach } from '../calendar-reach.ts'
import type { ProviderClientSettings, ProviderEndpoints } from './provider.ts'

/** A code for which tokens are still to be fetched (RFC 6749 §4.1.3, RFC 7636). */
export type Code = { readonly code: string; readonly verifier: string; readonly redirectUri: string }
/** What opens an account: `access` until a moment, then `refresh` gives a new one. */
export type Tokens = { readonly access: string; readonly refresh: string; readonly until: string }

/** What is kept of a permission. */
export const Permission = z.union([
  z.object({ access: z.string(), refresh: z.string(), until: z.string() }),
  z.object({ code: z.string(), verifier: z.string(), redirectUri: z.string() }),
])
export type Permission = z.output<typeof Permission>

const timeoutMs = 10_000

/** Where a provider answers. Microsoft names the tenant in the address. */
export function endpointsOf(provider: CalendarProvider, settings: ProviderClientSettings): ProviderEndpoints {
  if (settings.endpoints) return settings.endpoints
  if (provider === 'google')
    return {
      authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      api: 'https://www.googleapis.com/calendar/v3/',
    }
  const login = `https://login.microsoftonline.com/${encodeURIComponent(settings.tenant ?? 'common')}/oauth2/v2.0`
  return { authorize: `${login}/authorize`, token: `${login}/token`, api: 'https://graph.microsoft.com/v1.0/' }
}

/** As little as will do: of Google events and the list of calendars, of Microsoft calendars; to read, or to write too. */
const scopesOf = (provider: CalendarProvider, writes: boolean): string =>
  provider === 'google'
    ? [
        `https://www.googleapis.com/auth/calendar.events${writes ? '' : '.readonly'}`,
        'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
      ].join(' ')
    : `offline_access ${writes ? 'Calendars.ReadWrite' : 'Calendars.Read'}`

export type Leaving = { readonly state: string; readonly verifier: string; readonly redirectUri: string; readonly writes: boolean }

/** The page of the provider on which somebody gives the permission. */
export function permissionPage(provider: CalendarProvider, settings: ProviderClientSettings, leaving: Leaving): string {
  const url = new URL(endpointsOf(provider, settings).authorize)
  const asked = {
    client_id: settings.clientId,
    redirect_uri: leaving.redirectUri,
    response_type: 'code',
    scope: scopesOf(provider, leaving.writes),
    state: leaving.state,
    code_challenge: createHash('sha256').update(leaving.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    // Without both Google gives no token that lasts; Microsoft asks which account.
    ...(provider === 'google' ? { access_type: 'offline', prompt: 'consent' } : { response_mode: 'query', prompt: 'select_account' }),
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url.href
}

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive(), refresh_token: z.string().min(1).optional() })

/** Fetches the tokens for a code, or new ones for those that ran out. Throws `CalendarFailed`: `signed_out` where the permission is not known any more. */
export async function fetchTokens(
  reach: CalendarReach,
  provider: CalendarProvider,
  settings: ProviderClientSettings,
  permission: Permission,
  now: Temporal.Instant,
): Promise<Tokens> {
  const asked: Readonly<Record<string, string>> =
    'code' in permission
      ? {
          grant_type: 'authorization_code',
          code: permission.code,
          code_verifier: permission.verifier,
          redirect_uri: permission.redirectUri,
        }
      : { grant_type: 'refresh_token', refresh_token: permission.refresh }
  const form = new URLSearchParams({ ...asked, client_id: settings.clientId, client_secret: settings.clientSecret })
  const answer = await reach
    .ask(endpointsOf(provider, settings).token, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      timeout: timeoutMs,
    })
    .catch((error: unknown) => {
      throw new CalendarFailed(failureOf(error))
    })
  if (answer.status === 400 || answer.status === 401) throw new CalendarFailed('signed_out')
  if (answer.status !== 200) throw new CalendarFailed('server_error')
  const given = Answer.safeParse(jsonOf(answer.body))
  if (!given.success) throw new CalendarFailed('server_error')
  const { access_token, expires_in, refresh_token } = given.data
  const refresh = refresh_token ?? ('refresh' in permission ? permission.refresh : undefined)
  // Without one that lasts the calendar would fail within the hour.
  if (refresh === undefined) throw new CalendarFailed('signed_out')
  return { access: access_token, refresh, until: now.add({ seconds: Math.floor(expires_in) }).toString() }
}

/** What an answer says; undefined where it is no JSON. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
