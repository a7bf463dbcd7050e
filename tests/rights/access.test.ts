import { PersonData } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { erasureSurroundings, restrictContact } from '../../apps/server/src/modules/privacy/index.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import type { Field } from '../../apps/server/src/platform/inventory/index.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'
import { fillEverything, type Marked } from './fill-everything.ts'
import { liveHere, type Person, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let person: Person
let hers: readonly Marked[]
let neighbours: readonly Marked[]
let copy: ReadonlyMap<string, () => Buffer>
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  person = await liveHere(house, place, 'Qwzaccessx')
  const neighbour = await liveHere(house, place, 'Qwzneighbourx')
  hers = await fillEverything(house.test, place.workspaceId, person.contactId, 'Qwzaccessx')
  neighbours = await fillEverything(house.test, place.workspaceId, neighbour.contactId, 'Qwzneighbourx')
  const made = await house.call(place.as.owner, 'POST', `/contacts/${person.contactId}/exports`, { reason: 'access' })
  const settled = await house.background.settle()
  expect(settled.filter(({ name, outcome }) => name === 'privacy.make-export' && outcome === 'failed')).toEqual([])
  const link = await house.call(place.as.owner, 'POST', `/contact-exports/${made.json.id}/link`)
  copy = readZip((await house.api.inject({ method: 'GET', url: link.json.path })).rawPayload, { bytes: 1e9, entries: 1e5 })
}, 120_000)

const everything = () =>
  [...copy].map(([name, content]) => `${name} ${content().toString('latin1')} ${content().toString('utf8')}`).join('\n')
const data = (): PersonData => PersonData.parse(JSON.parse(String(copy.get('data.json')?.())))

/** Whether a field is hers to be given: personal, declared for export, and neither a secret nor a hash. */
function isGiven({ place: where }: Marked): boolean {
  const [table = '', column = ''] = where.split('.')
  const declared = tableInventories.find((each) => each.schema === 'public' && each.table === table)
  const field = (declared?.columns as Readonly<Record<string, Field>> | undefined)?.[column]
  return field?.kind === 'personal' && field.export && field.category !== 'credential' && field.stored !== 'hashed'
}

it('gives every field of every channel that is hers, appointments and notes among them, and nothing of her neighbour [M1] [C11]', () => {
  const text = everything()
  const given = hers.filter(isGiven)
  expect(new Set(given.map(({ place: where }) => where.split('.')[0])).size).toBeGreaterThan(14)
  expect(given.map(({ place: where }) => where)).toEqual(expect.arrayContaining(['booking.note', 'note.body', 'message.body']))
  const missing = given.filter(({ marker }) => !text.includes(marker)).map(({ place: where }) => where)
  // The copies themselves are files of hers too, and are not put into another copy; the other files are.
  expect([...new Set(missing)]).toEqual(['file.name'])
  expect(given.some(({ place: where, marker }) => where === 'file.name' && text.includes(marker))).toBe(true)
  expect(neighbours.filter(({ marker }) => text.includes(marker)).map(({ place: where }) => where)).toEqual([])
  expect(text).not.toContain('Qwzneighbourx')
})

it('says that her data are kept and not used, where that began while it was made [M9]', async () => {
  const { contactId } = await liveHere(house, place, 'Qwzmeanwhilex')
  const around = erasureSurroundings.get()
  let copies = 0
  const files = {
    ...around.files,
    put: async (...copied: Parameters<typeof around.files.put>) => {
      copies += 1
      const stored = await around.files.put(...copied)
      if (copies === 1) {
        const ground = 'accuracy_contested'
        await place.inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId, ground }))
      }
      return stored
    },
  }
  erasureSurroundings.provide({ ...around, files })
  const made = await house.call(place.as.owner, 'POST', `/contacts/${contactId}/exports`, { reason: 'access' })
  await house.background.settle()
  erasureSurroundings.provide(around)
  expect(copies).toBe(2)
  const link = await house.call(place.as.owner, 'POST', `/contact-exports/${made.json.id}/link`)
  const entries = readZip((await house.api.inject({ method: 'GET', url: link.json.path })).rawPayload, { bytes: 1e9, entries: 1e5 })
  expect(String(entries.get('index.html')?.())).toContain('these data are kept and not used')
  expect(PersonData.parse(JSON.parse(String(entries.get('data.json')?.()))).tables.restriction).toMatchObject([{ lifted_at: null }])
})

it('says where it came from, what for, who receives it, how long it stays and what machines decide, for each kind of data in it [M1]', () => {
  const { processing, tables } = data()
  const source = { from: 'member', at: expect.stringMatching(/^20/), notice: { version: 1, publishedAt: expect.stringMatching(/^20/) } }
  expect(processing?.sources).toEqual([source, source]) // of her card, and of the one that was merged into it
  const told = new Set(processing?.uses.flatMap(({ tables: where }) => where))
  const withPersonal = (table: string) =>
    Object.values((tableInventories.find((each) => each.table === table)?.columns ?? {}) as Readonly<Record<string, Field>>).some(
      (field) => field.kind === 'personal',
    )
  expect(Object.keys(tables).filter((table) => (tables[table] ?? []).length > 0 && withPersonal(table) && !told.has(table))).toEqual([])
  for (const { retention } of processing?.uses ?? [])
    expect(processing?.periods.find((period) => period.retention === retention)?.ends, retention).toMatch(/\w/)
  expect(processing?.periods.find(({ retention }) => retention === 'conversation')).toMatchObject({ days: 730, criterion: 'relationship' })
  expect(processing?.recipients).toEqual([expect.objectContaining({ kind: 'processor', purposes: expect.any(Array) })])
  expect(processing?.automatedLogic.map(({ name }) => name)).toEqual(['contact_rules', 'stop_words', 'no_decision_alone'])
  const page = String(copy.get('index.html')?.())
  for (const heading of ['Where it came from', 'What it is used for', 'Who receives it', 'How long it stays', 'What machines decide'])
    expect(page).toContain(`<h2>${heading}</h2>`)
  expect(page).not.toMatch(/source\/|purpose\/|ends\/|logic\//)
})
