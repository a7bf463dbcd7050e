import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gpcCounts, gpcStates } from '../../apps/server/src/modules/privacy/cookies/gpc-states.ts'
import { saidNoToSharing } from '../../apps/server/src/modules/privacy/cookies/note-signals.ts'
import { preferencePath } from '../../apps/server/src/modules/privacy/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type TestSite, testSite } from './site.ts'
import { advertising, statistics, withTags } from './tags.ts'

const test = await testDatabase()
let site: TestSite
beforeAll(async () => {
  site = await testSite(test)
})
afterAll(() => site.stop())

const gpc = [['sec-gpc', '1']] as const
const dnt = [['dnt', '1']] as const

describe('the signals of browsers', () => {
  it.each<[string, readonly (readonly [string, string])[], boolean]>([
    ['one that is exactly 1', [['sec-gpc', '1']], true],
    [
      'one of several',
      [
        ['sec-gpc', '0'],
        ['sec-gpc', '1'],
      ],
      true,
    ],
    ['another value', [['sec-gpc', 'true']], false],
    ['two in one', [['sec-gpc', '1, 1']], false],
    [
      'several, none of them exactly 1',
      [
        ['sec-gpc', '0'],
        ['sec-gpc', '1;q=1'],
      ],
      false,
    ],
    ['none', [], false],
  ])('hear Global Privacy Control: %s', async (_case, headers, heard) => {
    const { text } = await site.browser().open(site.choices, { headers })
    expect(text.includes('Your browser asks not to be sold (Global Privacy Control): honoured.')).toBe(heard)
  })

  it('say at a fixed address that they are heard', async () => {
    const { text, status } = await site.browser().open('/.well-known/gpc.json')
    expect([status, JSON.parse(text)]).toEqual([200, { gpc: true, lastUpdate: '2026-11-30' }])
  })

  it('keep advertising and sharing off, whatever was ticked; DNT changes nothing unless the business says so [J16]', async () => {
    await withTags(site, [statistics, advertising], async () => {
      const { open } = site.browser()
      await open(site.choices, { form: { decision: 'accept', back: site.book } })
      const plain = await open(site.book)
      expect(plain.text).toContain('reach.js')
      const withDnt = await open(site.book, { headers: dnt })
      expect(withDnt.text).toBe(plain.text)
      const withGpc = await open(site.book, { headers: gpc })
      expect(withGpc.text).not.toContain('reach.js')
      expect(withGpc.text).toContain('count.js')
      expect(withGpc.text).toContain('Your browser asks not to be sold: honoured')
      await open(site.choices, { form: { decision: 'accept', back: site.book }, headers: gpc })
      const [row] = await site.rowsOf('select marketing, sharing, statistics, gpc from cookie_decision order by id desc limit 1')
      expect(row).toEqual({ marketing: false, sharing: false, statistics: true, gpc: true })

      await site.choose({ 'signals.dnt': 'honor' })
      const heeded = await open(site.book, { headers: dnt })
      expect(heeded.text).not.toMatch(/count\.js|reach\.js/)
      expect((await open(site.choices, { headers: dnt })).text).toContain('Your browser asks not to be tracked: honoured.')
      await site.choose({ 'signals.dnt': 'ignore' })
    })

    const ann = await site.shop.newContact('gpc@home.example', 'Gia Ray')
    const path = await site.shop.inside(async (tx) => preferencePath(tx, ann))
    await site.browser().open(path, { headers: gpc })
    await site.browser().open(path, { headers: gpc })
    const ledger = await site.rowsOf('select signal, seen_on from privacy_signal where contact_id = $1', [ann])
    expect(ledger).toEqual([{ signal: 'gpc', seen_on: 'preferences' }])
    expect(await site.shop.inside((tx) => saidNoToSharing(tx, ann))).toBe(true)
  })

  it('of a stranger are a number of the day, and nothing else is kept of her', async () => {
    const { open, jar } = site.browser()
    await open(site.book, { headers: gpc })
    await open(site.service, { headers: gpc })
    await site.flush()
    const [day] = await site.rowsOf("select visits::int as visits from signal_day where signal = 'gpc' order by day desc limit 1")
    expect(day.visits).toBeGreaterThanOrEqual(2)
    expect([...jar]).toEqual([])
  })

  it('count for everybody who may live where a law makes them binding, also where the business would rather not', async () => {
    expect(gpcStates.map(({ state }) => state)).toEqual(expect.arrayContaining(['CA', 'CO', 'CT', 'TX', 'MT', 'NJ', 'NH']))
    expect(gpcStates.filter(({ certainty, compared }) => certainty === 'as_remembered' || compared === '')).toEqual([])
    expect([gpcCounts('ignore', undefined), gpcCounts('ignore', 'US'), gpcCounts('ignore', 'DE'), gpcCounts('honor', 'DE')]).toEqual([
      true,
      true,
      false,
      true,
    ])
    await site.choose({ 'signals.gpc': 'ignore' })
    const from = (country: string) =>
      [
        ['sec-gpc', '1'],
        ['x-forwarded-for', '198.51.100.7'],
        ['cf-ipcountry', country],
      ] as const
    const { open } = site.browser()
    expect((await open(site.choices, { headers: from('US') })).text).toContain('honoured')
    expect((await open(site.choices, { headers: from('DE') })).text).toContain('does not follow it where no law asks for it')
    await site.choose({ 'signals.gpc': 'honor' })
  })
})
