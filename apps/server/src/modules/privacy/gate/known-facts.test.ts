import type { ContactId, KnownFact, LivesIn, Role } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { contactFacts, createContact, editContact, findOrCreateContact, residenceKeeper } from '../../contacts/index.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { groundOf, pointFor } from './gather-facts.ts'
import { lineByPlan } from './known-facts.ts'
import { learnFact } from './list-known-facts.ts'
import { mayContact } from './may-contact.ts'
import { ruleTouch } from './permit-answer.ts'
import { keepResidence, notePlaceOfVisit } from './record-known-fact.ts'

const test = await testDatabase()
test.clock.set('2026-10-20T16:00:00Z')
const place = await testWorkspace(test)
residenceKeeper.provide({ keep: keepResidence })
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
/** Somebody whom a member wrote down, with one number. */
async function someone() {
  counter += 1
  const number = `+1212555${3000 + counter}`
  const contactId = await inside((tx) =>
    createContact(tx, place.as.owner, { name: `Fact ${counter}`, points: [{ kind: 'phone', value: number }], tags: [] }),
  )
  const [point] = (await inside((tx) => contactFacts(tx, contactId))).points
  if (!point) throw new Error('She should have a number.')
  return { contactId, pointId: point.id, number }
}
const learn = (contactId: ContactId, fact: object, role: Role = 'member') =>
  inside((tx) => learnFact(tx, place.as[role], { contactId, ...fact } as Parameters<typeof learnFact>[2]))
/** The facts of a call to her, as the rules would get them. */
const factsOf = (contactId: ContactId) =>
  inside(async (tx) => {
    const contact = await contactFacts(tx, contactId)
    const touch = {
      contactId,
      channel: 'call',
      voice: 'human',
      dialing: 'by_hand',
      purpose: 'marketing',
      about: { type: 'campaign', id: contactId },
    } as const
    const point = pointFor(contact, 'call', undefined)
    return (await groundOf(tx, [contact])).facts(contact, ruleTouch(touch), point, null)
  })
const shown = (known: readonly KnownFact[], kind: KnownFact['kind']) => known.find((fact) => fact.kind === kind)

describe('what is learned is refused', () => {
  it('from roles that do not work with contacts, and about somebody they may not see', async () => {
    const { contactId } = await someone()
    const fact = { kind: 'place', country: 'FR' }
    for (const role of ['read_only', 'billing', 'auditor'] as const)
      await expect(learn(contactId, fact, role)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(learn(contactId, fact, 'representative')).rejects.toMatchObject({ type: 'http/not-found' })
  })

  it('for a day to come, for a number that is not hers, and for an address without its state', async () => {
    const { contactId, pointId } = await someone()
    const other = await someone()
    const line = { kind: 'line', answer: 'mobile', pointId, checkedOn: '2026-10-20' }
    await expect(learn(contactId, { ...line, checkedOn: '2026-10-21' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(learn(contactId, { ...line, pointId: other.pointId })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(learn(contactId, { kind: 'place', country: 'US', address: '1 Main Street' })).rejects.toMatchObject({
      type: 'privacy/unreadable-place',
    })
    expect((await test.asSuperuser('select 1 from known_fact where contact_id = $1', [contactId])).rows).toEqual([])
  })
})

it('nobody knows anything at first, which the card says and the rules take strictly', async () => {
  const { contactId, pointId } = await someone()
  const { known } = await inside((tx) => mayContact(tx, place.as.read_only, contactId))
  const nothing = { answer: null, source: null, on: null, checkedWith: null, counts: false }
  expect(known).toEqual([
    { kind: 'place', pointId: null, ...nothing },
    { kind: 'line', pointId, ...nothing },
    { kind: 'reassigned', pointId, ...nothing },
    { kind: 'heard', pointId, ...nothing },
  ])
  const facts = await factsOf(contactId)
  expect(facts.person.address).toBeNull()
  expect(facts.point).toMatchObject({ line: 'unknown', reassigned: null, lastHeardAt: null })
})

describe('where she lives', () => {
  it('is kept as the state alone, the newest word counts, and the street is nowhere', async () => {
    const { contactId } = await someone()
    await learn(contactId, { kind: 'place', country: 'US', address: '77 Qwzstreet, Portland, ME 04101' })
    expect((await factsOf(contactId)).person.address).toEqual({ country: 'US', region: 'ME', zone: null })
    const { known } = await learn(contactId, { kind: 'place', country: 'FR', address: '1 rue Qwzstreet, Lyon' })
    expect(shown(known, 'place')).toEqual({
      kind: 'place',
      pointId: null,
      answer: 'FR',
      source: 'member',
      on: '2026-10-20',
      checkedWith: null,
      counts: true,
    })
    expect((await factsOf(contactId)).person.address).toEqual({ country: 'FR', region: null, zone: null })
    const { rows } = await test.asSuperuser('select * from known_fact where contact_id = $1', [contactId])
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('Qwzstreet')
    const audited = await test.asSuperuser(`select 1 from audit_entry where action = 'known_fact.recorded' and object_id = $1`, [contactId])
    expect(audited.rows).toHaveLength(2)
  })

  it('is kept from her form with how it is known and of which day, and not a word of the form where the address says too little', async () => {
    const { contactId } = await someone()
    const write = (livesIn: LivesIn, version = 1) =>
      inside((tx) => editContact(tx, place.as.member, { contactId, version, name: 'Kept whole', livesIn }))
    await expect(write({ country: 'US', address: 'Rwzlane', source: 'on the phone' })).rejects.toMatchObject({
      type: 'privacy/unreadable-place',
    })
    await expect(write({ country: 'FR', source: 'on the phone', asOf: '2026-10-21' })).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
    expect((await inside((tx) => contactFacts(tx, contactId))).name).not.toBe('Kept whole')
    await write({ country: 'US', address: '4 Rwzlane, Tampa, FL 33602', source: 'her letter', asOf: '2026-10-02' })
    await write({ country: 'CA', source: 'on the phone' }, 2)
    const { known } = await inside((tx) => mayContact(tx, place.as.member, contactId))
    expect(shown(known, 'place')).toMatchObject({ answer: 'CA', on: '2026-10-20', checkedWith: 'on the phone', source: 'member' })
    const { rows } = await test.asSuperuser(
      `select concat_ws(' ', answer, checked_on, checked_with) as words from known_fact where contact_id = $1 order by id`,
      [contactId],
    )
    expect(rows.map(({ words }: { words: string }) => words)).toEqual(['US-FL 2026-10-02 her letter', 'CA 2026-10-20 on the phone'])
  })

  it('comes with somebody new, or she is not added', async () => {
    const add = (livesIn: LivesIn) =>
      inside((tx) => createContact(tx, place.as.member, { name: 'Newcomer', points: [], tags: [], livesIn }))
    await expect(add({ country: 'US', address: 'somewhere', source: 'a note' })).rejects.toMatchObject({ type: 'privacy/unreadable-place' })
    expect((await factsOf(await add({ country: 'US', address: 'Austin, TX', source: 'a note' }))).person.address).toMatchObject({
      region: 'TX',
    })
    expect((await test.asSuperuser(`select 1 from contact where name = 'Newcomer'`)).rows).toHaveLength(1)
  })

  it('follows from where the business was asked to come to, if the address says it plainly', async () => {
    const { contactId } = await someone()
    const visit = (address: string) => inside((tx) => notePlaceOfVisit(tx, place.visitor, { contactId, address }))
    await visit('behind the church')
    expect((await factsOf(contactId)).person.address).toBeNull()
    await visit('5 Oak Avenue\nTampa, FL 33602')
    expect((await factsOf(contactId)).person.address).toEqual({ country: 'US', region: 'FL', zone: null })
  })
})

describe('the kind of line', () => {
  it('is a mobile for as long as nobody says otherwise, and a landline for a month', async () => {
    const { contactId, pointId } = await someone()
    const line = { kind: 'line', pointId, checkedOn: '2026-10-01', checkedWith: 'the carrier' }
    await learn(contactId, { ...line, answer: 'mobile' })
    expect((await factsOf(contactId)).point?.line).toBe('mobile')
    await learn(contactId, { ...line, answer: 'landline' })
    expect((await factsOf(contactId)).point?.line).toBe('landline')
    test.clock.set('2026-10-31T16:00:00Z')
    expect((await factsOf(contactId)).point?.line).toBe('unknown')
    const { known } = await inside((tx) => mayContact(tx, place.as.member, contactId))
    expect(shown(known, 'line')).toMatchObject({ answer: 'landline', on: '2026-10-01', checkedWith: 'the carrier', counts: false })
    test.clock.set('2026-10-20T16:00:00Z')
  })

  it.each([
    ['+33612345678', 'mobile'],
    ['+33142685300', 'landline'],
    ['+447911123456', 'mobile'],
    ['+442079460958', 'landline'],
    ['+12125550123', 'unknown'],
    ['+14165550123', 'unknown'],
  ])('of %s is %s by the numbering plan', (number, expected) => {
    expect(lineByPlan(number)).toBe(expected)
  })
})

it('whether a number was given to somebody else counts from its day, and is forgotten with the number', async () => {
  const { contactId, pointId } = await someone()
  const fact = { kind: 'reassigned', pointId, checkedWith: 'Reassigned Numbers Database' }
  await learn(contactId, { ...fact, answer: 'no', checkedOn: '2026-10-15' })
  const told = (await factsOf(contactId)).point?.reassigned
  expect([told?.answer, told?.at.toString()]).toEqual(['no', '2026-10-15T00:00:00Z'])
  await learn(contactId, { ...fact, answer: 'yes', checkedOn: '2026-10-18' })
  const { answers } = await inside((tx) => mayContact(tx, place.as.member, contactId))
  const call = answers.find(({ channel, purpose }) => channel === 'call' && purpose === 'marketing')
  expect(call?.reasons.map(({ code }) => code)).toContain('number_reassigned')
  const corrected = [{ id: pointId, kind: 'phone' as const, value: '+12125559999' }]
  await inside((tx) => editContact(tx, place.as.owner, { contactId, version: 1, points: corrected }))
  expect((await factsOf(contactId)).point?.reassigned).toBeNull()
})

it('she is heard of when she turns up with the number herself, and not when a member writes it down', async () => {
  const { contactId, number, pointId } = await someone()
  const arrive = (by: typeof place.visitor) =>
    inside((tx) => findOrCreateContact(tx, by, { name: `Fact ${counter}`, phone: number, source: 'booking' }))
  await arrive(place.as.member)
  expect((await factsOf(contactId)).point?.lastHeardAt).toBeNull()
  await arrive(place.visitor)
  expect((await factsOf(contactId)).point?.lastHeardAt?.toString()).toBe('2026-10-20T16:00:00Z')
  const { known } = await inside((tx) => mayContact(tx, place.as.member, contactId))
  expect(shown(known, 'heard')).toMatchObject({ pointId, answer: '2026-10-20T16:00:00Z', source: 'herself', counts: true })
})
