import type { ContactId } from '@frontdesk/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createContact, editContact, loadContact } from '../../apps/server/src/modules/contacts/index.ts'
import { restrictionOf } from '../../apps/server/src/modules/privacy/erasure/restriction-of.ts'
import { dueFlags, eraseFlagged } from '../../apps/server/src/modules/privacy/geography/erase-flagged.ts'
import { knowResidence } from '../../apps/server/src/modules/privacy/geography/know-residence.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type TestSite, testSite } from './site.ts'

const test = await testDatabase()
let site: TestSite
beforeAll(async () => {
  site = await testSite(test)
})
beforeEach(() => site.choose({ 'geo.mode': 'US_CA_only', 'geo.contact_screening': 'off' }))
afterAll(() => site.stop())

const add = (kind: 'email' | 'phone', value: string) =>
  site.shop.inside((tx) => createContact(tx, site.shop.owner, { name: value, points: [{ kind, value }], tags: [] } as never))
const isHere = async (id: ContactId) => (await site.rowsOf('select id from contact where id = $1', [id])).length === 1
const restricted = (id: ContactId) => site.shop.inside(async (tx) => (await restrictionOf(tx, id)) !== undefined)
async function hourly(): Promise<void> {
  const by = { kind: 'system', workspaceId: site.shop.workspaceId, job: 'privacy.erase-flagged' } as const
  for (const id of await site.shop.inside(dueFlags)) await site.shop.inside((tx) => eraseFlagged(tx, by, id))
  await site.settle()
}

describe('people of places that are not served', () => {
  it('are let in as everybody, as long as nobody screens', async () => {
    const id = await add('phone', '+442079460018')
    expect(await restricted(id)).toBe(false)
  })

  it('are kept apart by number and mail address, whoever brings them, and gone after a week [Q2]', async () => {
    await site.choose({ 'geo.contact_screening': 'quarantine' })
    const uk = await add('phone', '+442079460019')
    const de = await add('email', 'ann@praxis.de')
    const us = await add('phone', '+12125550147')
    const booked = await site.browser().open(`${site.service}/details`, {
      form: { name: 'Jo Roux', email: 'jo@cabinet.fr', start: '2027-01-05T15:00:00Z', once: 'geo-00001' },
    })
    expect(booked.status).toBe(303)
    const [fr] = await site.rowsOf("select contact_id as id from contact_point where value_normalized = 'jo@cabinet.fr'")
    expect(await Promise.all([uk, de, fr.id, us].map(restricted))).toEqual([true, true, true, false])
    const flags = await site.rowsOf("select country, found_by, reason from flagged_contact where state = 'open' order by id")
    expect(flags).toEqual([
      { country: 'GB', found_by: 'phone', reason: 'place' },
      { country: 'DE', found_by: 'mail', reason: 'place' },
      { country: 'FR', found_by: 'mail', reason: 'place' },
    ])
    test.clock.advance({ hours: 24 * 6 })
    await hourly()
    expect(await isHere(uk)).toBe(true)
    test.clock.advance({ hours: 25 })
    await hourly()
    expect(await Promise.all([uk, de, us].map(isHere))).toEqual([false, false, true])
    test.clock.set('2027-01-04T14:00:00Z')
  })

  it('are refused where the business wants that, with a sentence that says so; nothing is kept', async () => {
    await site.choose({ 'geo.contact_screening': 'reject' })
    await expect(add('phone', '+4930123456')).rejects.toMatchObject({ type: 'privacy/place-not-served', facts: { country: 'DE' } })
    const refused = await site.browser().open(`${site.service}/details`, {
      form: { name: 'Jo Roux', email: 'jo@bureau.fr', start: '2027-01-05T16:00:00Z', once: 'geo-00002' },
    })
    expect(refused.status).toBe(451)
    expect(refused.text).toContain('This business does not serve the country of this number or address.')
    expect(refused.text).toContain('jo@bureau.fr')
    expect(await site.rowsOf("select id from contact_point where value_normalized in ('jo@bureau.fr', '+4930123456')")).toEqual([])
    await site.choose({ 'geo.mode': 'custom_list', 'geo.signup_allow': ['US', 'DE'] })
    expect(await isHere(await add('phone', '+4930123456'))).toBe(true)
  })

  it('are kept apart once a card gets such a number or address, and not for what stood there before', async () => {
    const edit = async (contactId: ContactId, points: readonly { kind: 'email' | 'phone'; value: string; id?: string }[]) =>
      site.shop.inside(async (tx) => {
        const { version } = await loadContact(tx, site.shop.owner, contactId)
        await editContact(tx, site.shop.as.member, { contactId, version, points } as never)
      })
    const old = await add('phone', '+442079460021')
    await site.choose({ 'geo.contact_screening': 'quarantine' })
    const [kept] = await site.rowsOf('select id, value_normalized as value from contact_point where contact_id = $1', [old])
    await edit(old, [
      { kind: 'phone', ...kept },
      { kind: 'email', value: 'old@home.example' },
    ])
    expect(await restricted(old)).toBe(false)
    const id = await add('phone', '+12125550148')
    const [point] = await site.rowsOf('select id from contact_point where contact_id = $1', [id])
    await edit(id, [{ kind: 'phone', value: '+442079460022', id: point.id }])
    expect(await restricted(id)).toBe(true)
    expect(await site.rowsOf('select country, found_by from flagged_contact where contact_id = $1', [id])).toEqual([
      { country: 'GB', found_by: 'phone' },
    ])
    await site.choose({ 'geo.contact_screening': 'reject' })
    const other = await add('email', 'lia@home.example')
    await expect(edit(other, [{ kind: 'email', value: 'lia@praxis.de' }])).rejects.toMatchObject({ type: 'privacy/place-not-served' })
    expect(await site.rowsOf('select value_normalized as value from contact_point where contact_id = $1', [other])).toEqual([
      { value: 'lia@home.example' },
    ])
  })

  it('are erased once somebody knows where they live, although nothing pointed to it [Q3]', async () => {
    const id = await add('email', 'lou@home.example')
    expect(await site.shop.inside((tx) => knowResidence(tx, site.shop.as.member, { contactId: id, country: 'CA' }))).toEqual({
      served: true,
    })
    expect(await restricted(id)).toBe(false)
    expect(await site.shop.inside((tx) => knowResidence(tx, site.shop.as.member, { contactId: id, country: 'FR' }))).toEqual({
      served: false,
    })
    expect(await restricted(id)).toBe(true)
    test.clock.advance({ hours: 21 })
    await hourly()
    expect(await isHere(id)).toBe(false)
    test.clock.set('2027-01-04T14:00:00Z')
  })

  it('are served like everybody where the business is open to all: nobody is kept apart, and pages still ask first', async () => {
    await site.choose({ 'geo.mode': 'open', 'geo.contact_screening': 'reject' })
    const id = await add('phone', '+442079460077')
    expect(await restricted(id)).toBe(false)
    expect(await site.shop.inside((tx) => knowResidence(tx, site.shop.as.member, { contactId: id, country: 'FR' }))).toEqual({
      served: true,
    })
    const german = [
      ['x-forwarded-for', '203.0.113.9'],
      ['cf-ipcountry', 'DE'],
    ] as const
    const { set, status } = await site.browser().open(site.book, { headers: german })
    expect([status, set]).toEqual([200, []])
  })
})
