import { type NewsKind, noOwnRules } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { emit } from '../../platform/events/index.ts'
import { decideWaiting, mailMember, mailSettings, memberMailGates } from '../../platform/mail/index.ts'
import { mayReachMember } from '../accounts/index.ts'
import { restrictContact, subjectSources, suppress } from '../privacy/index.ts'
import { giveConsent, withdrawConsent } from '../privacy/testing.ts'
import { type Someone, testDesk } from './testing.ts'

const { test, background, place, settings, inside, someone, confirm, messages, sentTo } = await testDesk()
const campaign = '019b0000-0000-7000-8000-00000000cccc'
const request = '019b0000-0000-7000-8000-00000000dddd'

beforeAll(() => {
  memberMailGates.provide('accounts', { mayReach: mayReachMember })
  subjectSources.provide('test.offers', {
    types: ['broadcast', 'request'],
    facts: async () => ({ open: true, startedBy: 'us' }),
    newest: async () => null,
  })
})

/** Her mail server is away, so that mails wait. */
const serverAway = () => mailSettings.provide({ ...settings, smtpUrl: 'smtp://127.0.0.1:1' })
const serverBack = async () => {
  mailSettings.provide(settings)
  test.clock.advance({ minutes: 2 }) // less than after which a mail is asked about anyway
  await background.settle()
}
const states = async ({ contactId }: Pick<Someone, 'contactId'>) =>
  (await test.asSuperuser(`select mail.subject, mail.state, mail.error from mail where contact_id = $1 order by id`, [contactId])).rows
const mails = {
  booking: (who: Someone) => confirm(who),
  answer: (who: Someone) => confirm(who, { about: { type: 'request', id: request }, subject: 'Your request' }),
  offer: (who: Someone) => confirm(who, { about: { type: 'broadcast', id: campaign }, subject: 'An offer' }),
}

const consent = ({ contactId, email }: Someone) =>
  ({ contactId, point: { kind: 'email', value: email }, channel: 'email', how: 'told' }) as const

describe('what waits in the outbox when', () => {
  it('her data is restricted does not go out, but for what the law asks for', async () => {
    serverAway()
    const who = await someone()
    const other = await someone()
    const sent = await mails.booking(who)
    await mails.answer(who)
    await mails.booking(other)
    await background.settle()
    await inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId: who.contactId, ground: 'accuracy_contested' }))
    await background.settle()
    expect(await states(who)).toMatchObject([
      { subject: 'Confirmed: cut', state: 'dropped', error: 'Not sent, because the use of her data is restricted.' },
      { subject: 'Your request', state: 'queued' },
    ])
    expect(await messages(sent.conversationId)).toMatchObject([
      { delivery: 'failed', deliveryError: expect.stringContaining('restricted') },
    ])
    await serverBack()
    expect(sentTo(who.email).map(({ parsed }) => parsed.subject)).toEqual(['Your request'])
    expect(sentTo(other.email)).toHaveLength(1)
  })

  it('she takes her consent back is dropped where it hung on that, and nothing else', async () => {
    serverAway()
    const who = await someone()
    await inside((tx) =>
      giveConsent(tx, place.as.member, {
        ...consent(who),
        purpose: 'marketing',
        level: 'pewc',
        automated: false,
        wording: { key: 'mail_marketing', edition: '1', locale: 'en', words: 'Salón Ana may send me offers by mail.' },
      }),
    )
    expect(await mails.offer(who)).toMatchObject({ sent: true })
    await mails.booking(who)
    await background.settle()
    await inside((tx) => withdrawConsent(tx, place.as.member, consent(who)))
    await background.settle()
    expect(await states(who)).toMatchObject([
      { subject: 'An offer', state: 'dropped', error: expect.stringContaining('she has not agreed') },
      { subject: 'Confirmed: cut', state: 'queued' },
    ])
    await serverBack()
    expect(sentTo(who.email).map(({ parsed }) => parsed.subject)).toEqual(['Confirmed: cut'])
  })

  it('she asks not to be reached does not go out', async () => {
    serverAway()
    const who = await someone()
    await mails.booking(who)
    await background.settle()
    await inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value: who.email, scope: 'all', cause: 'asked' }))
    await background.settle()
    await serverBack()
    expect(sentTo(who.email)).toEqual([])
    expect(await states(who)).toMatchObject([{ state: 'dropped' }])
  })

  it('it belongs to somebody who was merged into her is looked at too', async () => {
    serverAway()
    const who = await someone()
    const winner = (await someone()).contactId
    await mails.booking(who)
    await background.settle()
    await test.asSuperuser('update contact set merged_into = $2 where id = $1', [who.contactId, winner])
    await inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId: winner, ground: 'accuracy_contested' }))
    await background.settle()
    expect(await states(who)).toMatchObject([{ state: 'dropped' }])
  })

  it('nothing changed for her stays, and does not count twice towards how often she is reached', async () => {
    serverAway()
    const who = await someone()
    await test.asSuperuser(
      `insert into contact_policy (workspace_id, id, version, rules, created_at, updated_at) values ($1, gen_random_uuid(), 1, $2, now(), now())`,
      [place.workspaceId, JSON.stringify({ ...noOwnRules, caps: [{ count: 1, hours: 24, purposes: ['service'] }] })],
    )
    expect(await mails.booking(who)).toMatchObject({ sent: true })
    await background.settle()
    await inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value: who.email, scope: 'marketing', cause: 'asked' }))
    await background.settle()
    await serverBack()
    expect(sentTo(who.email)).toHaveLength(1)
    expect(await mails.booking(who)).toMatchObject({ sent: false, remedy: 'wait' })
    await test.asSuperuser('delete from contact_policy where workspace_id = $1', [place.workspaceId])
  })
})

it('of a business that closes nothing goes out any more, neither what waits nor what is new, but for what the law asks for [A9]', async () => {
  serverAway()
  const [one, other] = [await someone(), await someone()]
  await mails.booking(one)
  await mails.answer(one)
  await mails.booking(other)
  await background.settle()
  const closes = (at: string | null) => test.asSuperuser('update workspace set closes_at = $1 where id = $2', [at, place.workspaceId])
  await closes(test.clock().add({ hours: 720 }).toString())
  await inside((tx) => emit(tx, 'workspace.closing', { workspaceId: place.workspaceId }))
  await background.settle()
  const dropped = { subject: 'Confirmed: cut', state: 'dropped', error: 'Not sent, because the business is being closed.' }
  expect(await states(one)).toMatchObject([dropped, { subject: 'Your request', state: 'queued' }])
  expect(await states(other)).toMatchObject([dropped])
  expect(await mails.booking(other)).toMatchObject({ sent: false })
  await serverBack()
  expect(sentTo(one.email).map(({ parsed }) => parsed.subject)).toEqual(['Your request'])
  expect(sentTo(other.email)).toEqual([])
  await closes(null)
  expect(await mails.booking(other)).toMatchObject({ sent: true })
})

describe('of a business that closes', () => {
  const closes = async (at: string | null) => {
    await test.asSuperuser('update workspace set closes_at = $1 where id = $2', [at, place.workspaceId])
    await inside((tx) => emit(tx, at === null ? 'workspace.reopened' : 'workspace.closing', { workspaceId: place.workspaceId }))
    await background.settle()
  }
  const tell = (news: NewsKind) =>
    inside((tx) =>
      mailMember(tx, { memberId: place.as.owner.memberId, news, to: { address: `${news}@salon.example` }, subject: news, text: 'News' }),
    )
  const notices = async () =>
    (await test.asSuperuser(`select subject, state, error from mail where audience = 'member' and subject <> '' order by id`)).rows

  it('members are told nothing any more but what the law asks for, neither what waits nor what is new [A9]', async () => {
    serverAway()
    for (const news of ['bookings_mine', 'requests_overdue', 'incidents'] as const) await tell(news)
    await background.settle()
    await closes(test.clock().add({ hours: 720 }).toString())
    expect(await tell('unreached')).toBeNull()
    expect(await notices()).toMatchObject([
      { subject: 'bookings_mine', state: 'dropped', error: 'Not sent, because the business is being closed.' },
      { subject: 'requests_overdue', state: 'queued' },
      { subject: 'incidents', state: 'queued' },
    ])
    await serverBack()
    expect(sentTo('bookings_mine@salon.example')).toEqual([])
    for (const news of ['requests_overdue', 'incidents']) expect(sentTo(`${news}@salon.example`)).toHaveLength(1)
  })

  it('what was dropped waits for a person once it is open again: nothing leaves by itself, and nothing is lost [A9]', async () => {
    const who = await someone()
    await closes(null)
    serverAway()
    await mails.booking(who)
    await background.settle()
    await closes(test.clock().add({ hours: 720 }).toString())
    expect(await states(who)).toMatchObject([{ state: 'dropped' }])
    await serverBack()
    await closes(null)
    const held = 'Held back while the business was being closed. Send it, or drop it.'
    expect(await states(who)).toMatchObject([{ state: 'not_configured', error: held }])
    expect((await notices())[0]).toMatchObject({ subject: 'bookings_mine', state: 'not_configured', error: held })
    await background.settle()
    expect(sentTo(who.email)).toEqual([])
    await inside((tx) => decideWaiting(tx, place.as.owner, 'send'))
    await background.settle()
    expect(sentTo(who.email).map(({ parsed }) => parsed.subject)).toEqual(['Confirmed: cut'])
    expect(sentTo('bookings_mine@salon.example')).toHaveLength(1)
  })
})

it('what somebody wrote whose account is deactivated does not go out; what others wrote does [A9]', async () => {
  serverAway()
  const who = await someone()
  await confirm(who, { subject: 'Mine' }, place.as.member)
  await confirm(who, { subject: 'Hers' }, place.as.admin)
  await inside((tx) => emit(tx, 'member.deactivated', { memberId: place.as.member.memberId }))
  await background.settle()
  expect(await states(who)).toMatchObject([
    { subject: 'Mine', state: 'dropped', error: 'Not sent, because the account of whoever wrote it is deactivated.' },
    { subject: 'Hers', state: 'queued' },
  ])
  await serverBack()
  expect(sentTo(who.email).map(({ parsed }) => parsed.subject)).toEqual(['Hers'])
})
