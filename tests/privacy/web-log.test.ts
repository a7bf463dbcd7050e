import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldWebLog } from '../../apps/server/src/modules/privacy/cookies/fold-web-log.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type TestSite, testSite } from './site.ts'

const test = await testDatabase()
let site: TestSite
beforeAll(async () => {
  site = await testSite(test)
})
afterAll(() => site.stop())

describe('the web log', () => {
  const visit = [
    ['user-agent', 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0) AppleWebKit/605 Version/26 Safari/604'],
    ['referer', 'https://search.example/find?q=ann+lee'],
    ['x-forwarded-for', '203.0.113.77'],
    ['cf-ipcity', 'Portland'],
    ['cf-iplatitude', '43.66147'],
  ] as const

  it('has fixed fields without address or query, and older visits are only counted [J7]', async () => {
    await site.flush()
    await site.rowsOf('delete from web_visit')
    await site.browser().open(`${site.service}?name=ann&date=2027-01-06`, { headers: visit })
    await site.flush()
    const [row, ...more] = await site.rowsOf('select * from web_visit')
    expect(more).toEqual([])
    expect(Object.keys(row).sort()).toEqual(
      ['workspace_id', 'id', 'at', 'page', 'status', 'browser', 'platform', 'language', 'referrer', 'visitor_hash'].sort(),
    )
    expect(row).toMatchObject({
      page: '/b/:business/:service',
      status: 200,
      browser: 'Safari',
      platform: 'iOS',
      referrer: 'search.example',
    })
    expect(JSON.stringify(row)).not.toMatch(/203\.0\.113|ann|find/)
    await site.shop.inside(foldWebLog)
    expect(await site.rowsOf('select id from web_visit')).toHaveLength(1)
    test.clock.advance({ hours: 24 * 31 })
    await site.shop.inside(foldWebLog)
    await site.shop.inside(foldWebLog)
    expect(await site.rowsOf('select id from web_visit')).toEqual([])
    const days = await site.rowsOf("select page, views::int as views from web_day where page = '/b/:business/:service'")
    expect(days).toEqual([{ page: '/b/:business/:service', views: 1 }])
  })

  it('leads to nobody: a keyed hash of the day and the truncated network, in no account, another one tomorrow [J8]', async () => {
    const hashes = async (ip: string) => {
      await site.rowsOf('delete from web_visit')
      await site.browser().open(site.book, { headers: [['x-forwarded-for', ip]] })
      await site.flush()
      return (await site.rowsOf('select visitor_hash from web_visit'))[0].visitor_hash
    }
    const today = await hashes('203.0.113.77')
    expect(await hashes('203.0.113.12')).toBe(today)
    test.clock.advance({ hours: 24 })
    expect(await hashes('203.0.113.77')).not.toBe(today)
    const { rows } = await test.asSuperuser(
      "select table_name, column_name from information_schema.columns where table_schema in ('public', 'auth', 'platform') and column_name ~ '(^|_)(ip|ip_address|remote_addr)$'",
    )
    expect(rows).toEqual([])
    await site.rowsOf('delete from web_visit')
    const dump = await test.asSuperuser("select count(*)::int as found from audit_entry where audit_entry::text like '%203.0.113%'")
    expect(dump.rows[0].found).toBe(0)
  })

  it('knows a country at most, and nothing of where somebody stands [C14]', async () => {
    await site.rowsOf('delete from web_visit')
    const { open } = site.browser()
    await open(site.choices, { form: { decision: 'save' }, headers: [...visit, ['cf-ipcountry', 'US']] })
    await open(site.book, { headers: visit })
    await site.flush()
    const [decision] = await site.rowsOf('select * from cookie_decision order by id desc limit 1')
    expect(decision.region).toBe('US')
    const kept = JSON.stringify([decision, await site.rowsOf('select * from web_visit')])
    expect(kept).not.toMatch(/Portland|43\.66/)
    const { rows } = await test.asSuperuser(
      "select table_name, column_name from information_schema.columns where table_schema in ('public', 'auth', 'platform') and column_name ~ '(latitude|longitude|(^|_)(lat|lng|lon)$|coordinates|postal_code|geopoint)'",
    )
    expect(rows).toEqual([])
  })
})
