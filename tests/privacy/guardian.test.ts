import type { ContactId } from '@frontdesk/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardianUrl } from '../../apps/server/src/modules/privacy/ages/guardian.ts'
import { askForChild, reportChild } from '../../apps/server/src/modules/privacy/ages/report-child.ts'
import { restrictionOf } from '../../apps/server/src/modules/privacy/erasure/restriction-of.ts'
import { dueFlags, eraseFlagged } from '../../apps/server/src/modules/privacy/geography/erase-flagged.ts'
import { flagsOf } from '../../apps/server/src/modules/privacy/geography/flags-of.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openRaw } from '../../apps/server/src/platform/mail/raw-mail.ts'
import { type TestSite, testSite } from './site.ts'

const test = await testDatabase()
let site: TestSite
beforeAll(async () => {
  site = await testSite(test)
})
afterAll(() => site.stop())

/** Starts what is due, and lets it run to its end. */
async function hourly(): Promise<void> {
  const by = { kind: 'system', workspaceId: site.shop.workspaceId, job: 'privacy.erase-flagged' } as const
  for (const id of await site.shop.inside(dueFlags)) await site.shop.inside((tx) => eraseFlagged(tx, by, id))
  await site.settle()
}
const isHere = async (id: ContactId) => (await site.rowsOf('select id from contact where id = $1', [id])).length === 1
const restricted = (id: ContactId) => site.shop.inside(async (tx) => (await restrictionOf(tx, id)) !== undefined)

describe('a child whose parent or guardian is asked by a member', () => {
  const flagsFor = (id: ContactId) => site.shop.inside((tx) => flagsOf(tx, site.shop.as.member, id))
  const ask = (id: ContactId, email: string) =>
    site.shop.inside((tx) => askForChild(tx, site.shop.as.member, { contactId: id, name: 'Mia Ray', email }))
  beforeAll(() => site.choose({ 'age.min': 16, 'age.guardian': 'allowed' }))
  afterAll(() => site.choose({ 'age.guardian': 'none' }))

  it('is refused where the business lets nobody agree, and where the address is the child’s own; nothing is sent or kept', async () => {
    const kid = await site.shop.newContact('zoe@home.example', 'Zoe Ray')
    await expect(ask(kid, 'Zoe@home.example')).rejects.toMatchObject({ type: 'privacy/guardian-is-child' })
    await site.choose({ 'age.guardian': 'none' })
    await expect(ask(kid, 'new-parent@home.example')).rejects.toMatchObject({ type: 'http/not-allowed' })
    await site.choose({ 'age.guardian': 'allowed' })
    expect(await site.rowsOf("select id from contact_point where value_normalized = 'new-parent@home.example'")).toEqual([])
    expect(await flagsFor(kid)).toEqual({
      underAge: false,
      ageLimit: 16,
      guardianMayAgree: true,
      guardian: null,
      served: ['US', 'CA'],
      open: [],
    })
    await expect(
      site.shop.inside((tx) => askForChild(tx, site.shop.as.auditor, { contactId: kid, name: 'Mia Ray', email: 'mia@home.example' })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('is not used until she agrees behind the link in her mail, and then served, without marketing', async () => {
    const kid = await site.shop.newContact('ben@home.example', 'Ben Ray')
    await ask(kid, 'mia@home.example')
    expect(await restricted(kid)).toBe(true)
    const { open, guardian } = await flagsFor(kid)
    expect(open.map(({ reason, foundBy, dueAt }) => [reason, foundBy, dueAt])).toEqual([['child', 'member', guardian?.endsAt]])
    const waits = Temporal.Instant.from(guardian?.endsAt ?? '').since(Temporal.Instant.from(guardian?.askedAt ?? ''))
    expect(waits.total('hours')).toBe(24 * 7)
    const [row] = await site.rowsOf('select * from guardian_consent where child_id = $1', [kid])
    const [mail] = await site.rowsOf('select id, raw from mail where contact_id = $1 order by id desc limit 1', [row.contact_id])
    const sent = await site.shop.inside(async (tx) => String(openRaw(tx, 'mail', mail.id, mail.raw)))
    expect(sent).toContain('/guardian/')
    expect(sent).not.toMatch(/\bBen\b|ben@/i)
    const link = await site.shop.inside(async (tx) => new URL(guardianUrl(tx, row)).pathname)
    const parent = site.browser()
    expect((await parent.open(link)).text).toContain('Until you agree nothing of the child is used')
    expect(await restricted(kid)).toBe(true)
    expect((await parent.open(link, { form: {} })).text).toContain('Your agreement is kept.')
    expect(await restricted(kid)).toBe(false)
    const after = await flagsFor(kid)
    expect([after.underAge, after.open, after.guardian?.agreedAt]).toEqual([true, [], test.clock().toString()])
    test.clock.advance({ hours: 24 * 8 })
    await hourly()
    expect(await isHere(kid)).toBe(true)
  })

  it('is erased where nobody agrees in time, and an earlier end stays', async () => {
    const kid = await site.shop.newContact('eva@home.example', 'Eva Ray')
    await ask(kid, 'mia@home.example')
    const sooner = await site.shop.newContact('jon@home.example', 'Jon Ray')
    await site.shop.inside((tx) => reportChild(tx, site.shop.owner, { contactId: sooner }))
    await ask(sooner, 'mia@home.example')
    test.clock.advance({ hours: 24 })
    await hourly()
    expect([await isHere(kid), await isHere(sooner)]).toEqual([true, false])
    test.clock.advance({ hours: 24 * 6 })
    await hourly()
    expect(await isHere(kid)).toBe(false)
    expect(await site.rowsOf('select child_id from guardian_consent where child_id = any ($1)', [[kid, sooner]])).toEqual([])
  })
})
