import type { CalendarProvider } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { mayLeave } from '../../../../platform/egress/index.ts'
import type { JobContext } from '../../../../platform/jobs/index.ts'
import { failureOf } from '../ask-calendar.ts'
import type { CalendarLinkRow } from '../calendar.tables.ts'
import { CalendarFailed } from '../calendar-failed.ts'
import { calendarSurroundings } from '../calendar-reach.ts'
import { openSecret, sealSecret } from '../calendar-secrets.ts'
import { googleApi } from './google.ts'
import { microsoftApi } from './microsoft.ts'
import { endpointsOf, fetchTokens, jsonOf, Permission, type Tokens } from './permission.ts'
import { type AskApi, calendarProviders, type ProviderApi } from './provider.ts'

const timeoutMs = 20_000
const mostBytes = 8_000_000
/** A token that ends so soon is renewed before it is used. */
const lastSeconds = 60

/** Whether a calendar is reached by the API of its provider. */
export const isProvider = (kind: CalendarLinkRow['kind']): kind is CalendarProvider => kind === 'google' || kind === 'microsoft'

/** Whether anything may go to a provider, by the register of recipients. */
export const mayAsk = (tx: WorkspaceTx, provider: CalendarProvider) =>
  mayLeave(tx, { connection: `${provider}_calendar`, purpose: 'service', categories: ['identifier', 'credential', 'appointment'] })

/** Opens the account behind a calendar. Tokens that ran out are renewed and kept. Throws `CalendarFailed`. */
export async function openAccount(
  context: Pick<JobContext, 'inWorkspace'>,
  link: CalendarLinkRow & { readonly kind: CalendarProvider },
): Promise<ProviderApi> {
  const { kind } = link
  const settings = calendarProviders.get()[kind]
  if (!settings) throw new CalendarFailed('signed_out')
  const reach = calendarSurroundings.get()
  const opened = await context.inWorkspace(async (tx) => ({
    now: tx.now,
    may: await mayAsk(tx, kind),
    permission: await permissionOf(tx, link.id),
  }))
  if (!opened.may.allowed) throw new CalendarFailed('recipient_stopped')
  if (!opened.permission) throw new CalendarFailed('signed_out')
  let permission: Permission = opened.permission
  const renew = async (now: Temporal.Instant): Promise<Tokens> => {
    const tokens = await fetchTokens(reach, kind, settings, permission, now)
    await context.inWorkspace((tx) => keepPermission(tx, link.id, tokens))
    permission = tokens
    return tokens
  }
  const isShort = 'code' in permission || Temporal.Instant.compare(permission.until, opened.now.add({ seconds: lastSeconds })) <= 0
  let tokens = isShort || 'code' in permission ? await renew(opened.now) : permission

  const ask: AskApi = async (url, { method = 'GET', body, headers = {} } = {}) => {
    const once = async () => {
      const answer = await reach
        .ask(url.href, {
          method,
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${tokens.access}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          timeout: timeoutMs,
          mostBytes,
        })
        .catch((error: unknown) => {
          throw new CalendarFailed(failureOf(error))
        })
      if (answer.body.length >= mostBytes) throw new CalendarFailed('too_large')
      return { status: answer.status, body: jsonOf(answer.body) }
    }
    const first = await once()
    if (first.status !== 401) return first
    // It ended before its time, as when its owner changed her password.
    tokens = await renew(opened.now)
    return once()
  }
  const { api } = endpointsOf(kind, settings)
  return kind === 'google' ? googleApi(ask, api) : microsoftApi(ask, api)
}

async function permissionOf(tx: WorkspaceTx, linkId: string): Promise<Permission | undefined> {
  const row = await tx.db
    .selectFrom('calendar_link')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', linkId)
    .executeTakeFirst()
  const sealed = row && openSecret(tx, row, 'permission')
  return sealed ? Permission.parse(JSON.parse(sealed)) : undefined
}

async function keepPermission(tx: WorkspaceTx, linkId: string, tokens: Tokens): Promise<void> {
  await tx.db
    .updateTable('calendar_link')
    .set({ permission: sealSecret(tx, linkId, 'permission', JSON.stringify(tokens)) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', linkId)
    .execute()
}
