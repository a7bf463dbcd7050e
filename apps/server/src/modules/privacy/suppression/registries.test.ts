import type { ContactId, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { clearRegistry } from './clear-registry.ts'
import { beginRegistry, finishRegistry, listRegistries, loadLines, removeRegistry } from './load-registry.ts'
import { registryFactsOf } from './registry-facts.ts'
import { readOwnLine, readRegistryLine } from './registry-line.rules.ts'
import { suppressionsInForce } from './suppress.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [clearRegistry], subscribers: [] })
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const today = () => test.clock().toString().slice(0, 10)
async function load(registry: string, lines: string[], more: { asOf?: string; scope?: 'all' | 'marketing' } = {}) {
  const { id } = await inside((tx) => beginRegistry(tx, place.as.owner, { registry, asOf: today(), ...more }))
  await inside((tx) => loadLines(tx, place.as.owner, { snapshotId: id, from: 0, lines }))
  return inside((tx) => finishRegistry(tx, place.as.owner, id))
}
const saidAbout = (number: string) =>
  inside(async (tx) => {
    const facts = await registryFactsOf(tx, [number])
    return facts(number).map(({ registry, listed }) => [registry, listed])
  })

describe('a line', () => {
  it.each([
    ['the federal file, area code and number', '212,5550123', '+12125550123'],
    ['the same in quotes', '"212";"5550123"', '+12125550123'],
    ['one number', '2125550123', '+12125550123'],
    ['with its country', '+1 (212) 555-0123', '+12125550123'],
    ['after a mark of its encoding', '\uFEFF2125550123', '+12125550123'],
    ['a heading', 'AreaCode,Number', 'nothing'],
    ['empty', '', 'nothing'],
    ['too short', '212,55501', 'bad'],
    ['an area code that cannot be', '112,5550123', 'bad'],
    ['another country', '+44 20 7946 0000', 'bad'],
  ])('of a register: %s', (_what, line, expected) => expect(readRegistryLine(line)).toBe(expected))

  it.each([
    ['an address anywhere', 'Ann,"Lee, Mrs",ANN@Home.example,x', { kind: 'email', value: 'ann@home.example' }],
    ['a number as people write it', '"Bob";"(212) 555-0123"', { kind: 'phone', value: '+12125550123' }],
    ['a heading', 'name,email,phone', 'nothing'],
    ['digits that are no number', 'Ann,123', 'bad'],
  ])('of an own list: %s', (_what, line, expected) => expect(readOwnLine(line, 'US')).toEqual(expected))
})

describe('loading a register', () => {
  it.each<Role>(['member', 'representative', 'read_only', 'billing', 'auditor'])('is not for the role %s', async (role) => {
    await expect(inside((tx) => beginRegistry(tx, place.as[role], { registry: 'us.national', asOf: today() }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('refuses a copy of tomorrow, a gap, a file without numbers, and lines after the end', async () => {
    await expect(inside((tx) => beginRegistry(tx, place.as.owner, { registry: 'us.national', asOf: '2099-01-01' }))).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
    const { id: snapshotId } = await inside((tx) => beginRegistry(tx, place.as.owner, { registry: 'us.FL', asOf: today() }))
    await expect(inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 5, lines: ['x'] }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
    await inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 0, lines: ['not a number', '99'] }))
    await expect(inside((tx) => finishRegistry(tx, place.as.owner, snapshotId))).rejects.toMatchObject({ type: 'privacy/unreadable-list' })
    const done = await load('us.TX', ['5125550123'])
    await expect(
      inside((tx) => loadLines(tx, place.as.owner, { snapshotId: done.id, from: 1, lines: ['5125550124'] })),
    ).rejects.toMatchObject({ type: 'http/conflict' })
  })

  it('counts nothing before the end, each line once, and says what it found [U11]', async () => {
    const { id: snapshotId } = await inside((tx) => beginRegistry(tx, place.as.owner, { registry: 'us.national', asOf: today() }))
    const lines = ['AreaCode,Number', '305,5550101', '305,5550102', '305,5550101', 'x9', '']
    await inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 0, lines }))
    await inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 0, lines })) // the answer was lost, and it is sent again
    expect(await saidAbout('+13055550101')).toEqual([])
    await inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 6, lines: ['786,5550103'] }))
    expect(await inside((tx) => finishRegistry(tx, place.as.owner, snapshotId))).toMatchObject({
      status: 'ready',
      linesSeen: 7,
      linesKept: 3,
      linesKnown: 1,
      linesBad: 1,
      areaCodes: ['305', '786'],
      stale: false,
    })
    expect(await saidAbout('+13055550101')).toEqual([['us.national', true]])
    expect(await saidAbout('+13055550109')).toEqual([['us.national', false]])
    // No copy covers this area code: nothing is known, which is not the same as not listed.
    expect(await saidAbout('+14155550101')).toEqual([])
    expect(await saidAbout('+442079460000')).toEqual([])
    const { rows } = await test.asSuperuser('select * from registry_number')
    expect(JSON.stringify(rows)).not.toContain('5550101')
  })

  it('holds after the key was rotated', async () => {
    await load('ca.national', ['416,5550101'])
    test.keys.rotate('hash', test.clock())
    expect(await saidAbout('+14165550101')).toEqual([['ca.national', true]])
  })

  it('lets a newer copy take the place of an older one, and says which is too old', async () => {
    const old = await load('us.GA', ['404,5550101', '404,5550102'], {
      asOf: test
        .clock()
        .subtract({ hours: 24 * 40 })
        .toString()
        .slice(0, 10),
    })
    expect(old).toMatchObject({ stale: true })
    await load('us.GA', ['404,5550102'])
    await background.settle()
    expect(await saidAbout('+14045550101')).toEqual([['us.GA', false]])
    const { rows } = await test.asSuperuser('select from registry_number where snapshot_id = $1', [old.id])
    expect(rows).toHaveLength(0)
    const listed = await inside((tx) => listRegistries(tx, place.as.auditor, { limit: 50 }))
    expect(listed.items.filter(({ registry }) => registry === 'us.GA')).toHaveLength(1)
  })

  it('removes a copy, which then counts as not loaded', async () => {
    const { id } = await load('us.NY', ['718,5550101'])
    await inside((tx) => removeRegistry(tx, place.as.owner, id))
    expect(await saidAbout('+17185550101')).toEqual([])
    await expect(inside((tx) => removeRegistry(tx, place.as.owner, id))).rejects.toMatchObject({ type: 'http/not-found' })
  })
})

describe('an own list', () => {
  it('stops each address once, tells the timeline of those we know, and keeps none of them', async () => {
    const contactId: ContactId = await place.newContact('list1@home.example')
    const done = await load('own', ['email', 'list1@home.example', 'LIST1@home.example', 'list2@home.example', '(212) 555-0177'], {
      scope: 'marketing',
    })
    expect(done).toMatchObject({ linesKept: 3, linesKnown: 1, linesBad: 0, scope: 'marketing' })
    const inForce = await inside((tx) => suppressionsInForce(tx, { kind: 'email', value: 'list1@home.example' }))
    expect(inForce).toMatchObject([{ scope: 'marketing', cause: 'import', contact_id: contactId }])
    expect(await load('own', ['list2@home.example'], { scope: 'marketing' })).toMatchObject({ linesKept: 0, linesKnown: 1 })
    const { rows } = await test.asSuperuser('select row_to_json(suppression)::text as text from suppression')
    expect(rows.map(({ text }) => text).join()).not.toMatch(/home\.example|5550177/)
    const { rows: told } = await test.asSuperuser(`select from timeline_event where contact_id = $1 and kind = 'suppression.added'`, [
      contactId,
    ])
    expect(told).toHaveLength(1)
  })
})
