import { type ContactId, CreateContactBody, type Lead, type MemberId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { emit } from '../../platform/events/index.ts'
import { type Background, backgroundOf } from '../../platform/events/testing.ts'
import { mailSettings, memberMailGates } from '../../platform/mail/index.ts'
import { createContact, loadContact } from '../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../contacts/testing.ts'
import { notePlaceOfVisit } from '../privacy/index.ts'
import { loseLead, winLead } from './close-lead.ts'
import { createLead } from './create-lead.ts'
import { escalateLeadJob } from './escalate-lead.ts'
import { firstTouchSubscribers } from './note-first-touch.ts'
import { loadLead } from './read-leads.ts'
import { loadPipeline } from './read-pipelines.ts'
import { reportLeads } from './report-leads.ts'
import { loadRouting, writeRouting } from './route-lead.ts'
import { leadSurroundings } from './surroundings.ts'

const test = await testDatabase()
let background: Background
let place: TestWorkspace
let pipelineId: string
let people = 0
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const add = async (contactId?: ContactId): Promise<Lead> => {
  people += 1
  const id = contactId ?? (await place.newContact(`routed${people}@example.com`, `Routed ${people}`))
  return inside((tx) => createLead(tx, place.as.owner, { contactId: id, source: 'other' }))
}
const rule = async (wish: Partial<Parameters<typeof writeRouting>[2]>) => {
  const before = await inside((tx) => loadRouting(tx, place.as.owner, pipelineId))
  return inside((tx) => writeRouting(tx, place.as.owner, { ...before, ...wish }))
}
const id = (role: 'owner' | 'manager' | 'member' | 'representative' | 'billing'): MemberId => place.as[role].memberId
const taking = (...roles: readonly Parameters<typeof id>[0][]) =>
  roles.map((role) => ({ memberId: id(role), regions: [], languages: [], tags: [] }))
const again = (leadId: Lead['id']) => inside((tx) => loadLead(tx, place.as.owner, leadId))

beforeAll(async () => {
  mailSettings.provide({ smtpUrl: undefined, from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
  memberMailGates.provide('accounts', { mayReach: async () => ({ allowed: true }) })
  leadSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  background = await backgroundOf(test, { jobs: [escalateLeadJob], subscribers: firstTouchSubscribers })
})
beforeEach(async () => {
  place = await testWorkspace(test)
  pipelineId = (await inside((tx) => loadPipeline(tx, place.as.owner))).id
  await inside(async (tx) => {
    const at = tx.newId()
    await sql`insert into location (workspace_id, id, name, address, is_default, created_at, version) values (${tx.workspaceId}, ${at}, 'Main', 'x', true, ${tx.now}, 1)`.execute(
      tx.db,
    )
    for (const weekday of [1, 2, 3, 4, 5])
      await sql`insert into hours_rule (workspace_id, id, location_id, weekday, from_time, to_time) values (${tx.workspaceId}, ${tx.newId()}, ${at}, ${weekday}, '09:00', '17:00')`.execute(
        tx.db,
      )
  })
})

describe('a new lead without an owner', () => {
  it('is nobody’s while nothing is settled, and rules name people who work on leads', async () => {
    expect((await add()).ownerMemberId).toBeNull()
    await expect(rule({ way: 'rotation', members: taking('billing') })).rejects.toMatchObject({ type: 'http/invalid-request' })
    const kept = await rule({ way: 'rotation', members: taking('member') })
    await expect(inside((tx) => writeRouting(tx, place.as.owner, { ...kept, version: kept.version - 1 }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
    await expect(inside((tx) => writeRouting(tx, place.as.member, kept))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('goes to one after the other, also when many come at once, and by load to whoever has the fewest', async () => {
    await rule({ way: 'rotation', members: taking('owner', 'manager', 'member') })
    const given = await Promise.all(Array.from({ length: 9 }, () => add()))
    const counts = Map.groupBy(given, ({ ownerMemberId }) => ownerMemberId)
    expect([...counts.values()].map((leads) => leads.length)).toEqual([3, 3, 3])
    for (const lead of counts.get(id('member')) ?? []) await inside((tx) => winLead(tx, place.as.owner, lead.id))
    await rule({ way: 'load' })
    expect([(await add()).ownerMemberId, (await add()).ownerMemberId, (await add()).ownerMemberId]).toEqual(Array(3).fill(id('member')))
  })

  it('goes first to whoever worked with the contact before; a representative is given the contact with it', async () => {
    await rule({ way: 'rotation', members: taking('member') })
    const first = await add()
    await inside((tx) => winLead(tx, place.as.owner, first.id))
    await rule({ way: 'rotation', members: taking('representative', 'member') })
    expect((await add(first.contact.id)).ownerMemberId).toBe(id('member'))
    const hers = await add()
    expect(hers.ownerMemberId).toBe(id('representative'))
    expect((await inside((tx) => loadContact(tx, place.as.representative, hers.contact.id))).ownerMemberId).toBe(id('representative'))
    expect((await inside((tx) => loadLead(tx, place.as.representative, hers.id))).id).toBe(hers.id)
  })
})

describe('a new lead with a territory or a skill', () => {
  it('goes to who serves her: by her number, by what she said of where she lives, by language, by tag', async () => {
    const [all, newYork, spanish] = taking('owner', 'manager', 'member')
    if (!all || !newYork || !spanish) throw new Error('Three take part.')
    const members = [all, { ...newYork, regions: ['US-NY'] }, { ...spanish, languages: ['es'], tags: ['Fleet'] }]
    await rule({ way: 'rotation', members })
    expect((await rule({})).members).toEqual(members)
    const phone = (value: string) => ({ points: [{ kind: 'phone', value }] })
    const write = (body: object) => inside((tx) => createContact(tx, place.as.owner, CreateContactBody.parse({ name: 'Routed', ...body })))
    const given = async (contactId: ContactId) => (await add(contactId)).ownerMemberId
    expect(await given(await write(phone('+12125550123')))).toBe(id('manager'))
    expect(await given(await write(phone('+13125550123')))).toBe(id('owner'))
    expect(await given(await write({ locale: 'es-US', tags: ['fleet'] }))).toBe(id('member'))
    const moved = await write(phone('+13125550124'))
    await inside((tx) => notePlaceOfVisit(tx, place.as.owner, { contactId: moved, address: '1 Broadway, Albany, NY 12207' }))
    expect(await given(moved)).toBe(id('manager'))
  })
})

describe('the clock of the first answer', () => {
  it('stops with a booking that comes after the lead, and not by an earlier one; once it stopped it stays', async () => {
    const lead = await add()
    const book = () => inside((tx) => emit(tx, 'booking.confirmed', { bookingId: tx.newId(), contactId: lead.contact.id }))
    expect(lead.firstTouchAt).toBeNull()
    test.clock.advance({ minutes: 7 })
    const at = test.clock().toString()
    await book()
    await background.settle()
    expect((await again(lead.id)).firstTouchAt).toBe(at)
    test.clock.advance({ minutes: 5 })
    await book()
    await background.settle()
    expect((await again(lead.id)).firstTouchAt).toBe(at)
  })

  it('runs out after minutes of opening hours: the managers are told once, and nobody where somebody answered', async () => {
    await rule({ answerMinutes: 30 })
    const [late, answered] = [await add(), await add()]
    await inside((tx) => emit(tx, 'booking.confirmed', { bookingId: tx.newId(), contactId: answered.contact.id }))
    await background.settle()
    expect((await background.waiting()).filter(({ name }) => name === 'leads.escalate')).toHaveLength(2)
    test.clock.advance({ minutes: 31 })
    await background.settle()
    await background.settle()
    expect((await again(late.id)).escalatedAt).not.toBeNull()
    expect((await again(answered.id)).escalatedAt).toBeNull()
    const { rows } = await test.asSuperuser(`select to_address, news, subject from mail where workspace_id = $1`, [place.workspaceId])
    expect(rows).toEqual([
      { to_address: 'manager@salon.example', news: 'leads_waiting', subject: `${late.contact.name} waits for a first answer` },
    ])
  })
})

describe('the report', () => {
  it('counts what was won and lost between two days by source, person and reason', async () => {
    const lost = (await inside((tx) => loadPipeline(tx, place.as.owner))).lostReasons[0]
    const close = async (source: Lead['source'], won: boolean, minor: string) => {
      people += 1
      const contactId = await place.newContact(`closed${people}@example.com`)
      const lead = await inside((tx) =>
        createLead(tx, place.as.owner, { contactId, source, value: { minor, currency: 'USD' }, ownerMemberId: id('member') }),
      )
      await inside((tx) =>
        won ? winLead(tx, place.as.owner, lead.id) : loseLead(tx, place.as.owner, { leadId: lead.id, reasonId: lost?.id ?? '' }),
      )
    }
    await close('referral', true, '1000')
    await close('referral', true, '500')
    await close('advert', false, '9000')
    const today = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const report = await inside((tx) => reportLeads(tx, place.as.owner, { pipelineId }))
    expect(report).toEqual({
      from: today.subtract({ days: 89 }).toString(),
      to: today.toString(),
      bySource: [
        { source: 'referral', won: 2, lost: 0, wonValue: [{ minor: '1500', currency: 'USD' }] },
        { source: 'advert', won: 0, lost: 1, wonValue: [] },
      ],
      byPerson: [{ memberId: id('member'), won: 2, lost: 1, wonValue: [{ minor: '1500', currency: 'USD' }] }],
      byReason: [{ reason: 'Too expensive', lost: 1 }],
    })
    const before = today.subtract({ days: 1 }).toString()
    expect((await inside((tx) => reportLeads(tx, place.as.owner, { pipelineId, to: before }))).bySource).toEqual([])
    await expect(inside((tx) => reportLeads(tx, place.as.owner, { pipelineId, from: today.toString(), to: before }))).rejects.toMatchObject(
      {
        type: 'http/invalid-request',
      },
    )
    expect((await inside((tx) => reportLeads(tx, place.as.representative, { pipelineId }))).bySource).toEqual([])
  })
})
