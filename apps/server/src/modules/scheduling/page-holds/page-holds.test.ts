import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testPages, visitor } from '../public/testing.ts'
import { addResource } from '../resources/write-resource.ts'

const test = await testDatabase()
const { shop, base, service, details, open } = await testPages(test)

/** Chooses a time on the page; gives the address of the form. */
const choose = async (start: string, more: Record<string, string> = {}) =>
  (await open(`${service}/hold`, { form: { start, ...more } })).location
const holdIn = (address: string) => new URL(address, 'https://desk.example.com').searchParams.get('hold') ?? ''
const ask = (start: string, hold: string, act: string) => open(details, { form: { ...visitor, start, hold, act } })

describe('a time that is chosen on the page', () => {
  it('is kept for ten minutes, says until when, and is offered to nobody else', async () => {
    const form = await open(await choose('2027-01-05T14:00:00Z'))
    expect(form.text).toMatch(/We keep this time for you until \d+:\d\d [AP]M\./)
    expect(form.text).toContain('Keep it longer')
    expect((await open(`${service}?date=2027-01-05`)).text).not.toContain('value="2027-01-05T14:00:00Z"')
    await expect(shop.book({ start: '2027-01-05T14:00:00Z' })).rejects.toMatchObject({ type: 'scheduling/slot-taken' })
    const other = await choose('2027-01-05T14:15:00Z')
    expect(other).toContain('lost=')
    expect(other).not.toContain('hold=')
  })

  it('is booked by whoever keeps it, with the person who was kept, and is kept no more', async () => {
    const start = '2027-01-05T15:00:00Z'
    const hold = holdIn(await choose(start))
    const booked = await open(details, { form: { ...visitor, start, hold, once: 'form-token-hold-1' } })
    expect(booked.location).toContain('just=booked')
    const { rows } = await test.asSuperuser('select count(*)::int as n from page_hold where id = $1', [hold])
    expect(rows[0].n).toBe(0)
  })

  it('is let go once another one is chosen, and the way back to it stands beside the times', async () => {
    const hold = holdIn(await choose('2027-01-05T17:00:00Z'))
    const times = await open(`${service}?date=2027-01-06&hold=${hold}`)
    expect(times.text).toContain('Go on with it')
    expect(times.text).toContain(`<input type="hidden" name="hold" value="${hold}">`)
    await choose('2027-01-05T18:00:00Z', { hold })
    expect((await open(`${service}?date=2027-01-05`)).text).toContain('value="2027-01-05T17:00:00Z"')
  })

  it('is prolonged by five minutes, ten times, and keeps what was typed', async () => {
    const start = '2027-01-06T14:00:00Z'
    const hold = holdIn(await choose(start))
    const until = async () =>
      (await test.asSuperuser('select expires_at, extensions from page_hold where id = $1', [hold])).rows[0] as {
        expires_at: Temporal.Instant
        extensions: number
      }
    const before = await until()
    const answer = await ask(start, hold, 'extend')
    expect(answer.text).toContain(`value="${visitor.email}"`)
    expect((await until()).expires_at.since(before.expires_at).total('minutes')).toBe(5)
    for (let more = 0; more < 12; more++) await ask(start, hold, 'extend')
    expect((await until()).extensions).toBe(10)
    expect((await ask(start, hold, 'look')).text).toContain('It cannot be kept any longer.')
  })

  it('can still be booked after it ran out, as long as nobody took it', async () => {
    const start = '2027-01-06T16:00:00Z'
    const hold = holdIn(await choose(start))
    test.clock.advance({ minutes: 11 })
    expect((await ask(start, hold, 'look')).text).toContain('Nobody has taken it')
    expect((await ask(start, hold, 'extend')).text).toContain('Nobody has taken it')
    const booked = await open(details, { form: { ...visitor, start, hold, once: 'form-token-hold-2' } })
    expect(booked.location).toContain('just=booked')
  })

  it('says kindly when it ran out and somebody took it, with the nearest times and all that was typed', async () => {
    const start = '2027-01-06T18:00:00Z'
    const hold = holdIn(await choose(start))
    test.clock.advance({ minutes: 11 })
    await shop.book({ start })
    const answer = await ask(start, hold, 'look')
    expect(answer.status).toBe(409)
    expect(answer.text).toContain(`value="${visitor.email}"`)
    expect(answer.text).toMatch(/<input type="radio" name="start"/)
  })

  it('is given up to the desk, which has the last word, and to nobody else', async () => {
    const start = '2027-01-07T14:00:00Z'
    const hold = holdIn(await choose(start))
    await shop.inside(async (tx) => {
      const { bookAppointment } = await import('../book-appointment.ts')
      return bookAppointment(tx, shop.owner, {
        serviceId: shop.service.id,
        start: Temporal.Instant.from(start),
        who: { name: 'Walk In', email: 'walk@example.com' },
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: true,
        quiet: true,
        holdMinutes: null,
      })
    })
    expect((await ask(start, hold, 'look')).status).toBe(409)
  })

  it('keeps the room too that it takes, for everybody who could use it', async () => {
    const room = await shop.inside((tx) => addResource(tx, shop.owner, { name: 'Room', kind: 'room', active: true }))
    const needs = [{ resourceIds: [room.id], required: 1 }]
    const massage = await shop.newService({ name: 'Massage', needs, staffIds: [await shop.newStaff('Bo')] })
    const facial = await shop.newService({ name: 'Facial', needs, staffIds: [await shop.newStaff('Cy')] })
    const start = '2027-01-07T18:00:00Z'
    expect(holdIn((await open(`${base}/massage/hold`, { form: { start } })).location)).not.toBe('')
    await expect(shop.book({ start, serviceId: facial.id })).rejects.toMatchObject({ type: 'scheduling/slot-taken' })
    test.clock.advance({ minutes: 11 })
    expect((await shop.book({ start, serviceId: massage.id })).status).toBe('confirmed')
  })

  it('cannot be had in any number by one address; the form still comes', async () => {
    const all = []
    for (let more = 0; more < 65; more++) all.push(await choose('2027-01-08T14:00:00Z'))
    expect(all.at(-1)).toContain('/details?start=')
    expect(all.at(-1)).not.toContain('hold=')
  })
})
