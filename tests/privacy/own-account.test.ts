import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deleteClosedAccounts } from '../../apps/server/src/modules/accounts/close-account.ts'
import { accountsInventory, accountsPolicy, mayReachMember, type SignUpDocuments } from '../../apps/server/src/modules/accounts/index.ts'
import { forgetEnded } from '../../apps/server/src/modules/accounts/jobs.ts'
import { letterDays, visitDays } from '../../apps/server/src/modules/accounts/list-records.ts'
import { acceptsOf, goodPassword, refusal, tablesWith, testRoom } from '../../apps/server/src/modules/accounts/testing.ts'
import { webLogDays } from '../../apps/server/src/modules/privacy/cookies/fold-web-log.ts'
import { breachPolicy, requestsPolicy, signUpDocuments } from '../../apps/server/src/modules/privacy/index.ts'
import { sha256Of } from '../../apps/server/src/modules/privacy/policies/policy-text.rules.ts'
import { testPublisher } from '../../apps/server/src/modules/privacy/policies/testing.ts'
import { schedulingPolicy } from '../../apps/server/src/modules/scheduling/index.ts'
import { mailInventory, mailMember, mailPerson, mailSettings, memberMailGates } from '../../apps/server/src/platform/mail/index.ts'
import { KEPT } from '../../apps/server/src/platform/mail/send-person-mail.ts'
import { backedUp } from '../rights/haystacks.ts'

const documents: SignUpDocuments = {
  served: (locale) => signUpDocuments(test.database).served(locale),
}
const test = await testRoom('invitation', {
  documents,
  transferTo: 'US',
  policies: () => [accountsPolicy, requestsPolicy, breachPolicy, schedulingPolicy],
  mail: async (tx, mail) => void (await mailPerson(tx, mail)),
})
const { browser, asSuperuser, clock, database, services } = test
const dana = await test.ownerBrowser()
const { open } = await testPublisher(test)
beforeAll(() => {
  memberMailGates.provide('accounts', { mayReach: mayReachMember })
  mailSettings.provide({ smtpUrl: undefined, from: { name: undefined, address: 'desk@example.com' }, replies: undefined })
})

const ip = '198.51.100.87'
const program = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'
const headers = { 'x-forwarded-for': ip, 'user-agent': program }
const marie = browser({ headers })
beforeAll(async () => {
  const { link } = await dana.call('POST /invitations', { body: { role: 'member' } })
  const accepts = await acceptsOf(marie, 'fr')
  await marie.call('POST /join/{token}', {
    params: { token: link.split('/').at(-1) ?? '' },
    body: {
      name: 'Marie Curie',
      email: 'marie@example.com',
      password: goodPassword,
      age: 34,
      locale: 'fr',
      country: 'FR',
      ...accepts,
      transfer: { destination: 'US', edition: 1, locale: 'fr' },
    },
  })
})
afterAll(() => memberMailGates.provide('accounts', { mayReach: async () => ({ allowed: true }) }))

const kinds = async (who: typeof dana | typeof marie) => (await who.call('GET /news-choice')).items
const mailed = async (who: typeof dana | typeof marie) => Object.fromEntries((await kinds(who)).map((one) => [one.kind, one.mailed]))

describe('her own account', () => {
  it('is set up by herself: profile, mails, what she agreed to and how she signs in, all of it read back as it was set [A12]', async () => {
    const { user, workspaces } = await marie.call('GET /me')
    const profile = {
      name: 'Marie Skłodowska',
      phone: '+1 207 555 0199',
      company: 'Radium',
      industry: 'Science',
      locale: 'fr-FR',
      zone: 'Europe/Paris',
    }
    await marie.call('PATCH /me', { body: profile, version: user.version })
    expect((await marie.call('GET /me')).user).toMatchObject({ ...profile, ageLimit: 18, deactivatedAt: null })

    expect(await mailed(marie)).toEqual({ bookings_mine: true, bookings_all: false, unreached: true, ownership: true, account: true })
    await marie.call('PATCH /news-choice', { body: { bookings_mine: false } })
    await marie.call('PATCH /news-choice', { body: { bookings_all: true } })
    expect(await mailed(marie)).toEqual({ bookings_mine: false, bookings_all: true, unreached: true, ownership: true, account: true })
    const memberId = workspaces[0]?.memberId as never
    const write = (news: 'bookings_mine' | 'bookings_all' | 'unreached') =>
      database.inWorkspace(dana.workspaceId, (tx) =>
        mailMember(tx, { memberId, news, to: { address: 'marie@example.com' }, subject: 'News', text: 'News' }),
      )
    expect(await write('bookings_mine')).toBeNull()
    expect(await write('bookings_all')).toEqual(expect.any(String))
    await marie.call('PATCH /news-choice', { body: { bookings_mine: true, bookings_all: false } })
    expect(await write('bookings_mine')).toEqual(expect.any(String))

    const { items: agreed } = await marie.call('GET /me/agreements')
    expect(agreed.map(({ document, method, locale }) => [document, method, locale]).toSorted()).toEqual([
      ['privacy', 'invitation', 'fr'],
      ['terms', 'invitation', 'fr'],
      ['transfer', 'invitation', 'fr'],
    ])
    const transfer = agreed.find(({ document }) => document === 'transfer')
    expect(transfer).toMatchObject({ destination: 'US', version: 1, sha256: sha256Of(transfer?.words ?? '') })
    const terms = agreed.find(({ document }) => document === 'terms')
    expect((await open(`${terms?.path}?lang=fr`)).status).toBe(200)

    expect(await marie.call('GET /sign-in-methods')).toMatchObject({ password: { changedAt: expect.any(String) } })
    expect((await marie.call('GET /sessions')).items).toHaveLength(1)
  })

  it('shows what security and law demand as always on, with the reason, and takes no switch for it [A12]', async () => {
    const always = (await kinds(dana)).filter((one) => one.always !== null)
    expect(always).toEqual([
      { kind: 'requests_overdue', mailed: true, always: 'law' },
      { kind: 'incidents', mailed: true, always: 'law' },
      { kind: 'ownership', mailed: true, always: 'law' },
      { kind: 'account', mailed: true, always: 'security' },
    ])
    const off = { requests_overdue: false } as never
    expect((await refusal(dana.call('PATCH /news-choice', { body: off }))).slug).toBe('http/invalid-request')
    await dana.call('PATCH /news-choice', { body: { requests_new: false, requests_due: false } })
    expect(await mailed(dana)).toMatchObject({ requests_new: false, requests_due: false, requests_overdue: true, incidents: true })
  })
})

describe('what is recorded of devices, places and use', () => {
  it('is coarse: no address of the network and no line of the browser is kept anywhere [C12]', async () => {
    for (const text of [ip, program]) expect(await tablesWith(test, text)).toEqual([])
    expect((await marie.call('GET /sessions')).items).toMatchObject([
      { device: { browser: 'Firefox', system: 'Linux', kind: 'computer' }, place: '198.51.100.0/24' },
    ])
  })

  it('is declared, and shown to her with its number and its days, and no other column holds any of it [C12]', async () => {
    const { items } = await marie.call('GET /me/records')
    expect(items.map(({ kind, count, days }) => [kind, count, days])).toEqual([
      ['sessions', 1, 90],
      ['sign_ins', 1, null],
      ['last_seen', 1, null],
      ['ways_in', 1, null],
      ['links', 0, 3],
      ['letters', 1, 7],
      ['failed_tries', null, 1],
      ['web_log', null, 30],
    ])
    expect([letterDays, visitDays]).toEqual([KEPT.hours / 24, webLogDays])
    const about = new Set(['device', 'location', 'behaviour'])
    const declared = [...accountsInventory, ...mailInventory]
      .filter(({ subjects }) => subjects.some(({ root }) => root === 'user'))
      .flatMap(({ table, columns }) =>
        Object.entries(columns).flatMap(([column, field]) =>
          field.kind === 'personal' && about.has(field.category) ? [`${table}.${column}`] : [],
        ),
      )
    expect(declared.toSorted()).toEqual([
      'credential.created_at',
      'credential.last_used_at',
      'credential.name',
      'credential.transports',
      'member.joined_at',
      'member.last_seen_at',
      'recovery_code.used_at',
      'session.authenticated_at',
      'session.browser',
      'session.created_at',
      'session.device_kind',
      'session.last_used_at',
      'session.method',
      'session.place',
      'session.second_factor_at',
      'session.system',
    ])
  })

  it('goes when its days are over, and all of it with the account [C12]', async () => {
    const sessions = async () =>
      Number(
        (
          await asSuperuser(
            "select count(*) as n from auth.session s join auth.user u on u.id = s.user_id where u.email = 'marie@example.com'",
          )
        ).rows[0].n,
      )
    clock.advance({ hours: 13 * 24 })
    await forgetEnded(services)
    expect(await sessions()).toBe(1)
    clock.advance({ hours: 2 * 24 })
    await forgetEnded(services)
    expect(await sessions()).toBe(0)
    const back = browser({ headers })
    await back.call('POST /sessions', { body: { email: 'marie@example.com', password: goodPassword } })
    await back.call('POST /me/closing')
    clock.advance({ hours: 721 })
    expect(await deleteClosedAccounts(services)).toBe(1)
    const left = (await backedUp(test))
      .filter(({ content }) => content.includes('marie@example.com') || content.includes('198.51.100.'))
      .map(({ place }) => place)
    expect(left).toEqual(['public.mail'])
  })
})
