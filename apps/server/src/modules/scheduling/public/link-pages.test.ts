import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { surroundings } from '../surroundings.ts'
import { testPages } from './testing.ts'

const test = await testDatabase()
const { shop, open, bookOnPage } = await testPages(test)

describe('behind the link', () => {
  it('the appointment can be moved, and the old time is free again', async () => {
    const path = await bookOnPage('2027-01-11T15:00:00Z')
    const question = await open(`${path}/move?start=2027-01-11T18:00:00Z`)
    expect(question.text).toContain('Move your appointment?')
    const moved = await open(`${path}/move`, { form: { start: '2027-01-11T18:00:00Z' } })
    expect(moved.status).toBe(303)
    expect((await open(moved.location)).text).toContain('Your appointment is moved')
    await shop.book({ start: '2027-01-11T15:00:00Z' })
    // The link of the first mail shows the appointment where it is now.
    expect((await open(path)).text).toMatch(/1:00\s?–\s?1:30\sPM/)
  })

  it('a move to a taken time is answered with others', async () => {
    const path = await bookOnPage('2027-01-12T15:00:00Z')
    await shop.book({ start: '2027-01-12T18:00:00Z' })
    const lost = await open(`${path}/move`, { form: { start: '2027-01-12T18:00:00Z' } })
    expect(lost.status).toBe(409)
    const offer = /type="radio" name="start" value="([^"]+)"/.exec(lost.text)?.[1] ?? ''
    expect((await open(`${path}/move`, { form: { start: offer } })).status).toBe(303)
  })

  it('it is cancelled once, with a reason, and can be booked anew', async () => {
    const path = await bookOnPage('2027-01-13T15:00:00Z')
    expect((await open(`${path}/cancel`)).text).toContain('Cancel your appointment?')
    const cancelled = await open(`${path}/cancel`, { form: { reason: 'Flu\r\nand fever' } })
    expect((await open(cancelled.location)).text).toContain('Your appointment is cancelled')
    const again = await open(`${path}/cancel`, { form: {} })
    expect([again.status, again.location.includes('just=changed')]).toEqual([303, true])
    const { rows } = await test.asSuperuser(
      `select cancel_reason, cancelled_by from booking where workspace_id = $1 and starts_at = '2027-01-13T15:00:00Z'`,
      [shop.workspaceId],
    )
    expect(rows).toEqual([{ cancel_reason: 'Flu and fever', cancelled_by: 'contact' }])
    await bookOnPage('2027-01-13T15:00:00Z', { once: 'a-new-form-0001' })
  })

  it('there is a calendar file', async () => {
    const path = await bookOnPage('2027-01-14T15:00:00Z')
    const answer = await open(`${path}/calendar.ics`)
    expect(answer.headers['content-type']).toContain('text/calendar')
    expect(answer.headers['content-disposition']).toContain('attachment')
    const calendar = new ICAL.Component(ICAL.parse(answer.text))
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
    expect(event.startDate.toString()).toBe('2027-01-14T15:00:00Z')
    expect(event.attendees).toHaveLength(0)
  })

  it('the page itself gives link and file where no mail leaves', async () => {
    const path = await bookOnPage('2027-01-14T16:00:00Z')
    const settings = surroundings.get()
    surroundings.provide({ ...settings, mailLeaves: () => false })
    const answer = await open(`${path}?just=booked`)
    surroundings.provide(settings)
    expect(answer.text).toContain('This business sends no mail.')
    expect(answer.text).toContain(`value="https://desk.example.com/m/`)
    expect(answer.text).toContain('/calendar.ics"')
    expect(answer.text).not.toContain('on its way to your mail')
  })

  it('it is too late on the day before, and the business’s number stands there', async () => {
    const path = await bookOnPage('2027-01-15T15:00:00Z')
    const now = test.clock()
    test.clock.set('2027-01-14T16:00:00Z')
    expect((await open(path)).text).toContain('It is too late to change it here.')
    expect((await open(`${path}/cancel`)).status).toBe(303)
    const forced = await open(`${path}/cancel`, { form: {} })
    expect(forced.location).toContain('just=changed')
    test.clock.set('2027-01-17T16:00:00Z')
    expect((await open(path)).status).toBe(410)
    test.clock.set(now)
  })
})
