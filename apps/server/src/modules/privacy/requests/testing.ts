/** A business with its portal, its queue and the mails it writes, for tests of requests and complaints. */
import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { TestDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { providePrivacyPorts } from '../index.ts'
import { openRequest, openRequestJob } from './open-request.ts'
import { portalPages } from './portal-pages.ts'
import { requestSurroundings } from './surroundings.ts'
import { forgetEvidence, watchRequest } from './watch-requests.ts'

export type Opened = { readonly status: number; readonly text: string; readonly location: string }

/** Starts it. */
export async function testOffice(test: TestDatabase) {
  await backgroundOf(test, { jobs: [openRequestJob, sendMailJob], subscribers: [] })
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  })
  providePrivacyPorts()
  requestSurroundings.provide({ database: test.database, publicUrl: () => 'https://desk.example' })
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  portalPages(app)
  const place: TestWorkspace = await testWorkspace(test, 'Salón <Ana>')
  const job: Principal = { kind: 'system', workspaceId: place.workspaceId, job: 'test' }
  const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T> => test.database.inWorkspace(place.workspaceId, work)
  const rowsOf = async (text: string, values: readonly unknown[] = []) => (await test.asSuperuser(text, values)).rows
  return {
    place,
    inside,
    rowsOf,
    portal: `/rights/ws-${place.workspaceId}`,
    /** Opens a page, or sends a form to it. */
    async open(url: string, form?: Record<string, string>, languages = 'en-US'): Promise<Opened> {
      const sent = form && { method: 'POST' as const, payload: new URLSearchParams(form).toString() }
      const answer = await app.inject({
        url,
        ...sent,
        headers: {
          'accept-language': languages,
          accept: 'text/html',
          ...(sent ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
      })
      return { status: answer.statusCode, text: answer.body, location: String(answer.headers.location ?? '') }
    },
    /** The job that looks up who asks, as the worker runs it. */
    opened: (requestId: string) => inside((tx) => openRequest(tx, job, requestId)),
    /** The hourly look at every case. */
    watched: async (requestId: string) => {
      await inside((tx) => watchRequest(tx, job, requestId))
      await inside(forgetEvidence)
    },
    /** The newest case. */
    newest: async (): Promise<string> =>
      (await rowsOf('select id from request where workspace_id = $1 order by number desc limit 1', [place.workspaceId]))[0]?.id,
    /** The mails to people outside, oldest first. */
    mails: async (contactId: string): Promise<{ subject: string; to_address: string }[]> =>
      (await rowsOf("select subject, to_address from mail where audience = 'contact' and contact_id = $1 order by id", [
        contactId,
      ])) as never,
  }
}
