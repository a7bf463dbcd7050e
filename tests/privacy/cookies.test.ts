import { catalogProblems } from '@frontdesk/i18n'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { absoluteLimit } from '../../apps/server/src/modules/accounts/sessions.ts'
import { cookieWords } from '../../apps/server/src/modules/privacy/cookies/cookie.words.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { cookieRegister } from '../../apps/server/src/platform/http/index.ts'
import { type TestSite, testSite } from './site.ts'
import { advertising, statistics, withTags } from './tags.ts'

const test = await testDatabase()
let site: TestSite
beforeAll(async () => {
  site = await testSite(test)
})
afterAll(() => site.stop())

const dnt = [['dnt', '1']] as const

describe('what a page keeps in a browser', () => {
  it('is nothing at all on a booking page, as long as nobody chooses anything [I3]', async () => {
    const { open, jar } = site.browser()
    for (const path of [site.book, site.service, `/do-not-contact/${site.slug}`, `/rights/${site.slug}`, site.choices]) {
      const { status, set } = await open(path)
      expect([path, status, set]).toEqual([path, 200, []])
    }
    expect([...jar]).toEqual([])
  })

  it('is the language she chose, until the browser is closed, or for a year once she agreed [J4]', async () => {
    const { open, jar } = site.browser()
    const { set } = await open(`${site.book}?lang=es`)
    expect(set).toEqual(['frontdesk-language=es; Path=/; HttpOnly; SameSite=Lax'])
    expect((await open(site.book)).text).toContain('¿Qué quieres reservar?')
    await open(site.choices, { form: { decision: 'save', preferences: 'on' } })
    const { set: lasting } = await open(`${site.book}?lang=fr`)
    expect(lasting[0]).toContain(`Max-Age=${365 * 86_400}`)
    expect(jar.get('frontdesk-language')).toBe('fr')
    expect((await open(site.service)).text).toContain('lang="fr"')
  })

  it('is nothing but the decision once she refuses, and everything can be booked all the same [J3]', async () => {
    await withTags(site, [statistics], async () => {
      const { open, jar } = site.browser()
      const refused = await open(site.choices, { form: { decision: 'refuse', back: site.book } })
      expect([refused.status, refused.location]).toEqual([303, `${site.book}#main`])
      for (const path of [`${site.book}?lang=es`, site.service, `/rights/${site.slug}`]) {
        const { status, set, text } = await open(path)
        expect([path, status, set]).toEqual([path, 200, []])
        expect(text).not.toContain('stats.example')
      }
      const start = '2027-01-05T14:00:00Z'
      const who = { name: 'Ann Lee', email: 'ann@home.example', start, once: 'refused-0001' }
      const booked = await open(`${site.service}/details`, { form: who })
      expect(booked.status).toBe(303)
      expect((await open(booked.location)).status).toBe(200)
      expect([...jar.keys()]).toEqual(['frontdesk-choices'])
    })
  })

  it('has the names, lifetimes and attributes of the register, and no other', async () => {
    expect(cookieRegister.session.seconds).toBe(absoluteLimit.total('seconds'))
    expect(new Set(Object.values(cookieRegister).map(({ name }) => name)).size).toBe(Object.keys(cookieRegister).length)
  })

  it('cannot be a cookie that nobody registered: it is taken off at the door', async () => {
    const { open } = site.browser()
    const { set } = await open('/test/strange-cookie')
    expect(set).toEqual([])
  })
})

describe('code of others', () => {
  it('is neither loaded nor let through before she agrees, and loads from the declared host alone after [J5]', async () => {
    await withTags(site, [statistics, advertising], async () => {
      const { open } = site.browser()
      const before = await open(site.book)
      expect(before.text).toContain('Counter (Counting Ltd)')
      expect(before.text).not.toContain('<script src="https://')
      expect(before.policy).not.toContain('stats.example')
      await open(site.choices, { form: { decision: 'accept', back: site.book } })
      const after = await open(site.book)
      expect(after.text).toContain('<script src="https://stats.example/count.js" async></script>')
      expect(after.policy).toContain("script-src 'self' https://stats.example https://ads.example;")
      expect(after.policy).not.toContain('evil.example')
      const details = await open(`${site.service}/details?start=2027-01-05T15:00:00Z`)
      expect(details.status).toBe(200)
      expect(details.text + details.policy).not.toContain('stats.example')
    })
    const { policy } = await site.browser().open(site.book)
    expect(policy).toContain("script-src 'self';")
  })

  it('leaves no row and no cookie without her consent, however often she looks [J6] [J18]', async () => {
    await withTags(site, [statistics, advertising], async () => {
      const rows = async () => (await site.rowsOf('select count(*)::int as count from cookie_decision'))[0].count
      const before = await rows()
      const { open, jar } = site.browser()
      for (const path of [site.book, site.service, site.book]) expect((await open(path)).text).not.toContain('count.js')
      expect(await rows()).toBe(before)
      expect([...jar]).toEqual([])
    })
  })

  it('is asked about again as soon as something else is declared', async () => {
    await withTags(site, [statistics], async () => {
      const { open } = site.browser()
      await open(site.choices, { form: { decision: 'accept', back: site.book } })
      expect((await open(site.book)).text).toContain('count.js')
      await withTags(site, [advertising], async () => {
        const { text } = await open(site.book)
        expect(text).toContain('Reach (Reach Inc)')
        expect(text).not.toContain('<script src="https://')
      })
    })
  })

  it.each(['evil.example/x', 'https://evil.example', '//evil.example', '/b/../api', '/w/desk', 'javascript:1'])(
    'leads back to our own pages and never to %s',
    async (back) => {
      const { location } = await site.browser().open(site.choices, { form: { decision: 'refuse', back } })
      expect(location).toMatch(new RegExp(`^${site.choices}\\?`))
    },
  )

  it('is not decided by another site on her behalf', async () => {
    const { status } = await site
      .browser()
      .open(site.choices, { form: { decision: 'accept' }, headers: [['sec-fetch-site', 'cross-site']] })
    expect(status).toBe(403)
  })
})

describe('a decision', () => {
  it('is kept as proof: what was asked, in which words, when, and what the browser said; who she is stands nowhere', async () => {
    const { open, jar } = site.browser()
    await open(`${site.choices}?lang=es`, { form: { decision: 'save', statistics: 'on', no_sharing: 'on' }, headers: dnt })
    const [row] = await site.rowsOf('select * from cookie_decision order by id desc limit 1')
    expect(row).toMatchObject({
      preferences: false,
      statistics: true,
      marketing: false,
      sharing: false,
      asked_on: 'choices',
      edition: 'none',
      locale: 'es',
      gpc: false,
      dnt: true,
      region: null,
    })
    expect(row.words_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(row)).not.toContain(jar.get('frontdesk-choices')?.split('.')[0])
    await expect(
      site.shop.inside((tx) =>
        tx.db
          .updateTable('cookie_decision')
          .set({ statistics: false } as never)
          .execute(),
      ),
    ).rejects.toThrow('permission denied')
  })

  it('can be changed at any time on the page of her choices, and each one is a row of its own [M15]', async () => {
    const { open } = site.browser()
    const first = await open(site.choices)
    expect(first.text).toContain('Your privacy choices')
    expect(first.text).toContain('You have decided nothing yet')
    await open(site.choices, { form: { decision: 'save' } })
    await open(site.choices, { form: { decision: 'save', no_sharing: 'on' } })
    const rows = await site.rowsOf('select sharing, visitor_hash from cookie_decision order by id desc limit 2')
    expect(rows.map(({ sharing }) => sharing)).toEqual([false, true])
    expect(rows[0].visitor_hash).toBe(rows[1].visitor_hash)
    expect((await open(site.choices)).text).toContain('name="no_sharing" checked')

    const optedOut = await open(`${site.choices}/opt-out`, { form: { email: 'ann@home.example' } })
    expect(optedOut.location).toContain('said=opted-out')
    const [request] = await site.rowsOf('select kind, requester_email, regime from request order by number desc limit 1')
    expect(request).toMatchObject({ kind: 'opt_out', requester_email: 'ann@home.example' })
    expect((await open(`${site.choices}/opt-out`, { form: { email: 'nobody' } })).location).toContain('said=wrong')
  })

  it('has another name in every business, so that nobody is matched across them [J11]', async () => {
    const other = await testSiteOf()
    const { open, jar } = site.browser()
    await open(site.choices, { form: { decision: 'save' } })
    await open(`/choices/${other.slug}`, { form: { decision: 'save' } })
    const rows = await site.rowsOf('select workspace_id, visitor_hash from cookie_decision order by id desc limit 2')
    expect(new Set(rows.map(({ workspace_id }) => workspace_id)).size).toBe(2)
    expect(new Set(rows.map(({ visitor_hash }) => visitor_hash)).size).toBe(2)
    expect(jar.size).toBe(1)
    // Nothing that goes out names the reader to anybody: the only hosts of a page are declared ones, and their addresses carry no id.
    await withTags(site, [statistics], async () => {
      await open(site.choices, { form: { decision: 'accept' } })
      const { text } = await open(site.book)
      const outside = [...text.matchAll(/src="(https:[^"]*)"/g)].map(([, address]) => address)
      expect(outside).toEqual(['https://stats.example/count.js'])
    })
  })
})

/** A second business on the same server. */
async function testSiteOf(): Promise<{ slug: string }> {
  const { testWorkspace } = await import('../../apps/server/src/modules/contacts/testing.ts')
  const { workspaceId } = await testWorkspace(test, 'Another one')
  return { slug: (await site.rowsOf('select slug from workspace where id = $1', [workspaceId]))[0].slug }
}
it('marks every link that leaves the site, and tells the other one nothing of the reader [J19]', async () => {
  await test.asSuperuser("update workspace set website = 'https://www.harbor.example/start' where id = $1", [site.shop.workspaceId])
  const { open } = site.browser()
  const booked = await open(`${site.service}/details`, {
    form: { name: 'Lou', email: 'lou@home.example', start: '2027-01-06T15:00:00Z', once: 'links-00001' },
  })
  const found: string[] = []
  for (const path of [site.book, site.service, booked.location, site.choices, `/rights/${site.slug}`, `/do-not-contact/${site.slug}`]) {
    const { text, status } = await open(path)
    expect([path, status]).toEqual([path, 200])
    for (const [anchor] of text.matchAll(/<a [^>]*href="https?:[^>]*>.*?<\/a>/gs)) {
      found.push(anchor)
      expect(anchor).toContain('rel="noopener noreferrer"')
      expect(anchor).toContain('class="ext"')
      expect(anchor).toContain('(another site)')
    }
  }
  expect(found.length).toBeGreaterThanOrEqual(3)
})

it('says the same in every language', () => {
  expect(catalogProblems(cookieWords)).toEqual([])
})
