import { randomUUID } from 'node:crypto'
import { type ApiRouteName, apiClient } from '@frontdesk/contract/client'
import { type RunningDesk, untilTrue } from './desk.ts'

export const ownerAccount = {
  name: 'Dana Whitfield',
  email: 'dana@harbor.example',
  password: 'nine wobbling teapots sing',
  businessName: 'Harbor Dental',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
} as const

/** A browser's worth of the API: keeps its cookie, comes from the server's own origin. */
export function browserOf(url: string) {
  const jar = new Map<string, string>()
  const withCookies: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('origin', url)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(input, { ...init, headers, signal: AbortSignal.timeout(20_000) })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  return { call: apiClient({ origin: url, fetch: withCookies }), fetch: withCookies }
}

export type Browser = ReturnType<typeof browserOf>
export type { ApiRouteName }

/** Opens the setup link that the start printed and becomes the owner. */
export async function becomeOwner(desk: RunningDesk) {
  const token = /\/setup\/([\w-]+)/.exec(desk.output())?.[1]
  if (!token) throw new Error(`The start printed no setup link:\n${desk.output()}`)
  const browser = browserOf(desk.url)
  await browser.call('POST /setup/{token}', { params: { token }, body: ownerAccount })
  const me = await browser.call('GET /me')
  const workspace = me.workspaces[0]
  if (!workspace) throw new Error('The owner has no workspace.')
  return { ...browser, workspace }
}

/** A service that is open all week, so that a test has as many starts as it likes. */
export async function addService(
  owner: Browser,
  wish: { readonly name: string; readonly durationMinutes: number; readonly offerMinutes?: number; readonly approval?: boolean },
) {
  const service = await owner.call('POST /services', {
    body: { ...wish, noticeMinutes: 0, horizonDays: 365, stepMinutes: wish.durationMinutes, staffIds: undefined },
    idempotencyKey: randomUUID(),
  })
  return service
}

/** Takes away the rule that a new business begins with, once it is there: customers are not reminded of anything. */
export async function endReminders(owner: Browser): Promise<void> {
  const rules = async () => (await owner.call('GET /reminder-rules')).items
  await untilTrue(async () => (await rules()).length > 0, 'the first reminder to be written')
  for (const { id } of await rules()) await owner.call('DELETE /reminder-rules/{ruleId}', { params: { ruleId: id } })
}
