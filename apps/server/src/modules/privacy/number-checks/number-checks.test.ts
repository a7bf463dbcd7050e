import type { ContactId, Role } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createContact, findOrCreateContact } from '../../contacts/index.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { mayContact } from '../gate/may-contact.ts'
import { type LoadNumberChecks, loadNumberChecks } from './load-checks.ts'
import { readChecks } from './read-checks.ts'

const test = await testDatabase()
test.clock.set('2026-10-20T16:00:00Z')
const place = await testWorkspace(test)
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const load = (text: string, more: Partial<LoadNumberChecks> = {}, role: Role = 'owner') =>
  inside((tx) => loadNumberChecks(tx, place.as[role], { text, keep: false, ...more }))
let counter = 0
async function someone(name = 'Checked') {
  counter += 1
  const number = `+1212555${4000 + counter}`
  const points = [{ kind: 'phone' as const, value: number }]
  const contactId = await inside((tx) => createContact(tx, place.as.owner, { name: `${name} ${counter}`, points, tags: [] }))
  return { contactId, number }
}
const kept = async (contactId: ContactId) =>
  (
    await test.asSuperuser(
      `select concat_ws(' ', kind, answer, checked_on, checked_with, source) as words from known_fact where contact_id = $1 order by id`,
      [contactId],
    )
  ).rows.map(({ words }: { words: string }) => words)
const reading = { country: 'US', today: Temporal.PlainDate.from('2026-10-20'), checkedOn: null, checkedWith: null }
const read = (text: string, more: Partial<typeof reading> = {}) => readChecks(text, { ...reading, ...more })

describe('a row of a file of checked numbers', () => {
  const header = 'number,line type,reassigned,checked at,source\n'
  it.each([
    ['a number that cannot be dialled', '12,mobile,no,2026-10-01,x', 'not_a_phone'],
    ['a kind of line that is none', '2125550123,pigeon,no,2026-10-01,x', 'not_a_line'],
    ['an answer that is none', '2125550123,mobile,perhaps,2026-10-01,x', 'not_an_answer'],
    ['a day that is none', '2125550123,mobile,no,2026-13-45,x', 'not_a_date'],
    ['a day that could be two', '2125550123,mobile,no,03/04/2026,x', 'date_could_be_two'],
    ['a missing day', '2125550123,mobile,no,,x', 'day_missing'],
    ['a day to come', '2125550123,mobile,no,2026-10-21,x', 'day_to_come'],
    ['a reassignment to come', '2125550123,mobile,2026-10-21,2026-10-01,x', 'day_to_come'],
    ['a long source', `2125550123,mobile,no,2026-10-01,${'x'.repeat(121)}`, 'source_too_long'],
    ['nothing said', '2125550123,unknown,,2026-10-01,x', 'nothing_said'],
    ['a quotation mark that is never closed', '"2125550123,mobile,no,2026-10-01,x', 'unreadable'],
  ])('with %s is named with its line', async (_what, row, problem) => {
    const { rows, checks, broken } = await read(`${header}2125550199,mobile,no,2026-10-01,Carrier\n${row}\n2125550198,voip,,2026-10-01,\n`)
    expect(broken).toEqual([{ line: 3, problem }])
    expect([rows, checks.map(({ line }) => line)]).toEqual([3, [2, 4]])
  })

  it.each([
    ['as it is described', 'number,line type,reassigned,checked at,source\n+12125550123,mobile,no,2026-10-01,Carrier'],
    [
      'of a spreadsheet in Spanish',
      'Teléfono;Tipo de línea;Reasignado;Fecha;Fuente\n(212) 555-0123;móvil;no;1/10/2026;Carrier\n;;;31/12/2025;',
    ],
    [
      'of a spreadsheet in French',
      'Numéro de téléphone\tType de ligne\tRéattribué\tVérifié le\tSource\n212.555.0123\tportable\tnon\t2026-10-01\tCarrier',
    ],
    [
      'of a service, with moments and columns of its own',
      'id,phone_number,lineType,rnd,checked_at,provider\n1,12125550123,cellular,N,2026-10-01T09:30:00Z,Carrier',
    ],
  ])('is read in a file %s', async (_what, text) => {
    const { checks } = await read(text)
    expect(
      checks.map(({ number, kind, reassigned, checkedOn, checkedWith }) => [number, kind, reassigned, `${checkedOn}`, checkedWith]),
    ).toEqual([['+12125550123', 'mobile', 'no', '2026-10-01', 'Carrier']])
  })

  it('takes day and source from beside the file where it does not say', async () => {
    const beside = { checkedOn: Temporal.PlainDate.from('2026-10-05'), checkedWith: 'Twilio Lookup' } as never
    const { checks } = await read('phone,type\n2125550123,landline\n', beside)
    expect(checks).toMatchObject([{ kind: 'landline', reassigned: null, checkedWith: 'Twilio Lookup' }])
    expect(checks[0]?.checkedOn.toString()).toBe('2026-10-05')
  })
})

describe('a file of checked numbers is refused', () => {
  it.each<Role>(['member', 'representative', 'read_only', 'billing', 'auditor'])('from the role %s', async (role) => {
    await expect(load('number,line\n2125550123,mobile', {}, role)).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it.each([
    ['that is empty', ' \n'],
    ['without a column of numbers', 'name,line type\nAnn,mobile'],
    ['without anything that was checked', 'number,name\n2125550123,Ann'],
    ['without the names of its columns', '2125550123,mobile\n2125550124,mobile'],
    ['with too many rows', `number,line\n${'2125550123,mobile\n'.repeat(50_001)}`],
  ])('%s', async (_what, text) => {
    await expect(load(text)).rejects.toMatchObject({ type: 'privacy/unreadable-checks' })
  })

  it('for a day to come', async () => {
    await expect(load('number,line\n2125550123,mobile', { checkedOn: '2026-10-22' })).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
  })
})

it('first only tells what it would mean, then records it, and the second time finds all of it there', async () => {
  const [one, two] = [await someone(), await someone()]
  const text = `number,line type,reassigned,checked at,source
${one.number},mobile,no,2026-10-18,Carrier
${two.number},landline,,2026-10-18,Carrier
+12125559876,mobile,no,2026-10-18,Carrier
nobody,mobile,no,2026-10-18,Carrier
`
  const told = { rows: 4, matched: 2, strangers: 1, contacts: 2, brokenCount: 1, broken: [{ line: 5, problem: 'not_a_phone' }] }
  expect(await load(text)).toEqual({ ...told, facts: 3, known: 0, kept: false })
  expect([await kept(one.contactId), await kept(two.contactId)]).toEqual([[], []])

  expect(await load(text, { keep: true })).toEqual({ ...told, facts: 3, known: 0, kept: true })
  expect(await kept(one.contactId)).toEqual(['line mobile 2026-10-18 Carrier file', 'reassigned no 2026-10-18 Carrier file'])
  expect(await kept(two.contactId)).toEqual(['line landline 2026-10-18 Carrier file'])
  const all = await test.asSuperuser('select * from known_fact')
  expect(JSON.stringify(all.rows)).not.toContain('5559876')
  expect(JSON.stringify(all.rows)).not.toContain(one.number.slice(5))
  const audited = await test.asSuperuser(`select 1 from audit_entry where action = 'known_fact.loaded'`)
  expect(audited.rows).toHaveLength(1)

  expect(await load(text, { keep: true })).toEqual({ ...told, facts: 0, known: 3, kept: true })
  expect(await kept(one.contactId)).toHaveLength(2)
  const { known } = await inside((tx) => mayContact(tx, place.as.member, one.contactId))
  expect(
    known.filter(({ source }) => source === 'file').map(({ kind, answer, on, checkedWith }) => [kind, answer, on, checkedWith]),
  ).toEqual([
    ['line', 'mobile', '2026-10-18', 'Carrier'],
    ['reassigned', 'no', '2026-10-18', 'Carrier'],
  ])
})

it('counts for everybody who shares the number, and for whoever somebody became', async () => {
  const { number, contactId } = await someone()
  const points = [{ kind: 'phone' as const, value: number, shared: true }]
  await test.asSuperuser('update contact_point set shared = true where contact_id = $1', [contactId])
  const other = await inside((tx) => createContact(tx, place.as.owner, { name: 'Family', points, tags: [] }))
  expect(await load(`number,line,date\n${number},voip,2026-10-19`, { keep: true })).toMatchObject({ matched: 1, contacts: 2, facts: 2 })
  expect([await kept(contactId), await kept(other)]).toEqual([['line voip 2026-10-19 file'], ['line voip 2026-10-19 file']])
})

it('takes the day of a reassignment as an answer: hers if she turned up with the number after it, otherwise somebody else’s', async () => {
  const { number, contactId } = await someone()
  const day = (reassigned: string) => load(`number,reassigned,checked\n${number},${reassigned},2026-10-20`, { keep: true })
  await day('2026-03-01')
  expect(await kept(contactId)).toEqual(['reassigned yes 2026-10-20 file'])
  await inside((tx) => findOrCreateContact(tx, place.visitor, { name: 'Herself', phone: number, source: 'booking' }))
  await day('2026-03-02')
  await day('2026-10-20')
  expect(await kept(contactId)).toEqual(['reassigned yes 2026-10-20 file', 'reassigned no 2026-10-20 file'])
})
