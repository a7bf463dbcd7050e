import type { WaitlistState } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../../platform/events/testing.ts'
import { type MailSettings, mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { lettersTo } from '../../../platform/mail/letters.testing.ts'
import { testSmtp } from '../../../platform/mail/testing.ts'
import { timelinePage } from '../../contacts/testing.ts'
import { conversationSurroundings, conversationsRoom, provideConversationsPorts } from '../../conversations/index.ts'
import { providePrivacyPorts, suppress } from '../../privacy/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { confirmHold } from '../confirm-hold.ts'
import { provideSchedulingPorts, schedulingRoom } from '../index.ts'
import { type TestPages, testPages } from '../public/testing.ts'
import { undoChange } from '../undo-change.ts'
import { changeWishes, moveEntry, offerByHand, removeEntry, restoreEntry } from './change-entry.ts'
import { entryById } from './find-entry.ts'
import { type JoinWaitlist, joinWaitlist } from './join-waitlist.ts'
import { listWaitlist } from './list-waitlist.ts'
import { offerWaitlistJob } from './offer-job.ts'

const test = await testDatabase()
const smtp = await testSmtp()
const settings: MailSettings = { smtpUrl: smtp.url, from: { name: undefined, address: 'desk@desk.example.com' }, replies: undefined }
let pages: TestPages
let background: Background

beforeAll(async () => {
  providePrivacyPorts()
  provideConversationsPorts()
  provideSchedulingPorts()
  mailSettings.provide(settings)
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example.com', files: undefined as never })
  background = await backgroundOf(test, {
    jobs: [sendMailJob, ...schedulingRoom.jobs, ...conversationsRoom.jobs],
    subscribers: [...schedulingRoom.subscribers, ...conversationsRoom.subscribers],
  })
  pages = await testPages(test)
})

let people = 0
const someone = () => {
  people += 1
  return { name: `Waits ${people}`, email: `waits${people}@example.com` }
}
/** A service of its own with one person, whose only free time of the day is what a test frees. */
async function fullDay(date: string) {
  const { shop } = pages
  const service = await shop.newService({ name: `Cut of ${date}`, durationMinutes: 480, stepMinutes: 60, offerMinutes: 60, waitlist: true })
  const staffId = await shop.newStaff(`Bea of ${date}`, service.id)
  await test.asSuperuser('delete from service_staff where service_id = $1 and staff_id <> $2', [service.id, staffId])
  const booking = await shop.book({ serviceId: service.id, start: `${date}T14:00:00Z` })
  const wish = (change: Partial<JoinWaitlist> = {}): JoinWaitlist => ({
    serviceId: service.id,
    staffId: null,
    fromDate: date,
    untilDate: date,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    parts: ['morning', 'afternoon', 'evening'],
    who: someone(),
    placeDetail: null,
    source: 'page',
    quiet: false,
    ...change,
  })
  const join = (change: Partial<JoinWaitlist> = {}) => shop.inside((tx) => joinWaitlist(tx, shop.visitor, wish(change)))
  return { service, staffId, booking, wish, join }
}
const { inside, owner } = { inside: ((work) => pages.shop.inside(work)) as TestPages['shop']['inside'], owner: () => pages.shop.owner }
const free = async (booking: { id: string }) => {
  await inside((tx) => cancelBooking(tx, owner(), { bookingId: booking.id as never, reason: null, quiet: true }))
  await later(15)
}
/** Time goes by, and what is due then is done. */
const later = async (seconds: number) => {
  await background.settle()
  test.clock.advance({ seconds })
  await background.settle()
}
const stateOf = async ({ id }: { id: string }): Promise<WaitlistState> => (await inside((tx) => entryById(tx, id))).state
const lettersOf = ({ contact_id: contactId }: { contact_id: string }) => lettersTo(test, pages.shop.workspaceId, contactId)
const lastLetter = async (entry: { contact_id: string }) =>
  (await lettersOf(entry)).at(-1)?.text.replace(/[\u2009\u202f\u00a0]/g, ' ') ?? ''
const linkFor = async (entry: { contact_id: string }) => {
  const link = /https:\/\/desk\.example\.com(\/waiting\/\S+)/.exec((await lettersOf(entry)).at(-1)?.text ?? '')?.[1]
  if (!link) throw new Error('There is no letter with a link.')
  return link
}
const offerIn = (html: string): string => /name="offer" value="([^"]+)"/.exec(html)?.[1] ?? ''

describe('the waitlist', () => {
  it('is refused where nobody can wait, for days that are past or out of order, and twice by a member', async () => {
    const { shop } = pages
    const { service, wish, join } = await fullDay('2027-01-11')
    await expect(join({ fromDate: '2027-01-12', untilDate: '2027-01-11' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(join({ fromDate: '2026-01-01', untilDate: '2026-02-01' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(join({ who: { name: 'Nobody' } })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(inside((tx) => joinWaitlist(tx, shop.as.read_only, wish()))).rejects.toMatchObject({ type: 'http/not-allowed' })
    const who = someone()
    const entry = await join({ who })
    expect((await join({ who })).id).toBe(entry.id)
    await expect(inside((tx) => joinWaitlist(tx, owner(), wish({ who: { contactId: entry.contact_id } })))).rejects.toMatchObject({
      type: 'scheduling/already-waiting',
    })
    await test.asSuperuser('update service set waitlist = false where id = $1', [service.id])
    await expect(join()).rejects.toMatchObject({ type: 'scheduling/service-closed' })
    await inside((tx) => joinWaitlist(tx, owner(), wish({ source: 'member' })))
  })

  it('offers what becomes free to the first whom it suits, and to the next one after the deadline', async () => {
    const { booking, join } = await fullDay('2027-01-12')
    const afternoons = await join({ parts: ['evening'] })
    const first = await join()
    const second = await join()
    await later(0)
    expect(await stateOf(first)).toBe('waiting')
    await free(booking)
    expect([await stateOf(afternoons), await stateOf(first), await stateOf(second)]).toEqual(['waiting', 'offered', 'waiting'])
    expect(await lastLetter(first)).toContain('A time that suits you is free, and we hold it for you until')
    await later(3600)
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waiting', 'offered'])
    const { text } = await pages.open(await linkFor(second))
    const accepted = await pages.open(`${await linkFor(second)}/accept`, { form: { offer: offerIn(text) } })
    expect(accepted.status).toBe(303)
    expect(accepted.location).toMatch(/^\/m\/\S+just=booked/)
    await background.settle()
    expect(await stateOf(second)).toBe('booked')
    const { rows } = await test.asSuperuser("select status, contact_id from booking where starts_at = '2027-01-12T14:00:00Z' order by id")
    expect(rows.map(({ status }) => status)).toEqual(['cancelled', 'expired', 'confirmed'])
    expect(await lastLetter(second)).toContain('You are booked.')
    const said = await inside((tx) => timelinePage(tx, owner(), { contactId: first.contact_id, limit: 20 } as never))
    expect(said.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['waitlist.joined', 'waitlist.offered', 'waitlist.missed']))
  })

  it('goes to the next one at once where she passes; who passed is not asked about that time again', async () => {
    const { booking, join } = await fullDay('2027-01-13')
    const first = await join()
    const second = await join()
    await free(booking)
    const link = await linkFor(first)
    const { text } = await pages.open(link)
    expect(text).toContain('It is held for you until')
    await pages.open(`${link}/pass`, { form: { offer: offerIn(text) } })
    await background.settle()
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waiting', 'offered'])
    const late = await pages.open(`${link}/accept`, { form: { offer: offerIn(text) } })
    expect(late.location).toContain('just=over')
    const leaving = await linkFor(second)
    await pages.open(`${leaving}/leave`, { form: {} })
    await background.settle()
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waiting', 'left'])
    expect((await pages.open(leaving)).text).toContain('You have left the waitlist')
    const { rows } = await test.asSuperuser("select status from booking where starts_at = '2027-01-13T14:00:00Z' and status = 'held'")
    expect(rows).toEqual([])
  })

  it('never offers two times to one person, nor one time twice, however often the job runs', async () => {
    const one = await fullDay('2027-01-14')
    const other = await fullDay('2027-01-15')
    const who = someone()
    const [here, there] = [await one.join({ who }), await other.join({ who })]
    const behind = await other.join()
    await inside(async (tx) => {
      for (const { booking } of [one, other]) await cancelBooking(tx, owner(), { bookingId: booking.id, reason: null, quiet: true })
    })
    await later(15)
    const context = {
      workspaceId: pages.shop.workspaceId,
      by: { kind: 'system', workspaceId: pages.shop.workspaceId, job: 'scheduling.offer-waitlist' },
      database: test.database,
      signal: new AbortController().signal,
      halfTimeOver: () => false,
      inWorkspace: inside,
    }
    await Promise.all([1, 2, 3, 4].map(() => offerWaitlistJob.run(context as never, {})))
    expect([await stateOf(here), await stateOf(there)].toSorted()).toEqual(['offered', 'waiting'])
    const { rows } = await test.asSuperuser(
      `select starts_at, count(*)::int as n from waitlist_offer where state = 'open' and starts_at in ('2027-01-14T14:00:00Z', '2027-01-15T14:00:00Z') group by 1`,
    )
    expect(rows.every(({ n }) => n === 1)).toBe(true)
    expect((await stateOf(there)) === 'offered' || (await stateOf(behind)) === 'offered').toBe(true)
  })

  it('waits some seconds, so that a cancellation can be taken back', async () => {
    const { booking, join } = await fullDay('2027-01-18')
    const entry = await join()
    await background.settle()
    await inside((tx) => cancelBooking(tx, owner(), { bookingId: booking.id, reason: null, quiet: true }))
    await later(8)
    await inside((tx) => undoChange(tx, owner(), { bookingId: booking.id }))
    await later(30)
    expect(await stateOf(entry)).toBe('waiting')
  })

  it('passes over whom it may not write to, without holding a time for her', async () => {
    const { booking, join } = await fullDay('2027-01-19')
    const silent = await join({ quiet: true })
    const { shop } = pages
    const { rows } = await test.asSuperuser("select value_normalized from contact_point where contact_id = $1 and kind = 'email'", [
      silent.contact_id,
    ])
    await inside((tx) =>
      suppress(tx, shop.owner, { kind: 'email', value: rows[0].value_normalized, scope: 'all', cause: 'asked' } as never),
    )
    const next = await join()
    await free(booking)
    expect([await stateOf(silent), await stateOf(next)]).toEqual(['waiting', 'offered'])
  })

  it('lets go of who answers two offers in a row with nothing', async () => {
    const a = await fullDay('2027-01-20')
    const entry = await a.join()
    await test.asSuperuser('update waitlist_entry set missed = 1 where id = $1', [entry.id])
    await free(a.booking)
    await later(3600 * 26)
    expect(await stateOf(entry)).toBe('over')
    expect((await inside((tx) => restoreEntry(tx, owner(), entry.id))).state).toBe('waiting')
    await expect(inside((tx) => restoreEntry(tx, owner(), entry.id))).rejects.toMatchObject({ type: 'scheduling/waitlist-changed' })
  })

  it('is ordered, narrowed, changed and left by the team, each step against what somebody else did meanwhile', async () => {
    const { booking, join, service } = await fullDay('2027-02-01')
    const [one, two, three] = [await join(), await join(), await join()]
    const names = async () => {
      const { items } = await inside((tx) => listWaitlist(tx, owner(), { limit: 10, serviceId: service.id }))
      return items.map(({ id }) => [one.id, two.id, three.id].indexOf(id) + 1)
    }
    expect(await names()).toEqual([1, 2, 3])
    await inside((tx) => moveEntry(tx, owner(), { entryId: three.id, beforeId: one.id }))
    expect(await names()).toEqual([3, 1, 2])
    await inside((tx) => moveEntry(tx, owner(), { entryId: three.id, beforeId: null }))
    expect(await names()).toEqual([1, 2, 3])
    await expect(inside((tx) => changeWishes(tx, owner(), { entryId: one.id, version: 99, parts: ['morning'] }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
    const { version } = await inside((tx) => entryById(tx, one.id))
    await inside((tx) => changeWishes(tx, owner(), { entryId: one.id, version: Number(version), parts: ['evening'] }))
    const removed = await inside(async (tx) =>
      removeEntry(tx, owner(), { entryId: two.id, version: Number((await entryById(tx, two.id)).version) }),
    )
    expect(removed.state).toBe('removed')
    await inside((tx) => restoreEntry(tx, owner(), two.id))
    expect(await names()).toEqual([1, 2, 3])
    await free(booking)
    expect(await stateOf(two)).toBe('offered')
    await inside(async (tx) => removeEntry(tx, owner(), { entryId: two.id, version: Number((await entryById(tx, two.id)).version) }))
    await background.settle()
    expect([await stateOf(two), await stateOf(three)]).toEqual(['removed', 'offered'])
  })

  it('is offered by hand out of turn, and confirmed by the team for who answers on the phone', async () => {
    const { booking, join } = await fullDay('2027-02-02')
    const entry = await join({ parts: ['evening'] })
    await expect(
      inside((tx) => offerByHand(tx, owner(), { entryId: entry.id, start: booking.starts_at, notify: true })),
    ).rejects.toMatchObject({ type: 'scheduling/slot-taken' })
    await free(booking)
    expect(await stateOf(entry)).toBe('waiting')
    await inside((tx) => offerByHand(tx, owner(), { entryId: entry.id, start: booking.starts_at, notify: false }))
    await expect(
      inside((tx) => offerByHand(tx, owner(), { entryId: entry.id, start: booking.starts_at, notify: false })),
    ).rejects.toMatchObject({ type: 'scheduling/waitlist-changed' })
    const { rows } = await test.asSuperuser("select booking_id from waitlist_offer where entry_id = $1 and state = 'open'", [entry.id])
    await inside((tx) => confirmHold(tx, owner(), { bookingId: rows[0].booking_id, quiet: true }))
    await background.settle()
    expect(await stateOf(entry)).toBe('booked')
  })

  it('ends with a booking that she finds herself', async () => {
    const { shop } = pages
    const { service, booking, join } = await fullDay('2027-02-03')
    const who = someone()
    const entry = await join({ who, fromDate: '2027-02-03', untilDate: '2027-02-04' })
    await shop.book({ serviceId: service.id, start: '2027-02-04T14:00:00Z', who })
    await background.settle()
    expect(await stateOf(entry)).toBe('booked')
    expect(booking.status).toBe('confirmed')
  })
})

describe('the page of the waitlist', () => {
  it('is complete without script, keeps what was typed, and gives the link to nobody but the address', async () => {
    await test.asSuperuser('update service set waitlist = true')
    const { text: times } = await pages.open(pages.service)
    expect(times).toContain('Tell me when one is free')
    const { text } = await pages.open(`${pages.service}/waitlist`)
    const once = /name="once" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const form = {
      once,
      name: 'Pia',
      email: 'pia@example.com',
      fromDate: '2027-03-01',
      untilDate: '2027-03-31',
      day_1: 'on',
      part_morning: 'on',
    }
    const wrong = await pages.open(`${pages.service}/waitlist`, { form: { ...form, email: 'pia', untilDate: '2027-01-01', day_1: '' } })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Choose at least one day of the week.')
    expect(wrong.text).toContain('value="Pia"')
    const sent = await pages.open(`${pages.service}/waitlist`, { form })
    expect(sent.location).toContain('just=joined')
    expect((await pages.open(`${pages.service}/waitlist`, { form })).location).toContain('just=joined')
    const { rows } = await test.asSuperuser(
      "select e.weekdays, e.parts from waitlist_entry e join contact_point p on p.contact_id = e.contact_id where p.value_normalized = 'pia@example.com'",
    )
    expect(rows).toEqual([{ weekdays: 1, parts: 1 }])
    for (const [languages, words] of [
      ['es', 'lista de espera'],
      ['fr', 'liste d’attente'],
    ] as const)
      expect((await pages.open(`${pages.service}/waitlist`, { languages })).text).toContain(words)
  })
})
