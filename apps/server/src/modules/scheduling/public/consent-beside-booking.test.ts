import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testPages, visitor } from './testing.ts'

const test = await testDatabase()
const { shop, details, open } = await testPages(test)
const ask = (keys: readonly string[]) =>
  test.asSuperuser(
    `insert into consent_kit (workspace_id, id, version, booking_page, counter, keyword, counter_code, updated_at)
     values ($1, $1, 1, $2, '[]', 'JOIN', $1, now()) on conflict (workspace_id) do update set booking_page = excluded.booking_page`,
    [shop.workspaceId, JSON.stringify(keys)],
  )
const given = async () =>
  (
    await test.asSuperuser(
      `select c.channel, c.purpose, c.level, c.how, c.signed_name, w.words, w.words_hash from consent c
       join consent_wording w on w.workspace_id = c.workspace_id and w.id = c.wording_id where c.workspace_id = $1`,
      [shop.workspaceId],
    )
  ).rows
const book = (start: string, more: Record<string, string> = {}) =>
  open(details, { form: { ...visitor, start, phone: '(207) 555-0172', once: `once-${start.replace(/\W/g, '')}`, ...more } })

describe('a consent beside a booking', () => {
  it('is not asked, and not taken, until an owner switched it on', async () => {
    expect((await open(`${details}?start=2027-01-05T15:00:00Z`)).text).not.toContain('type="checkbox"')
    expect((await book('2027-01-05T15:00:00Z', { agree_texts_bookings: 'on' })).status).toBe(303)
    expect(await given()).toEqual([])
  })

  it('is asked unticked, and nobody has to agree in order to book [N14]', async () => {
    await ask(['texts_bookings', 'ai_calls_bookings'])
    const page = await open(`${details}?start=2027-01-05T16:00:00Z`, { languages: 'fr' })
    expect(page.text.match(/type="checkbox"/g)).toHaveLength(2)
    expect(page.text).not.toContain(' checked')
    expect(page.text).toContain('Oui, Salon Ana (+12075550118) peut')
    expect((await book('2027-01-05T16:00:00Z')).status).toBe(303)
    expect(await given()).toEqual([])
  })

  it('keeps the tick when something else in the form is wrong, and records the words she saw as proof', async () => {
    const again = await book('2027-01-05T17:00:00Z', { agree_texts_bookings: 'on', email: 'nonsense' })
    expect(again.status).toBe(422)
    expect(again.text).toMatch(/name="agree_texts_bookings" value="[0-9a-f]{16}" checked/)
    expect(await given()).toEqual([])
    await book('2027-01-05T17:00:00Z', { agree_texts_bookings: 'on' })
    await book('2027-01-05T17:00:00Z', { agree_texts_bookings: 'on' })
    expect(await given()).toEqual([
      {
        channel: 'sms',
        purpose: 'service',
        level: 'pewc',
        how: 'booking_page',
        signed_name: visitor.name,
        words: expect.stringMatching(/^Yes, Salon Ana \(\+12075550118\) may send texts about my bookings/),
        words_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })
})
