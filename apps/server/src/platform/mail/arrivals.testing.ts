/** A business that wrote one mail and waits for answers to it, for tests of how mail comes in. */
import type { MailId } from '@frontdesk/contract'
import { beforeAll, beforeEach } from 'vitest'
import { type TestWorkspace, testWorkspace } from '../../modules/contacts/testing.ts'
import { testDatabase } from '../database/testing.ts'
import { backgroundOf } from '../events/testing.ts'
import { replyAddress } from './address-token.ts'
import { type MailArrival, mailArrivals } from './ports.ts'
import { mailMember } from './queue-mail.ts'
import { receiveMailJob } from './receive-mail.ts'
import { sendMailJob } from './send-mail.ts'
import { type MailSettings, mailSettings } from './settings.ts'

/** How the desk writes and is answered. */
export const settings: MailSettings = {
  smtpUrl: undefined,
  from: { name: undefined, address: 'desk@example.com' },
  replies: { local: 'desk', domain: 'example.com', plus: true },
}

/** Starts it. Before each test there is a new mail, and nothing has arrived. */
export async function testArrivals() {
  const test = await testDatabase()
  const background = await backgroundOf(test, { jobs: [sendMailJob, receiveMailJob] })
  const arrivals: MailArrival[] = []
  let place: TestWorkspace | undefined
  let mailId: MailId | undefined
  mailSettings.provide(settings)
  const here = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('It is there once the first test begins.')
    return one
  }
  beforeAll(async () => {
    mailArrivals.provide({
      async receive(context, arrival, done) {
        await context.inWorkspace(async (tx) => void ((await done(tx)) && arrivals.push(arrival)))
      },
    })
    place = await testWorkspace(test)
  })
  beforeEach(async () => {
    await background.settle()
    arrivals.length = 0
    mailId = await test.database.inWorkspace(here(place).workspaceId, (tx) =>
      mailMember(tx, { memberId: null, to: { address: 'ann@home.example' }, subject: 'Hi', text: 'Hi' }),
    )
    await test.asSuperuser(`update mail set state = 'sent', sent_at = now() where id = $1`, [mailId])
  })
  const address = () => replyAddress(settings, test.keys, here(mailId)) ?? ''
  return {
    test,
    background,
    arrivals,
    get place() {
      return here(place)
    },
    /** The mail that is answered. */
    get mailId() {
      return here(mailId)
    },
    /** Where its answers go. */
    address,
    answer: (change: { headers?: string[]; text?: string; to?: string; id?: string } = {}) =>
      [
        'From: Ann Lee <ann@home.example>',
        `To: ${change.to ?? address()}`,
        'Subject: Re: Hi',
        `Message-ID: <${change.id ?? crypto.randomUUID()}@home.example>`,
        ...(change.headers ?? []),
        'Content-Type: text/plain; charset=utf-8',
        '',
        change.text ?? 'See you then!\r\n\r\n> Hi',
        '',
      ].join('\r\n'),
    rowsOf: async (id: MailId) =>
      (await test.asSuperuser('select state, kind, reason from inbound_mail where mail_id = $1 order by id', [id])).rows,
    mailState: async () => (await test.asSuperuser('select state, bounce_kind, error from mail where id = $1', [here(mailId)])).rows[0],
  }
}
