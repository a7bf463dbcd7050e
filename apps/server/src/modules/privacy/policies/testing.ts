/** A business that publishes its documents and has pages that show them, for tests. */
import type { PolicyKind, PolicyLocale, PolicyWeight, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { TestDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { lettersTo } from '../../../platform/mail/letters.testing.ts'
import { contactsRoom } from '../../contacts/index.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { privacyRoom, providePrivacyPorts } from '../index.ts'
import { registerSurroundings } from '../registers/surroundings.ts'
import { openRequestJob } from '../requests/open-request.ts'
import { legalPages } from './legal-pages.ts'
import { type PublishPolicy, publishPolicy } from './publish-policy.ts'
import { draftOf } from './read-policies.ts'
import { policySurroundings } from './surroundings.ts'
import { tellPolicyJob } from './tell-policy.ts'

/** Starts it. */
export async function testPublisher(test: TestDatabase) {
  const background = await backgroundOf(test, { jobs: [tellPolicyJob, sendMailJob, openRequestJob], subscribers: [] })
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  })
  providePrivacyPorts()
  const publicUrl = () => 'https://desk.example'
  const inventory = [...contactsRoom.inventory, ...privacyRoom.inventory]
  registerSurroundings.provide({ configured: [], publicUrl, inventory, policies: [], neverForKeys: new Set() })
  policySurroundings.provide({ database: test.database, publicUrl, inventory })
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  legalPages(app)
  const place = await testWorkspace(test, 'Salón <Ana>')
  const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T> => test.database.inWorkspace(place.workspaceId, work)
  const rowsOf = async (text: string, values: readonly unknown[] = []) => (await test.asSuperuser(text, values)).rows
  return {
    place,
    inside,
    rowsOf,
    settle: background.settle,
    slug: `ws-${place.workspaceId}`,
    /** Publishes a document as it would be published now. */
    publish: (by: Principal, kind: PolicyKind, weight: PolicyWeight, newUse?: PublishPolicy['newUse']) =>
      inside(async (tx) => publishPolicy(tx, by, { kind, weight, seal: (await draftOf(tx, kind)).seal, newUse })),
    /** Opens a page, or sends a form to it. */
    async open(url: string, form?: Record<string, string>): Promise<{ status: number; text: string }> {
      const sent = form && { method: 'POST' as const, payload: new URLSearchParams(form).toString() }
      const answer = await app.inject({
        url,
        ...sent,
        headers: {
          'accept-language': 'en-US',
          accept: 'text/html',
          ...(sent ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
      })
      return { status: answer.statusCode, text: answer.body }
    },
    /** What those mails say, oldest first. */
    lettersTo: async (contactId: string): Promise<string[]> =>
      (await lettersTo(test, place.workspaceId, contactId)).map(({ text }) => text),
    /** The mails about a document to one contact. */
    mailsTo: (contactId: string): Promise<{ subject: string; id: string }[]> =>
      rowsOf("select id, subject from mail where audience = 'contact' and contact_id = $1 order by id", [contactId]) as never,
  }
}

/** The words of a new use in every language. */
export const inEveryLanguage = (says: string): Readonly<Record<PolicyLocale, string>> => ({ en: says, es: says, fr: says })
