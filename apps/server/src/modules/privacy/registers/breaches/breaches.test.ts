import type { ContactId } from '@frontdesk/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { mailSettings, sendMailJob } from '../../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../../platform/mail/testing.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { noteDealing } from '../../consents/note-dealing.ts'
import { providePrivacyPorts } from '../../index.ts'
import { recordOptOut } from '../../suppression/opt-out.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import { contactTables } from './affected.rules.ts'
import { clocksOf, idBounds, keptUntil } from './breach.rules.ts'
import { breachDuties } from './breach-laws.ts'
import { assessBreach, closeBreach, correctBreach, noteAuthority, noteDecision, tellAffected, writeNotices } from './change-breach.ts'
import { findAffectedJob } from './find-affected.ts'
import { breachPeople, breachTables, listBreaches, loadBreach } from './read-breaches.ts'
import { reportAsOperator, reportBreach } from './report-breach.ts'
import { tellAffectedJob } from './tell-affected.ts'
import { watchBreaches } from './watch-breaches.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [findAffectedJob, tellAffectedJob, sendMailJob] })
let smtp: TestSmtp
beforeAll(async () => {
  smtp = await testSmtp()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
  providePrivacyPorts()
  testRegisters()
})
afterAll(() => smtp.close())

type Report = Parameters<typeof reportBreach>[2]
/** A business of its own, with what happens in it. */
async function business(country = 'US') {
  const place = await testWorkspace(test, 'Salon Ana', country)
  const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
  const { owner, member } = place.as
  return {
    ...place,
    inside,
    report: async (change: Partial<Report> = {}) => {
      const wish: Report = {
        what: 'A laptop was stolen',
        beganAt: test.clock().toString(),
        extent: 'all_there',
        accounts: false,
        ...change,
      }
      const { id } = await inside((tx) => reportBreach(tx, member, wish))
      await background.settle()
      return id
    },
    read: (id: string) => inside((tx) => loadBreach(tx, owner, id)),
    affected: async (id: string) =>
      (await inside((tx) => breachPeople(tx, owner, { breachId: id, limit: 200 }))).items.map(({ contactId }) => contactId).sort(),
    assess: (id: string, risk: 'none' | 'real' = 'real') =>
      inside((tx) => assessBreach(tx, owner, { breachId: id, risk, grounds: 'Names and numbers', measures: 'The disk was encrypted' })),
    tell: async (id: string) => {
      await inside((tx) => tellAffected(tx, owner, id))
      await background.settle()
    },
    correct: async (id: string, change: Partial<Parameters<typeof correctBreach>[2]>) => {
      const { version, ...before } = await inside((tx) => loadBreach(tx, owner, id))
      await inside((tx) => correctBreach(tx, owner, { ...before, breachId: id, version, ...change }))
      await background.settle()
    },
    noticesTo: (address: string) => smtp.received.filter(({ to, parsed }) => to.includes(address) && parsed.subject?.includes('data at')),
  }
}
const sorted = (ids: readonly ContactId[]) => [...ids].sort()
const conflict = { type: 'http/conflict' }

describe('an incident', () => {
  it('is reported by anybody at the desk, read and decided by those who answer for it', async () => {
    const { report, inside, as, read } = await business()
    const id = await report()
    await expect(inside((tx) => listBreaches(tx, as.member, { limit: 50 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(
      inside((tx) => assessBreach(tx, as.admin, { breachId: id, risk: 'low', grounds: 'x', measures: 'x' })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await read(id)).toMatchObject({ number: 1, state: 'open', reportedBy: 'member', search: 'done' })
    expect(smtp.received.filter(({ parsed }) => parsed.subject === 'Incident 1: please look at it now').length).toBeGreaterThan(0)
  })

  it('refuses tables that hold nobody’s data, the future, an end before its beginning, and people told before a risk is written down', async () => {
    const { report, inside, as, newContact } = await business()
    await expect(report({ tables: ['job'] })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(report({ beganAt: test.clock().add({ hours: 1 }).toString() })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await newContact('early@home.example')
    const id = await report()
    await expect(inside((tx) => tellAffected(tx, as.owner, id))).rejects.toMatchObject(conflict)
    await expect(inside((tx) => closeBreach(tx, as.owner, { breachId: id, note: 'x' }))).rejects.toMatchObject(conflict)
  })

  it('finds whoever has rows in the named tables of that time, and nobody else [U1]', async () => {
    const { report, affected, newContact, inside, as, read } = await business()
    const early = await newContact('early@home.example', 'Ann Early')
    const visited = await newContact('visited@home.example', 'Vera Visited')
    const booking = await inside(async (tx) => tx.newId())
    await inside((tx) => noteDealing(tx, { contactId: visited, kind: 'transaction', source: { type: 'booking', id: booking } }))
    test.clock.advance({ hours: 2 })
    const began = test.clock()
    const during = await newContact('during@home.example', 'Dora During')
    test.clock.advance({ hours: 1 })
    const ended = test.clock()
    test.clock.advance({ hours: 1 })
    const late = await newContact('late@home.example', 'Lea Late')
    const window = { beganAt: began.toString(), endedAt: ended.toString() }

    expect(await affected(await report({ ...window, tables: ['contact'] }))).toEqual(sorted([early, visited, during]))
    expect(await affected(await report({ ...window, tables: ['contact'], extent: 'written' }))).toEqual([during])
    expect(await affected(await report({ ...window, tables: ['dealing'] }))).toEqual([visited])
    const all = await report({ beganAt: began.toString() })
    expect(await affected(all)).toEqual(sorted([early, visited, during, late]))
    expect((await read(all)).tables).toEqual(contactTables(roomInventory).map(({ table }) => table))

    const { version, ...before } = await read(all)
    await inside((tx) => correctBreach(tx, as.owner, { ...before, breachId: all, tables: ['dealing'], endedAt: ended.toString(), version }))
    await background.settle()
    expect(await affected(all)).toEqual([visited])
  })

  it('tells everybody once, in her language, whatever she stopped, and keeps who was told when [U1]', async () => {
    const { report, read, assess, tell, newContact, inside, as, noticesTo, affected } = await business()
    const stopped = await newContact('stopped@home.example', 'Stella Stopped')
    await inside((tx) => recordOptOut(tx, as.owner, { contactId: stopped, scope: 'all', cause: 'asked' }))
    const spanish = await newContact('ines@home.example', 'Inés Sol')
    await test.asSuperuser("update contact set locale = 'es-MX' where id = $1", [spanish])
    const french = await newContact('fleur@home.example', 'Fleur Roy')
    await test.asSuperuser("update contact set locale = 'fr-CA' where id = $1", [french])
    const id = await report()
    await assess(id)
    const { notices, version } = await read(id)
    expect(notices.es.text).toContain('Qué hemos hecho: The disk was encrypted')
    await inside((tx) =>
      writeNotices(tx, as.owner, { breachId: id, ...notices, en: { ...notices.en, text: `${notices.en.text}\n\nCall us.` }, version }),
    )
    await tell(id)
    await background.settle()
    for (const address of ['stopped@home.example', 'ines@home.example', 'fleur@home.example'])
      expect(smtp.received.filter(({ to }) => to.includes(address))).toHaveLength(1)
    expect(noticesTo('stopped@home.example')[0]?.parsed.text).toContain('Call us.')
    expect(noticesTo('stopped@home.example')[0]?.parsed.text).toContain('Hello Stella Stopped,')
    const mailed = (address: string) => smtp.received.find(({ to }) => to.includes(address))?.parsed
    expect(mailed('ines@home.example')?.subject).toBe('Sobre tus datos en Salon Ana')
    expect(mailed('fleur@home.example')?.subject).toBe('Au sujet de vos données chez Salon Ana')
    expect(await read(id)).toMatchObject({ telling: 'done', counts: { people: 3, waiting: 0, sent: 3, unreachable: 0, erased: 0 } })
    const permits = await test.asSuperuser('select distinct purpose from permit where about_id = $1', [id])
    expect(permits.rows).toEqual([{ purpose: 'legal' }])

    await expect(inside((tx) => tellAffected(tx, as.owner, id))).rejects.toMatchObject(conflict)
    const added = await newContact('added@home.example', 'Ada Added')
    const { version: later, ...before } = await read(id)
    await inside((tx) => correctBreach(tx, as.owner, { ...before, breachId: id, version: later }))
    await background.settle()
    expect(await affected(id)).toContain(added)
    await tell(id)
    expect(smtp.received.filter(({ to }) => to.includes('stopped@home.example'))).toHaveLength(1)
    expect(smtp.received.filter(({ to }) => to.includes('added@home.example'))).toHaveLength(1)
  })

  it('of accounts finds members too, tells each by a mail of its own, and counts who closed hers since as unreachable [U1]', async () => {
    const { report, read, assess, tell, inside, as, workspaceId, newContact, correct } = await business()
    await newContact('guest@home.example')
    expect((await read(await report())).counts.people).toBe(1)
    const id = await report({ accounts: true })
    const roles = Object.keys(as).length
    expect((await read(id)).counts).toMatchObject({ people: roles + 1, waiting: roles + 1 })
    await test.asSuperuser("update member set removed_at = now() where workspace_id = $1 and role = 'manager'", [workspaceId])
    await test.asSuperuser(
      "update member set name = '', email = '', user_id = null, removed_at = now() where workspace_id = $1 and role = 'support'",
      [workspaceId],
    )
    await assess(id)
    const before = smtp.received.length
    await tell(id)
    const told = smtp.received.slice(before)
    const mail = told.find(({ to }) => to.includes('manager@salon.example'))
    expect([mail?.parsed.subject, mail?.parsed.text?.includes('choose a new password')]).toEqual(['About your account at Salon Ana', true])
    expect(told.find(({ to }) => to.includes('guest@home.example'))?.parsed.subject).toBe('About your data at Salon Ana')
    expect((await read(id)).counts).toEqual({ people: roles + 1, waiting: 0, sent: roles, unreachable: 1, erased: 0 })
    const { items } = await inside((tx) => breachPeople(tx, as.owner, { breachId: id, limit: 50 }))
    expect(items.find(({ name }) => name === 'The manager')).toMatchObject({
      contactId: null,
      notice: 'sent',
      memberId: expect.any(String),
    })
    expect(items.filter(({ notice }) => notice === 'unreachable')).toMatchObject([{ name: null, reason: 'no_contact_point' }])

    const early = await report({ accounts: true })
    await correct(early, { accounts: false })
    expect((await read(early)).counts.people).toBe(1)
  })

  it('counts who has no address, and who was erased and cannot be told any more [U3]', async () => {
    const { report, read, assess, tell, newContact, inside, as, workspaceId } = await business()
    await newContact('known@home.example')
    const silent = await newContact('silent@home.example', 'Silas Silent')
    await test.asSuperuser('delete from contact_point where contact_id = $1', [silent])
    const began = test.clock()
    test.clock.advance({ hours: 1 })
    // One was erased before anybody looked, one after she was found.
    await test.asSuperuser(
      `insert into erasure (workspace_id, id, subject_hash, mode, state, step, ground, asked_by, receipt, requested_at, finished_at)
       values ($1, gen_random_uuid(), 'hash', 'erase', 'done', 'done', 'person_asked', 'visitor', '{}', $2, $2)`,
      [workspaceId, test.clock().toString()],
    )
    const erased = await newContact('erased@home.example', 'Erika Erased')
    const id = await report({ beganAt: began.toString() })
    await test.asSuperuser('update breach_person set contact_id = null where contact_id = $1', [erased])
    await assess(id)
    await tell(id)
    expect((await read(id)).counts).toEqual({ people: 4, waiting: 0, sent: 1, unreachable: 1, erased: 2 })
    const of = async (notice: 'unreachable' | 'erased') =>
      (await inside((tx) => breachPeople(tx, as.owner, { breachId: id, notice, limit: 50 }))).items
    expect(await of('unreachable')).toMatchObject([{ name: 'Silas Silent', reason: 'no_contact_point' }])
    expect(await of('erased')).toMatchObject([{ contactId: null, name: null }])
  })

  it('runs the clocks of the laws that apply, tells of each once when it is near and when it is over, and stops them when it is done [U1]', async () => {
    const { report, read, inside, as, newContact, assess, tell } = await business('DE')
    await newContact('anna@home.example')
    const id = await report()
    const first = await read(id)
    const gdpr = () =>
      inside((tx) => loadBreach(tx, as.owner, id)).then(({ clocks }) =>
        clocks.find(({ law, whom }) => law === 'gdpr' && whom === 'authority'),
      )
    expect(first.laws).toEqual(['gdpr'])
    expect((await gdpr())?.before).toBe(Temporal.Instant.from(first.detectedAt).add({ hours: 72 }).toString())
    const steps = async () => (await read(id)).steps.map(({ step }) => step)
    await inside((tx) => watchBreaches(tx, as.owner))
    expect(await steps()).toEqual(['reported'])
    test.clock.advance({ hours: 50 })
    for (const _ of [1, 2]) await inside((tx) => watchBreaches(tx, as.owner))
    expect(await steps()).toEqual(['reported', 'due_soon'])
    test.clock.advance({ hours: 23 })
    for (const _ of [1, 2]) await inside((tx) => watchBreaches(tx, as.owner))
    expect(await steps()).toEqual(['reported', 'due_soon', 'overdue'])
    expect((await gdpr())?.overdue).toBe(true)
    await inside((tx) => noteAuthority(tx, as.owner, { breachId: id, law: 'gdpr', note: 'By its form, number 12' }))
    expect(await gdpr()).toMatchObject({ overdue: false, doneAt: expect.any(String) })
    await expect(inside((tx) => noteAuthority(tx, as.owner, { breachId: id, law: 'pipeda', note: 'x' }))).rejects.toMatchObject(conflict)
    await assess(id)
    await expect(inside((tx) => closeBreach(tx, as.owner, { breachId: id, note: 'All done' }))).rejects.toMatchObject(conflict)
    await tell(id)
    await inside((tx) => noteDecision(tx, as.owner, { breachId: id, note: 'We change the locks' }))
    await inside((tx) => closeBreach(tx, as.owner, { breachId: id, note: 'All done' }))
    await expect(inside((tx) => noteDecision(tx, as.owner, { breachId: id, note: 'x' }))).rejects.toMatchObject(conflict)
  })

  it('stays in the register for two years at least, and nothing can delete it [U1]', async () => {
    const { report, read, inside, as } = await business()
    const id = await report()
    const { keptUntil, detectedAt } = await read(id)
    const detected = Temporal.Instant.from(detectedAt).toZonedDateTimeISO('UTC')
    expect(keptUntil).toBe(detected.add({ months: 24 }).toInstant().toString())
    test.clock.advance({ hours: 24 * 731 })
    expect((await inside((tx) => listBreaches(tx, as.auditor, { limit: 50 }))).items.map((one) => one.id)).toContain(id)
    expect(roomInventory.find(({ table }) => table === 'breach')).not.toHaveProperty('ends')
  })

  it('of the operator reaches each business: an entry in its register, and a mail to its owner [U2]', async () => {
    const places = [await business(), await business('CA')]
    for (const { inside, workspaceId } of places) {
      const operator = { kind: 'system', workspaceId, job: 'operator' } as const
      const wish: Report = { what: 'A backup was copied', beganAt: test.clock().toString(), extent: 'all_there', accounts: false }
      await inside((tx) => reportAsOperator(tx, operator, wish))
    }
    await background.settle()
    for (const { inside, as } of places) {
      const { items } = await inside((tx) => listBreaches(tx, as.owner, { limit: 50 }))
      expect(items).toMatchObject([{ reportedBy: 'operator', what: 'A backup was copied' }])
    }
    const told = smtp.received.filter(({ parsed }) => parsed.subject === 'Incident 1: the operator of the server reports it')
    expect(told.flatMap(({ to }) => to).filter((address) => address === 'owner@salon.example')).toHaveLength(2)
  })
})

describe('the data behind it', () => {
  it('name source and day for every duty, and end no clock before it begins', () => {
    expect(
      breachDuties.filter(({ source, compared, asOf }) => source.length < 5 || compared === '' || !/^\d{4}-\d\d-\d\d$/.test(asOf)),
    ).toEqual([])
    expect(breachDuties.filter(({ certainty }) => certainty === 'as_remembered')).toEqual([])
    const detected = Temporal.Instant.from('2026-11-27T17:00:00Z')
    const breach = {
      laws: [...new Set(breachDuties.map(({ law }) => law))],
      detected_at: detected,
      authorities: {},
      told_at: null,
      risk: null,
      state: 'open',
    } as const
    const clocks = clocksOf(breach, detected)
    expect(clocks).toHaveLength(breachDuties.length)
    expect(clocks.find(({ law, whom }) => law === 'gdpr' && whom === 'authority')?.before).toBe('2026-11-30T17:00:00Z')
    expect(clocks.find(({ law, whom }) => law === 'us_california' && whom === 'people')?.before).toBe('2026-12-27T17:00:00Z')
    const attorney = (told_at: Temporal.Instant | null) =>
      clocksOf({ ...breach, told_at }, detected).find(({ law, whom }) => law === 'us_california' && whom === 'authority')?.before
    expect([attorney(null), attorney(Temporal.Instant.from('2026-12-01T09:00:00Z'))]).toEqual([
      '2027-01-11T17:00:00Z',
      '2026-12-16T09:00:00Z',
    ])
    const kept = (laws: readonly ('pipeda' | 'quebec')[]) => keptUntil({ detected_at: detected, laws }).toString()
    expect([kept(['pipeda']), kept(['pipeda', 'quebec'])]).toEqual(['2028-11-27T17:00:00Z', '2031-11-27T17:00:00Z'])
  })

  it('know a row’s time by its id', () => {
    const at = Temporal.Instant.from('2026-11-27T17:00:00.123Z')
    const { from, until } = idBounds(at, at)
    expect(from.slice(0, 13)).toBe(
      at.epochMilliseconds
        .toString(16)
        .padStart(12, '0')
        .replace(/^(.{8})/, '$1-'),
    )
    expect(until.slice(0, 13)).toBe(from.slice(0, 13))
    expect([from < until, from.length, until.length]).toEqual([true, 36, 36])
  })

  it('list every table with data of contacts', async () => {
    const { as } = await business()
    expect(breachTables(as.member).items.map(({ table }) => table)).toContain('contact_point')
  })
})
