import ICAL from 'ical.js'
import ical from 'node-ical'
import { describe, expect, it } from 'vitest'
import { type CalendarEntry, calendarFile } from './calendar-file.ts'

const entry: CalendarEntry = {
  threadId: '019b1d5c-0000-7000-8000-000000000001',
  sequence: 0,
  start: Temporal.Instant.from('2027-03-14T14:00:00Z'),
  end: Temporal.Instant.from('2027-03-14T14:45:00Z'),
  now: Temporal.Instant.from('2027-01-04T14:00:00Z'),
  createdAt: Temporal.Instant.from('2027-01-04T13:59:00Z'),
  changedAt: Temporal.Instant.from('2027-01-04T13:59:00Z'),
  summary: 'Cleaning and check-up at Harbor Dental',
  description: 'Move or cancel: https://desk.example.com/m/abc',
  location: '18 Wharf Street, Portland, Maine',
  url: 'https://desk.example.com/m/abc',
  cancelled: false,
  organizer: { name: 'Harbor Dental', email: 'desk@harbor.example' },
  attendee: { name: 'Siobhán Okonkwo-Reilly', email: 'siobhan@example.com' },
}

const parse = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) throw new Error('no VEVENT')
  return { calendar, vevent: event, event: new ICAL.Event(event) }
}

describe('calendarFile', () => {
  it('writes an invitation that another library reads back', () => {
    const { calendar, vevent, event } = parse(calendarFile(entry, 'REQUEST'))
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(event.uid).toBe(entry.threadId)
    expect(event.sequence).toBe(0)
    expect(event.startDate.toString()).toBe('2027-03-14T14:00:00Z')
    expect(event.endDate.toString()).toBe('2027-03-14T14:45:00Z')
    expect(vevent.getFirstPropertyValue('dtstamp')?.toString()).toBe('2027-01-04T14:00:00Z')
    expect(vevent.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(vevent.getFirstPropertyValue('organizer')).toBe('mailto:desk@harbor.example')
    expect(event.attendees[0]?.getFirstValue()).toMatch(/^mailto:siobhan@example\.com$/i)
    expect(event.location).toBe(entry.location)
  })

  it('cancels the same appointment with a higher sequence', () => {
    const { calendar, vevent, event } = parse(calendarFile({ ...entry, sequence: 2, cancelled: true }, 'CANCEL'))
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(event.uid).toBe(entry.threadId)
    expect(event.sequence).toBe(2)
    expect(vevent.getFirstPropertyValue('status')).toBe('CANCELLED')
  })

  it.each(['REQUEST', 'CANCEL', 'PUBLISH'] as const)('is read by a second library as %s', (method) => {
    const cancelled = method === 'CANCEL'
    const file = ical.sync.parseICS(calendarFile({ ...entry, sequence: cancelled ? 2 : 0, cancelled }, method))
    const event = Object.values(file).find((one) => one?.type === 'VEVENT')
    expect(event).toMatchObject({
      uid: entry.threadId,
      method,
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      sequence: cancelled ? 2 : 0,
      location: entry.location,
      summary: entry.summary,
    })
    expect([event?.start?.toISOString(), event?.end?.toISOString()]).toEqual(['2027-03-14T14:00:00.000Z', '2027-03-14T14:45:00.000Z'])
  })

  it('invites nobody when it is downloaded', () => {
    const { calendar, event } = parse(calendarFile(entry, 'PUBLISH'))
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(event.attendees).toHaveLength(0)
  })

  it('keeps names that try to be something else, emoji and right-to-left text', () => {
    const hostile = 'Ann"\r\nATTENDEE:mailto:evil@example.com;,\\ 🦷 سارة'
    const { vevent, event } = parse(
      calendarFile(
        {
          ...entry,
          summary: hostile,
          location: `${hostile}\nsecond floor`,
          organizer: { name: hostile, email: 'desk@harbor.example' },
          attendee: { name: hostile, email: 'a@example.com' },
        },
        'REQUEST',
      ),
    )
    expect(vevent.getAllProperties('attendee')).toHaveLength(1)
    expect(vevent.getAllProperties('attendee')[0]?.getFirstValue()).toMatch(/^mailto:a@example\.com$/i)
    expect(event.summary).toBe('Ann" ATTENDEE:mailto:evil@example.com;,\\ 🦷 سارة')
    expect(event.location).toContain('second floor')
  })

  it('folds lines at 75 octets and ends them with CRLF (RFC 5545 §3.1)', () => {
    const text = calendarFile({ ...entry, summary: 'é'.repeat(300), description: '🦷'.repeat(200) }, 'REQUEST')
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(parse(text).event.summary).toBe('é'.repeat(300))
  })

  it.each(['DTSTAMP', 'UID', 'DTSTART', 'DTEND', 'ORGANIZER', 'SEQUENCE'])('has %s once, as RFC 5546 §3.2.2 asks of a request', (name) => {
    expect(parse(calendarFile(entry, 'REQUEST')).vevent.getAllProperties(name.toLowerCase())).toHaveLength(1)
  })
})
