import { beforeAll, expect, it } from 'vitest'
import { planErasure, readCatalog } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { formsIn, numberForms } from './encodings.ts'
import { backedUp } from './haystacks.ts'
import { liveHere, type Person, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
}, 120_000)

/** Every report there can be on what is counted: rows and amounts by day of the business and by each state, service, person, channel. */
async function everyReport(): Promise<Readonly<Record<string, unknown>>> {
  const catalog = await place.inside((tx) => readCatalog(tx))
  const reports: Record<string, unknown> = {}
  for (const { table, columns } of planErasure(house.around.inventory, catalog).tables.filter(({ counted }) => counted)) {
    const live = (catalog.columns.get(table) ?? []).filter(({ name }) => name !== 'workspace_id' && name !== 'id' && name !== 'version')
    const kept = live.filter(({ name, type }) => {
      const field = columns[name]
      if (type === 'uuid')
        return field?.kind === 'reference'
          ? field.to === 'staff' || field.to === 'member'
          : catalog.foreignKeys.some(
              (key) => key.table === table && key.column === name && !['booking', 'contact', 'conversation'].includes(key.to),
            )
      if (type.startsWith('timestamp')) return true
      return field?.kind === 'system' || (field?.kind === 'personal' && typeof field.erase === 'object')
    })
    for (const { name, type } of kept) {
      const by = type.startsWith('timestamp') ? `("${name}" at time zone 'America/New_York')::date` : `"${name}"`
      const amount = live.some((column) => column.name === 'price_minor') ? ', coalesce(sum(price_minor), 0)::text as amount' : ''
      const { rows } = await house.test.asSuperuser(
        `select ${by}::text as by, count(*)::int as n ${amount} from "${table}" where workspace_id = $1 group by 1 order by 1`,
        [place.workspaceId],
      )
      reports[`${table} by ${name}`] = rows
    }
  }
  return reports
}

const rowsOf = async (): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  for (const { place: where, content } of await backedUp(house.test)) if (where.startsWith('public.')) found.set(where, content.toString())
  return found
}

it('keeps every count and amount of every report, and nothing leads back to her [M6] [I2] [K7]', async () => {
  const person: Person = await liveHere(house, place, 'Qwzanonymx')
  await liveHere(house, place, 'Qwzneighbourx')
  // Cancelling what is ahead is a change of its own, so it comes before the counting.
  await house.test.asSuperuser(`update booking set status = 'attended' where contact_id = $1`, [person.contactId])
  await house.test.asSuperuser('update claim set active = false')
  const before = await everyReport()
  const { rows: ids } = await house.test.asSuperuser(
    `select id::text from booking where contact_id = $1 union all select id::text from message where contact_id = $1
     union all select id::text from conversation where contact_id = $1 union all select id::text from timeline_event where contact_id = $1`,
    [person.contactId],
  )
  expect(Object.keys(before).length).toBeGreaterThan(20)
  expect(ids.length).toBeGreaterThan(5)

  const asked = await house.call(place.as.owner, 'POST', `/contacts/${person.contactId}/erasure`, { mode: 'anonymize' })
  expect(asked.status).toBe(202)
  expect((await house.background.settle()).filter(({ outcome }) => outcome === 'failed').map(({ error }) => error)).toEqual([])
  const { json } = await house.call(place.as.owner, 'GET', `/erasures/${asked.json.id}`)
  expect(json).toMatchObject({ state: 'done', receipt: { mode: 'anonymize', mentioned: [] } })

  expect(await everyReport()).toEqual(before)
  const after = await rowsOf()
  for (const [where, content] of after) {
    expect(formsIn(Buffer.from(content), [person.word, person.email, ...numberForms(person.phone)]), where).toEqual([])
    if (where === 'public.audit_entry' || where === 'public.outbox') continue
    expect(ids.filter(({ id }) => content.includes(id)).map(({ id }) => `${where} ${id}`)).toEqual([])
  }
  // No exact moment of hers is left to join on but that of the appointment itself, and what points at nobody says nothing about who else it was.
  const { rows: moments } = await house.test.asSuperuser(
    `select count(*)::int as n from message m join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id where c.archived_at is not null and m.at <> date_trunc('day', m.at at time zone 'America/New_York') at time zone 'America/New_York'`,
  )
  expect(moments[0].n).toBe(0)
}, 120_000)
