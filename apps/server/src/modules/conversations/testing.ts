/** A desk whose mail really goes out and comes back, for tests of conversations. */
import path from 'node:path'
import type { SubjectFacts } from '@frontdesk/contact-rules'
import type { ContactId, ConversationId, MailId, Message, Principal } from '@frontdesk/contract'
import { afterEach } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import type { Subscriber } from '../../platform/events/index.ts'
import { backgroundOf } from '../../platform/events/testing.ts'
import { openFiles } from '../../platform/files/index.ts'
import { type MailSettings, mailSettings, receiveMailJob, replyAddress, sendMailJob } from '../../platform/mail/index.ts'
import { storeInbound, testSmtp } from '../../platform/mail/testing.ts'
import { testWorkspace, timelinePage } from '../contacts/testing.ts'
import { providePrivacyPorts, subjectSources } from '../privacy/index.ts'
import { wakeConversation } from './change-status.ts'
import { followMail } from './follow-mail.ts'
import { conversationSurroundings, provideConversationsPorts, type SendEmail, sendEmail } from './index.ts'
import { listMessages, loadConversation } from './read-conversations.ts'
import { reconsiderQueued } from './reconsider-queued.ts'

/** Somebody with an address and a booking that the gate knows. */
export type Someone = { readonly contactId: ContactId; readonly email: string; readonly bookingId: string }

/** Starts the desk: database, mail server, jobs by the test's clock; `heard` by rooms further to the right, too. */
export async function testDesk(heard: readonly Subscriber[] = []) {
  const test = await testDatabase()
  const background = await backgroundOf(test, {
    jobs: [sendMailJob, receiveMailJob, wakeConversation],
    subscribers: [followMail, ...reconsiderQueued, ...heard],
  })
  const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
  const bookings = new Map<string, SubjectFacts & { contactId: ContactId }>()
  const smtp = await testSmtp()
  const place = await testWorkspace(test, 'Salón Ana')
  const settings: MailSettings = {
    smtpUrl: smtp.url,
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  }
  mailSettings.provide(settings)
  providePrivacyPorts()
  provideConversationsPorts()
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example', files })
  subjectSources.provide('test', {
    types: ['booking'],
    facts: async (_tx, about, contactId) => {
      const booking = bookings.get(about.id)
      return booking?.contactId === contactId ? booking : null
    },
    newest: async () => null,
  })
  afterEach(async () => {
    smtp.mood = {}
    mailSettings.provide(settings)
    await background.settle()
  })

  const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
  const system = (): Principal => ({ kind: 'system', workspaceId: place.workspaceId, job: 'test' })
  let counter = 0
  const someone = async (): Promise<Someone> => {
    counter += 1
    const email = `c${counter}@home.example`
    const contactId = await place.newContact(email, 'Ann Lee')
    const bookingId = `019b0000-0000-7000-8000-${String(counter).padStart(12, '0')}`
    bookings.set(bookingId, { open: true, startedBy: 'contact', contactId })
    return { contactId, email, bookingId }
  }
  const confirm = ({ contactId, bookingId }: Someone, change: Partial<SendEmail> = {}, by = system()) =>
    inside((tx) =>
      sendEmail(tx, by, {
        contactId,
        about: { type: 'booking', id: bookingId },
        subject: 'Confirmed: cut',
        text: 'See you on Monday',
        html: '<body><p>See you on Monday</p></body>',
        ...change,
      }),
    )
  const confirmed = async (who: Someone, change: Partial<SendEmail> = {}) => {
    const sent = await confirm(who, change)
    if (!sent.sent) throw new Error('The gate should have allowed this.')
    await background.settle()
    return sent
  }
  const answer = async (who: Someone, mailId: MailId, change: { headers?: string[]; text?: string; from?: string; raw?: string } = {}) => {
    const raw =
      change.raw ??
      [
        `From: Ann Lee <${change.from ?? who.email}>`,
        `To: ${replyAddress(settings, test.keys, mailId)}`,
        'Subject: Re: Confirmed: cut',
        `Message-ID: <${crypto.randomUUID()}@home.example>`,
        ...(change.headers ?? []),
        '',
        change.text ?? 'Can we make it ten?\r\n\r\n> See you on Monday',
        '',
      ].join('\r\n')
    await storeInbound(test.database, { source: 'smtp', raw: Buffer.from(raw), mailId, nullSender: false })
    await background.settle()
  }
  const messages = async (conversationId: ConversationId): Promise<Message[]> =>
    (await inside((tx) => listMessages(tx, place.as.owner, { conversationId, limit: 50 }))).items
  const conversation = (id: ConversationId, by: Principal = place.as.owner) => inside((tx) => loadConversation(tx, by, id))
  const timeline = async (contactId: ContactId) =>
    (await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 50 }))).items.map(({ kind }) => kind).reverse()
  const sentTo = (email: string) => smtp.received.filter(({ to }) => to.includes(email))

  return {
    test,
    background,
    files,
    bookings,
    smtp,
    place,
    settings,
    inside,
    someone,
    confirm,
    confirmed,
    answer,
    messages,
    conversation,
    timeline,
    sentTo,
  }
}
