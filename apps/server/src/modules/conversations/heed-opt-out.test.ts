import { catalogProblems } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { replyAddress } from '../../platform/mail/index.ts'
import { optOutWords } from './opt-out.words.ts'
import { testDesk } from './testing.ts'

const { test, background, settings, someone, confirm, confirmed, answer, conversation, sentTo } = await testDesk()

const stops = async (contactId: string) =>
  (await test.asSuperuser(`select distinct scope, cause from suppression where contact_id = $1 and lifted_at is null`, [contactId])).rows
/** The mails to an address since some number of them, by subject. */
const subjects = (email: string, from: number) =>
  sentTo(email)
    .slice(from)
    .map(({ parsed }) => parsed.subject)
const speaks = (contactId: string, locale: string) => test.asSuperuser('update contact set locale = $2 where id = $1', [contactId, locale])

it('is confirmed in every language', () => expect(catalogProblems(optOutWords)).toEqual([]))

describe('an answer that asks for nothing of the kind', () => {
  it.each(['Can I stop by at ten?', 'Please cancel my appointment on Friday', 'See you\r\n\r\n> To stop mail: unsubscribe'])(
    '“%s” stops nothing',
    async (text) => {
      const who = await someone()
      const sent = await confirmed(who)
      await answer(who, sent.mailId, { text })
      expect(await stops(who.contactId)).toEqual([])
    },
  )

  it('such as that of a machine stops nothing either', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, { text: 'STOP', headers: ['Auto-Submitted: auto-replied'] })
    expect(await stops(who.contactId)).toEqual([])
  })
})

describe('an answer that asks us to stop', () => {
  it.each([
    ['en', 'STOP', 'channel', 'It stops'],
    ['en', 'Unsubscribe', 'marketing', 'It stops'],
    ['en', 'Please leave me alone', 'all', 'It stops'],
    ['es', 'no me llamen más', 'calls', 'Se acabó'],
    ['fr', 'ne m’appelez plus', 'calls', 'C’est arrêté'],
  ])('in %s, “%s”, is heeded at once and confirmed once [D3, D4, D14]', async (locale, text, scope, subject) => {
    const who = await someone()
    await speaks(who.contactId, locale)
    const sent = await confirmed(who)
    const before = sentTo(who.email).length
    await answer(who, sent.mailId, { text, headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'] })
    expect(await stops(who.contactId)).toEqual([{ scope, cause: 'message' }])
    await answer(who, sent.mailId, { text })
    await background.settle()
    const told = subjects(who.email, before)
    expect(told).toEqual([subject])
    expect(await conversation(sent.conversationId)).toMatchObject({ status: 'open' })
  })

  it('by its subject alone is heeded as well', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, {
      raw: [
        `From: Ann Lee <${who.email}>`,
        `To: ${replyAddress(settings, test.keys, sent.mailId)}`,
        'Subject: unsubscribe',
        `Message-ID: <${crypto.randomUUID()}@home.example>`,
        '',
        '',
      ].join('\r\n'),
    })
    expect(await stops(who.contactId)).toEqual([{ scope: 'marketing', cause: 'message' }])
  })

  it('stops offers and nothing that she booked, where that is what she meant [D5]', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, { text: 'unsubscribe' })
    expect(await confirm(who)).toMatchObject({ sent: true })
  })

  it('stops confirmations too where she asked for that, until she says START', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, { text: 'STOP' })
    expect(await confirm(who)).toMatchObject({ sent: false, remedy: 'ask_her_to_opt_in' })
    const before = sentTo(who.email).length
    await answer(who, sent.mailId, { text: 'START' })
    expect(await stops(who.contactId)).toEqual([])
    await background.settle()
    expect(subjects(who.email, before)).toEqual(['You hear from us again'])
    expect(await confirm(who)).toMatchObject({ sent: true })
  })
})

it('offers the one press of mail programs with every mail that can be stopped [D1, D2]', async () => {
  const who = await someone()
  await confirmed(who)
  const raw = sentTo(who.email).at(-1)?.raw ?? ''
  expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)
  expect(raw.replaceAll(/\r\n\s+/g, '')).toMatch(/^List-Unsubscribe:\s*<https:\/\/desk\.example\/stop\/[^>]+>/m)
})
