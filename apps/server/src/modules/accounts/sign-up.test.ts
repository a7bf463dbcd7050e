import { describe, expect, it } from 'vitest'
import { answerMailRequests } from './answer-mail-requests.ts'
import { forgetEnded } from './jobs.ts'
import { requestAccount } from './request-account.ts'
import { goodPassword, owner, refusal, testRoom } from './testing.ts'

const test = await testRoom('open')
const { browser, clock, mails, services, asSuperuser, linkIn } = test
await test.ownerBrowser()

const wish = (email: string) => ({
  name: 'Mo Farah',
  email,
  password: goodPassword,
  company: 'Running Ltd',
  industry: 'Sport',
  age: 34,
  country: 'US',
})
const people = async () => Number((await asSuperuser('select count(*) as n from auth.user')).rows[0].n)
/** Whether somebody in this database waits for a lock that another one holds. */
const waitsForAnother = async (): Promise<boolean> =>
  (
    await asSuperuser(
      "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    )
  ).rowCount !== 0
const ask = async (email: string) => {
  const one = browser()
  const answer = await one.call('POST /sign-up', { body: wish(email) })
  await test.settled()
  return { one, answer }
}

describe('asking for an account', () => {
  it.each(['closed', 'invitation'] as const)('is refused where sign-up is %s', async (signUp) => {
    const refused = requestAccount({ ...services, signUp }, { ...wish('a@example.com'), browserToken: 'x' })
    await expect(refused).rejects.toMatchObject({ type: 'accounts/sign-up-closed' })
  })

  it('is refused with a weak password, an unknown field, or an address that is none', async () => {
    const weak = await refusal(browser().call('POST /sign-up', { body: { ...wish('a@example.com'), password: 'mofarahmofarah' } }))
    expect(weak.details.objections).toMatchObject([{ reason: 'too_short', least: 15 }, { reason: 'about_you' }])
    const unknown = { ...wish('a@example.com'), passwordHint: 'my cat' }
    expect((await refusal(browser().call('POST /sign-up', { body: unknown }))).details.faults).toMatchObject([
      { message: 'Unknown field: passwordHint.' },
    ])
    expect((await refusal(browser().call('POST /sign-up', { body: wish('not an address') }))).slug).toBe('http/invalid-request')
  })

  it('answers the same whether or not the address is known, and tells by mail alone', async () => {
    const before = await people()
    const known = await ask(owner.email)
    expect(mails.at(-1)).toMatchObject({ subject: 'You already have an account', to: { address: owner.email } })
    const fresh = await ask('mo@example.com')
    expect(mails.at(-1)).toMatchObject({
      subject: 'Confirm your address',
      userId: null,
      to: { address: 'mo@example.com', name: 'Mo Farah' },
    })
    expect(known.answer).toEqual(fresh.answer)
    expect(await people()).toBe(before)
  })

  it('writes the mail in the language of the reader', async () => {
    const french = browser({ headers: { 'accept-language': 'fr-CA,fr;q=0.9' } })
    await french.call('POST /sign-up', { body: wish('marie@example.com') })
    await test.settled()
    expect(mails.at(-1)).toMatchObject({ subject: 'Confirmez votre adresse' })
  })

  it('sends one address five mails an hour at most', async () => {
    const before = mails.length
    for (let n = 0; n < 9; n++) await requestAccount(services, { ...wish('flooded@example.com'), browserToken: 'x' })
    await test.settled()
    expect(mails.length - before).toBe(5)
  })

  it('sends no sixth one when another process counts while the fifth is being written', async () => {
    const lazy = { ...services, afterwards: () => undefined }
    for (let n = 0; n < 6; n++) await requestAccount(lazy, { ...wish('crowded@example.com'), browserToken: 'x' })
    const to = () => mails.filter(({ to }) => to.address === 'crowded@example.com')
    let other: Promise<void> | undefined
    let otherIsDone = false
    const slow = {
      ...services,
      mail: (async (auth, mail) => {
        if (to().length === 4 && !other) {
          other = answerMailRequests(services).finally(() => {
            otherIsDone = true
          })
          await expect.poll(async () => otherIsDone || (await waitsForAnother())).toBe(true)
        }
        return services.mail(auth, mail)
      }) satisfies typeof services.mail,
    }
    await answerMailRequests(slow)
    await other
    expect(to()).toHaveLength(5)
  })

  it('makes up for mails that a stop cut off', async () => {
    const lazy = { ...services, afterwards: () => undefined }
    await requestAccount(lazy, { ...wish('later@example.com'), browserToken: 'x' })
    expect(mails.at(-1)?.to.address).not.toBe('later@example.com')
    await Promise.all([answerMailRequests(services), answerMailRequests(services)])
    expect(mails.filter(({ to }) => to.address === 'later@example.com')).toHaveLength(1)
  })
})

it('does not let one mail that cannot be made hold up the others', async () => {
  const broken = {
    ...services,
    afterwards: () => undefined,
    mail: (async (auth, mail) => {
      if (mail.to.address === 'broken@example.com') throw new Error('cannot be composed')
      return services.mail(auth, mail)
    }) satisfies typeof services.mail,
  }
  for (const email of ['broken@example.com', 'fine@example.com']) await requestAccount(broken, { ...wish(email), browserToken: 'x' })
  await expect(answerMailRequests(broken)).rejects.toThrow('cannot be composed')
  expect(mails.at(-1)?.to.address).toBe('fine@example.com')
  await answerMailRequests(services)
  expect(mails.at(-1)?.to.address).toBe('broken@example.com')
})

describe('confirming the address', () => {
  it('refuses forged and expired links', async () => {
    expect((await refusal(browser().call('POST /email-verification', { body: { token: 'A'.repeat(83) } }))).slug).toBe(
      'accounts/link-invalid',
    )
    const { one } = await ask('slow@example.com')
    clock.advance({ hours: 49 })
    const token = linkIn('/verify/', 'slow@example.com')
    expect((await refusal(one.call('POST /email-verification', { body: { token } }))).slug).toBe('accounts/link-invalid')
  })

  it('in another browser needs the password: a click alone confirms nothing for a stranger', async () => {
    await ask('victim@example.com')
    const token = linkIn('/verify/', 'victim@example.com')
    const other = browser()
    expect(await other.call('POST /email-verification', { body: { token } })).toEqual({ state: 'password_needed' })
    const wrong = await refusal(other.call('POST /email-verification', { body: { token, password: 'what I would have chosen' } }))
    expect(wrong.slug).toBe('accounts/wrong-credentials')
    expect(other.cookies.size).toBe(0)
    expect((await other.call('POST /email-verification', { body: { token, password: goodPassword } })).state).toBe('signed_in')
  })

  it('in the same browser signs in, once', async () => {
    const { one } = await ask('zoe@example.com')
    const token = linkIn('/verify/', 'zoe@example.com')
    const answer = await one.call('POST /email-verification', { body: { token } })
    expect(answer).toMatchObject({
      state: 'signed_in',
      me: {
        user: { email: 'zoe@example.com', emailVerified: true, company: 'Running Ltd', industry: 'Sport' },
        workspaces: [],
        mayCreateWorkspace: true,
      },
    })
    expect((await refusal(one.call('POST /email-verification', { body: { token } }))).slug).toBe('accounts/link-invalid')
    expect((await refusal(one.call('GET /workspace'))).slug).toBe('http/not-allowed')
    const me = await one.call('POST /workspaces', { body: { name: 'Zoë Runs', zone: 'Europe/Paris', locale: 'fr-FR', currency: 'EUR' } })
    expect(me.workspaces).toMatchObject([{ slug: 'zoe-runs', role: 'owner' }])
    expect((await one.call('GET /workspace')).name).toBe('Zoë Runs')
  })

  it('of two who asked for one address lets the first in, and only her', async () => {
    const first = await ask('twice@example.com')
    const firstToken = linkIn('/verify/', 'twice@example.com')
    const second = await ask('twice@example.com')
    const secondToken = linkIn('/verify/', 'twice@example.com')
    expect((await first.one.call('POST /email-verification', { body: { token: firstToken } })).state).toBe('signed_in')
    expect((await refusal(second.one.call('POST /email-verification', { body: { token: secondToken } }))).slug).toBe('accounts/email-taken')
  })

  it('is sent again on request, if there is anything to confirm', async () => {
    await ask('again@example.com')
    const before = mails.length
    for (const email of ['again@example.com', 'nobody@example.com', 'zoe@example.com']) {
      expect(await browser().call('POST /email-verification/resend', { body: { email } })).toEqual({ state: 'check_your_mail' })
    }
    await test.settled()
    expect(mails.slice(before).map(({ to }) => to.address)).toEqual(['again@example.com'])
  })
})

it('forgets who asked for an account and never came', async () => {
  clock.advance({ hours: 73 })
  await forgetEnded(services)
  const { rows } = await asSuperuser(
    'select (select count(*) from auth.sign_up)::int as asked, (select count(*) from auth.mail_link)::int as links',
  )
  expect(rows).toEqual([{ asked: 0, links: 0 }])
})
