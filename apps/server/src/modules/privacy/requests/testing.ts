/** A business with its portal, its queue and the mails it writes, for tests of requests and complaints. */
import path from 'node:path'
import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import type { ContactId, Principal, RequestKind } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { TestDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { openFiles } from '../../../platform/files/index.ts'
import { createHttpServer, type OutboundAnswer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { lettersTo } from '../../../platform/mail/letters.testing.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { agentDoor } from '../agents/agent-door.ts'
import { agentSubscribers, tellAgentJob } from '../agents/tell-agent.ts'
import { eraseContactJob, liftAfterLetterJob, makeExportJob, rightsPages } from '../erasure/index.ts'
import { providePrivacyPorts } from '../index.ts'
import { answerRequest } from './answer-request.ts'
import { carryOutErasureJob, eraseForRequest } from './erase-for-request.ts'
import { loadRequest } from './find-request.ts'
import { handOverJob, planHandOver } from './hand-over.ts'
import { openRequest, openRequestJob } from './open-request.ts'
import { portalPages } from './portal-pages.ts'
import { recordRequest } from './receive-request.ts'
import { statusPath } from './request-link.ts'
import { resumeUseJob } from './settle-objection.ts'
import { requestSurroundings } from './surroundings.ts'
import { confirmByLink } from './verify-request.ts'
import { forgetEvidence, watchRequest } from './watch-requests.ts'
import { copyForRequest } from './work-on-request.ts'

export type Opened = { readonly status: number; readonly text: string; readonly location: string }

/** Starts it. */
export async function testOffice(test: TestDatabase) {
  await backgroundOf(test, { jobs: [sendMailJob] }) // mails wait: tests say when one leaves
  const { settle } = await backgroundOf(test, {
    jobs: [openRequestJob, carryOutErasureJob, resumeUseJob, liftAfterLetterJob, handOverJob, makeExportJob, eraseContactJob, tellAgentJob],
    subscribers: agentSubscribers,
  })
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  })
  providePrivacyPorts()
  const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
  const called: { address: string; headers: Readonly<Record<string, string>>; body: Buffer }[] = []
  const outside = { answer: async (): Promise<OutboundAnswer> => ({ status: 202, headers: {}, body: Buffer.alloc(0) }) }
  requestSurroundings.provide({
    database: test.database,
    files,
    publicUrl: () => 'https://desk.example',
    callOutside: async (address, call) => {
      const body = call.body instanceof Readable ? Buffer.concat(await call.body.toArray()) : Buffer.from(call.body ?? '')
      called.push({ address, headers: call.headers ?? {}, body })
      return outside.answer()
    },
  })
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  portalPages(app)
  rightsPages(app)
  agentDoor(app)
  const place: TestWorkspace = await testWorkspace(test, 'Salón <Ana>')
  const job: Principal = { kind: 'system', workspaceId: place.workspaceId, job: 'test' }
  const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T> => test.database.inWorkspace(place.workspaceId, work)
  const { owner } = place.as
  const inflate = (zip: Buffer): string => {
    // Local headers tell where each entry lies (APPNOTE 4.3.7); sizes stand in the central directory.
    const texts: string[] = []
    for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
      const from = zip.readUInt32LE(at + 42)
      const start = from + 30 + zip.readUInt16LE(from + 26) + zip.readUInt16LE(from + 28)
      const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      texts.push((zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString('utf8'))
    }
    return texts.join('\n')
  }
  const fetched = (url: string) => app.inject({ url })
  /** Cases as members and the person herself work on them. */
  const cases = {
    /** Takes one in from somebody who then uses the link that was sent to her. */
    async proven({ kind, contactId, email }: { kind: RequestKind; contactId: ContactId; email: string }): Promise<string> {
      const { id } = await inside((tx) =>
        recordRequest(tx, owner, { kind, receivedBy: 'mail', contactId, requesterEmail: email, forWhom: 'self' }),
      )
      await inside((tx) => openRequest(tx, job, id))
      await inside((tx) => confirmByLink(tx, place.visitor, { requestId: id }))
      return id
    },
    confirm: (requestId: string) => inside((tx) => confirmByLink(tx, place.visitor, { requestId })),
    load: (requestId: string) => inside((tx) => loadRequest(tx, owner, requestId)),
    pageOf: (requestId: string, sees: 'whole' | 'state') => inside(async (tx) => statusPath(tx, requestId, sees)),
    copy: (requestId: string) => inside((tx) => copyForRequest(tx, owner, requestId)),
    answer: (requestId: string, text: string) => inside((tx) => answerRequest(tx, owner, { requestId, text })),
    erase: (requestId: string, text: string) => inside((tx) => eraseForRequest(tx, owner, { requestId, text, neverContactAgain: false })),
    handOver: (requestId: string, endpoint: string) => inside((tx) => planHandOver(tx, owner, { requestId, endpoint })),
    fetched,
    /** Everything that a downloaded copy says. */
    download: async (url: string): Promise<string> => inflate((await fetched(url)).rawPayload),
  }
  const rowsOf = async (text: string, values: readonly unknown[] = []) => (await test.asSuperuser(text, values)).rows
  return {
    place,
    cases,
    job,
    /** Runs what waits in the background, mails excepted. */
    settle,
    /** The pages, for forms with files. */
    app,
    files,
    /** What was sent to providers outside, and what they say next. */
    called,
    outside,
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
    /** What those mails say, as a mail program shows it, and how many files hang on each. */
    lettersOf: (contactId: string) => lettersTo(test, place.workspaceId, contactId),
    /** The letters to her leave. */
    lettersLeave: async (contactId: ContactId): Promise<void> => {
      await rowsOf("update mail set state = 'sent', sent_at = $2 where contact_id = $1", [contactId, test.clock().toString()])
    },
    /** The mails to people outside, oldest first. */
    mails: async (contactId: string): Promise<{ subject: string; to_address: string }[]> =>
      (await rowsOf("select subject, to_address from mail where audience = 'contact' and contact_id = $1 order by id", [
        contactId,
      ])) as never,
  }
}
