import type { ContactId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { prepareJobs } from '../../../platform/jobs/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { providePrivacyPorts } from '../../privacy/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { testPages } from '../public/testing.ts'
import { ownPagePath } from './own-page-link.ts'

const test = await testDatabase()
await prepareJobs(test.urls.owner, [sendMailJob])
mailSettings.provide({ from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
providePrivacyPorts()
const { shop, base, open } = await testPages(test)
const mails = async () =>
  (await test.asSuperuser('select count(*)::int as n from mail where workspace_id = $1', [shop.workspaceId])).rows[0].n as number
const pathOf = (contactId: ContactId) => shop.inside(async (tx) => ownPagePath(tx, contactId))

describe('a customer’s own page', () => {
  it('opens for nobody without a link, and for no link of another kind', async () => {
    const other = test.keys.signLink(
      {
        purpose: 'preferences',
        workspaceId: shop.workspaceId,
        subjectId: shop.workspaceId,
        expiresAt: test.clock().add({ hours: 1 }),
        allows: [],
      },
      test.clock(),
    )
    for (const token of ['nothing', other]) expect((await open(`/me/${token}`)).status).toBe(410)
  })

  it('shows what is ahead with its ways, and what was, and nobody else’s', async () => {
    const first = await shop.book({ start: '2027-01-05T14:00:00Z', who: { name: 'Siobhán', email: 'siobhan@example.com' } })
    await shop.book({ start: '2027-01-05T15:00:00Z', who: { name: 'Somebody', email: 'else@example.com' } })
    const gone = await shop.book({ start: '2027-01-06T15:00:00Z', who: { name: 'Siobhán', email: 'siobhan@example.com' } })
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: gone.id, reason: null, quiet: true }))
    const { text, status, headers } = await open(await pathOf(first.contact_id))
    expect(status).toBe(200)
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(text).toContain('January 5')
    expect(text).not.toContain('Somebody')
    expect(text).toMatch(/\/m\/[\w-]+\/move/)
    expect(text).toMatch(/\/m\/[\w-]+\/calendar\.ics/)
    expect(text).toContain('Cancelled')
    expect(text).toMatch(/href="\/preferences\//)
    expect(text).toMatch(/href="\/rights\//)
  })

  it('lists what was in parts', async () => {
    const { contact_id } = await shop.book({ start: '2027-01-07T14:00:00Z', who: { name: 'Often', email: 'often@example.com' } })
    for (let n = 1; n <= 25; n++) {
      const { id } = await shop.book({
        start: Temporal.Instant.from('2027-01-11T14:00:00Z').add({ minutes: 15 * n }),
        who: { name: 'Often', email: 'often@example.com' },
        staffId: await shop.newStaff(`Helper ${n}`, shop.service.id),
      })
      await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: id, reason: null, quiet: true }))
    }
    const page = await open(await pathOf(contact_id))
    expect(page.text.match(/Cancelled/g)).toHaveLength(20)
    const earlier = /href="(\/me\/[^"]+before=[^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect((await open(earlier)).text.match(/Cancelled/g)).toHaveLength(5)
  })

  it('ends after ninety days', async () => {
    const { contact_id } = await shop.book({ start: '2027-01-08T14:00:00Z', who: { name: 'Late', email: 'late@example.com' } })
    const path = await pathOf(contact_id)
    test.clock.advance({ hours: 24 * 91 })
    expect((await open(path)).status).toBe(410)
    test.clock.advance({ hours: -24 * 91 })
  })
})

describe('"send me my link"', () => {
  const ask = (email: string) => open(`${base}/me`, { form: { email } })

  it('refuses what is no address, with what was typed', async () => {
    const answer = await ask('no address')
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="no address"')
  })

  it('answers the same whether or not somebody is known, and mails only who is', async () => {
    await shop.book({ start: '2027-01-08T15:00:00Z', who: { name: 'Known', email: 'known@example.com' } })
    const before = await mails()
    const unknown = await ask('unknown@example.com')
    expect(await mails()).toBe(before)
    const known = await ask('Known@Example.com')
    expect(await mails()).toBe(before + 1)
    expect(known.text).toBe(unknown.text)
    expect(known.status).toBe(unknown.status)
  })

  it('mails an address three times an hour at most, and says nothing of it', async () => {
    await shop.book({ start: '2027-01-08T16:00:00Z', who: { name: 'Twice', email: 'twice@example.com' } })
    const before = await mails()
    for (let n = 0; n < 5; n++) expect((await ask('twice@example.com')).status).toBe(200)
    expect(await mails()).toBe(before + 3)
  })
})

describe('booking for somebody else', () => {
  it('keeps booker and attendee apart, finds the same child again, and writes to the booker', async () => {
    const who = { name: 'Pia Parent', email: 'pia@parent.example' }
    const attendee = { name: 'Tom', relation: 'child' } as const
    const one = await shop.book({ start: '2027-01-13T14:00:00Z', who, attendee })
    const two = await shop.book({ start: '2027-01-13T15:00:00Z', who, attendee })
    expect(one.attendee_id).not.toBe(one.contact_id)
    expect(two.attendee_id).toBe(one.attendee_id)
    const { rows } = await test.asSuperuser(
      `select c.name, (select count(*)::int from contact_point p where p.contact_id = c.id) as points, r.kind, r.contact_id
       from contact c join contact_relation r on r.other_id = c.id where c.id = $1`,
      [one.attendee_id],
    )
    expect(rows).toEqual([{ name: 'Tom', points: 0, kind: 'parent', contact_id: one.contact_id }])
    const { text } = await open(await pathOf(one.contact_id))
    expect(text).toContain('For Tom')
  })

  it('finds nobody by a name alone: Tom of another mother is another Tom', async () => {
    const other = await shop.book({
      start: '2027-01-13T16:00:00Z',
      who: { name: 'Olga Other', email: 'olga@parent.example' },
      attendee: { name: 'Tom', relation: 'child' },
    })
    const { rows } = await test.asSuperuser("select count(*)::int as n from contact where name = 'Tom' and workspace_id = $1", [
      shop.workspaceId,
    ])
    expect(rows[0].n).toBe(2)
    expect(other.attendee_id).not.toBe(other.contact_id)
  })

  it('asks for both or neither on the page, and shows it with the appointment', async () => {
    const details = `${base}/cleaning-and-check-up/details`
    const form = { name: 'Pia Parent', email: 'pia@parent.example', start: '2027-01-14T14:00:00Z', once: 'form-token-else' }
    const half = await open(details, { form: { ...form, attendeeName: 'Tom' } })
    expect(half.status).toBe(422)
    expect(half.text).toContain('<details class="else" open>')
    const booked = await open(details, { form: { ...form, attendeeName: 'Tom', attendeeRelation: 'child' } })
    expect((await open(booked.location)).text).toContain('<dt>For</dt><dd>Tom</dd>')
  })
})
