import { beforeAll, describe, expect, it } from 'vitest'
import { undoImportJob } from '../../apps/server/src/modules/contacts/import/undo-import.ts'
import { suppress } from '../../apps/server/src/modules/privacy/index.ts'
import { tidyFiles } from '../../apps/server/src/platform/files/index.ts'
import { storedFiles } from '../rights/haystacks.ts'
import type { Json } from '../rights/scenario.ts'
import { type ListDesk, listDesk } from './house.ts'

let desk: ListDesk
beforeAll(async () => {
  desk = await listDesk()
})

/** Every table that says what is, without when it was last changed. */
const stateTables = [
  'company',
  'contact',
  'contact_point',
  'tag',
  'contact_tag',
  'note',
  'contact_field_index',
  'contact_field_choice',
  'dealing',
] as const

async function stateNow(): Promise<Record<string, unknown>> {
  const sums = stateTables.map(async (table) => {
    const { rows } = await desk.house.test.asSuperuser(
      `select md5(coalesce(string_agg((to_jsonb(t) - 'version' - 'updated_at' - 'last_activity_at')::text, '|' order by t.id), '')) as sum, count(*) as rows
       from "${table}" t where workspace_id = $1`,
      [desk.place.workspaceId],
    )
    return [table, rows[0]] as const
  })
  return Object.fromEntries(await Promise.all(sums))
}

async function rowsOf(table: string): Promise<number> {
  const { rows } = await desk.house.test.asSuperuser(`select count(*)::int as n from "${table}" where workspace_id = $1`, [
    desk.place.workspaceId,
  ])
  return rows[0]?.n
}

async function undone(importId: string): Promise<Json> {
  expect((await desk.ask('POST', `/imports/${importId}/undo`)).status).toBe(200)
  await desk.house.background.settle()
  return desk.load(importId)
}

const before =
  'Name,Phone,Email,Company,Job Title,Tags,Note\nIda Was,212-555-4001,ida@undo.example,Old Co,Baker,regular,Likes tea\nUdo Was,212-555-4002,udo@undo.example,,,,\n'
const list =
  'Name,Phone,Email,Company,Job Title,Tags,Note\nIda Is,212-555-4003,ida@undo.example,New Co,Cook,regular; vip,Likes cake\nNew Face,212-555-4002,new@undo.example,New Co,,vip,Came by list\nNew Face,,new@undo.example,,Guest,,\n'

describe('an import taken back', () => {
  it('leaves every table as it was; timelines and the log only gain', async () => {
    await desk.written(before)
    const was = await stateNow()
    const [timeline, audit] = [await rowsOf('timeline_event'), await rowsOf('audit_entry')]
    const done = await desk.written(list, { rules: { all: 'overwrite' }, ground: { kind: 'customers', on: '2026-01-05' } })
    expect(done.counts).toMatchObject({ created: 1, updated: 1, duplicate: 1 })
    expect(await stateNow()).not.toEqual(was)
    expect(await undone(done.id)).toMatchObject({ state: 'undone', undo: { removed: 1, restored: 1, kept: 0 } })
    expect(await stateNow()).toEqual(was)
    expect(await rowsOf('timeline_event')).toBeGreaterThan(timeline)
    expect(await rowsOf('audit_entry')).toBeGreaterThan(audit)
    const ida = await desk.named('Ida Was')
    const history = await desk.ask('GET', `/contacts/${ida.id}/changes?limit=50`)
    expect(history.json.items.map(({ field, source, restored }: Json) => [field, source, restored])).toContainEqual([
      'company',
      'import',
      true,
    ])
  })

  it('keeps what people changed since, and whoever they worked with', async () => {
    const done = await desk.written(list.replaceAll('undo.example', 'since.example').replaceAll('555-40', '555-41'))
    const face = await desk.named('New Face')
    await desk.ask('PATCH', `/contacts/${face.id}`, { companyRole: 'Regular guest' }, face.version)
    const again = await desk.written('Name,Email,Job Title,Company\nIda Is,ida@since.example,Chef,Third Co\n', {
      rules: { all: 'overwrite' },
    })
    const ida = await desk.named('Ida Is')
    await desk.ask('PATCH', `/contacts/${ida.id}`, { companyRole: 'Owner' }, ida.version)
    expect(await undone(again.id)).toMatchObject({ undo: { restored: 1 } })
    expect(await desk.named('Ida Is')).toMatchObject({ companyRole: 'Owner', company: { name: 'New Co' } })
    expect(await undone(done.id)).toMatchObject({ state: 'undone', undo: { removed: 0, kept: 2 } })
    expect(await desk.named('New Face')).toMatchObject({ companyRole: 'Regular guest' })
  })

  it('never brings back who was erased, and neither does the next list', async () => {
    const erasable = 'Name,Email,Phone\nEra Sed,era@gone.example,212-555-4301\nSta Yed,sta@gone.example,212-555-4302\n'
    const done = await desk.written(erasable)
    const era = await desk.named('Era Sed')
    expect((await desk.ask('POST', `/contacts/${era.id}/erasure`, { mode: 'erase' })).status).toBe(202)
    await desk.house.background.settle()
    expect(await desk.named('Era Sed')).toBeUndefined()
    const again = await desk.written(erasable)
    expect(again.counts).toMatchObject({ rows: 2, erased: 1, unchanged: 1, created: 0 })
    expect(await desk.errors(again.id)).toContain('erased here')
    expect(await undone(done.id)).toMatchObject({ state: 'undone', undo: { removed: 0 } })
    expect(await desk.named('Era Sed')).toBeUndefined()
    const { rows } = await desk.house.test.asSuperuser('select count(*)::int as n from contact_point where value_normalized like $1', [
      '%era@gone.example%',
    ])
    expect(rows[0]?.n).toBe(0)
  })

  it('is handed on to a job of its own before the time of one is over', async () => {
    const done = await desk.written('Name,Email\nLong One,long@undo.example\n')
    expect((await desk.ask('POST', `/imports/${done.id}/undo`)).status).toBe(200)
    const { house, place } = desk
    const context = {
      workspaceId: place.workspaceId,
      signal: new AbortController().signal,
      halfTimeOver: () => true,
      inWorkspace: place.inside,
    }
    await undoImportJob.run(context as never, { importId: done.id })
    expect(await desk.load(done.id)).toMatchObject({ state: 'undoing', undo: { removed: 0 } })
    const { rows } = await house.test.asSuperuser(
      "select count(*)::int as n from pgboss.job where name = 'contacts.undo-import' and state = 'created'",
    )
    expect(rows[0]?.n).toBe(2)
    await house.background.settle()
    expect(await desk.load(done.id)).toMatchObject({ state: 'undone', undo: { removed: 1 } })
  })

  it('is refused after thirty days', async () => {
    const done = await desk.written('Name,Email\nLate One,late@undo.example\n')
    await desk.house.test.asSuperuser("update import set started_at = started_at - interval '31 days' where id = $1", [done.id])
    const { status, json } = await desk.ask('POST', `/imports/${done.id}/undo`)
    expect(status).toBe(409)
    expect(json.detail).toContain('30 days')
  })
})

describe('what a list allows', () => {
  it('hangs on how these people are known', async () => {
    const people =
      'Name,Phone,Email,Last visit\nRea Ch,212-555-4401,rea@reach.example,2026-10-01\nOld Ch,212-555-4402,old@reach.example,2019-10-01\n'
    const reachOn = async (ground: object, settle: object = {}): Promise<Record<string, number>> => {
      const { forecast, id } = await desk.checked(people, { ground, ...settle })
      await desk.ask('POST', `/imports/${id}/cancel`)
      return Object.fromEntries(forecast.reach.map(({ way, allowed }: Json) => [way, allowed]))
    }
    const field = (name: string) => ({ use: 'field', field: name })
    const columns = [field('name'), field('phone'), field('email'), { use: 'when' }]
    const unknown = await reachOn({ kind: 'unknown' })
    const signed = await reachOn({ kind: 'consent', wording: 'texts_offers', locale: 'en', proof: 'Binder 4', on: '2026-05-01' })
    const bought = await reachOn({ kind: 'bought' })
    expect(unknown).toEqual(bought)
    expect(unknown).toMatchObject({ text: 0, ai_call: 0 })
    expect(signed.text).toBeGreaterThanOrEqual(0)
    const customers = await reachOn({ kind: 'customers' }, { columns })
    expect(customers.call).toBeGreaterThanOrEqual(unknown.call ?? 0)
  })

  it('is written down with its people: clocks by the day of each row, consents in the ledger, and taken back with them', async () => {
    await desk.written('Name,Phone,Email\nCon Sent,212-555-4501,con@ledger.example\n')
    const rows = 'Name,Phone,Email,Last visit\nCon Sent,212-555-4501,con@ledger.example,2026-10-01\n'
    const columns = ['name', 'phone', 'email'].map((field) => ({ use: 'field', field }))
    const con = await desk.named('Con Sent')
    const asCustomers = await desk.written(rows, { ground: { kind: 'customers' }, columns: [...columns, { use: 'when' }] })
    const dealings = () =>
      desk.house.test.asSuperuser('select kind, happened_at::date::text as day from dealing where contact_id = $1', [con.id])
    expect((await dealings()).rows).toEqual([{ kind: 'transaction', day: '2026-10-01' }])
    const signed = await desk.written(rows, {
      ground: { kind: 'consent', wording: 'mail_offers', locale: 'en', words: 'Yes, send me offers.', proof: 'Binder 4' },
      columns: [...columns, { use: 'when' }],
    })
    const ledger = () =>
      desk.house.test.asSuperuser('select action, channel, how, place from consent where contact_id = $1 order by created_at, id', [con.id])
    expect((await ledger()).rows).toEqual([{ action: 'given', channel: 'email', how: 'paper', place: 'Binder 4' }])
    await undone(signed.id)
    expect((await ledger()).rows.map(({ action }) => action)).toEqual(['given', 'withdrawn'])
    await undone(asCustomers.id)
    expect((await dealings()).rows).toEqual([])
  })

  it('who said stop stays stopped, and is counted', async () => {
    await desk.place.inside((tx) =>
      suppress(tx, desk.place.owner, { kind: 'phone', value: '+12125554601', scope: 'all', cause: 'asked' } as never),
    )
    const done = await desk.written('Name,Phone\nSto Pped,212-555-4601\nFre Ely,212-555-4602\n', {
      ground: { kind: 'customers', on: '2026-11-01' },
    })
    expect(done.forecast.counts.stopped).toBe(1)
    expect(done.counts).toMatchObject({ created: 2, stopped: 1 })
    const stopped = await desk.named('Sto Pped')
    const { json } = await desk.ask('GET', `/contacts/${stopped.id}/may-contact`)
    expect(
      json.answers
        .filter(({ channel, purpose }: Json) => channel === 'call' && purpose === 'marketing')
        .every(({ allowed }: Json) => !allowed),
    ).toBe(true)
  })
})

it('rows say where they came from; the file is in no store after thirty days [C6]', async () => {
  const { house, place } = desk
  const done = await desk.written('Name,Email\nMarka Zwirn,zwirn@c6.example\nMarka Two,not an address\n')
  const { rows } = await house.test.asSuperuser(
    'select c.source, r.number from contact c join import_row r on r.contact_id = c.id where r.import_id = $1 order by r.number',
    [done.id],
  )
  expect(rows.map(({ source, number }) => [source, Number(number)])).toEqual([
    ['import', 1],
    ['import', 2],
  ])
  const held = async () =>
    (await storedFiles(house.around.files, house.filesFolder, place.workspaceId)).filter(({ content }) => content.includes('Marka'))
  expect((await held()).length).toBeGreaterThan(0)
  house.test.clock.advance({ days: 31 })
  await tidyFiles(house.around.files, place.workspaceId, house.test.clock(), (work) => place.inside(work))
  expect((await held()).map(({ place: where }) => where)).toEqual([])
  expect(await desk.load(done.id)).toMatchObject({ fileUntil: null, hasErrors: false })
})
