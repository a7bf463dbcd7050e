import type { PersonData } from '@frontdesk/contract'
import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type TestWorkspace, testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { changePrivacySettings } from '../../apps/server/src/modules/privacy/index.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'
import { acceptTerms, liveHere, type Person, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let elsewhere: TestWorkspace
let person: Person
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  elsewhere = await testWorkspace(house.test, 'Another provider')
  person = await liveHere(house, place, 'Exportina')
}, 120_000)

const most = { bytes: 1e9, entries: 1e5 }

async function copyOf(where: TestWorkspace, contactId: string, reason: 'access' | 'portability' = 'portability'): Promise<Buffer> {
  const made = await house.call(where.as.privacy_officer, 'POST', `/contacts/${contactId}/exports`, { reason })
  expect(made).toMatchObject({ status: 202, json: { state: 'waiting', progress: 0 } })
  await house.background.settle()
  expect((await house.call(where.as.owner, 'GET', `/contact-exports/${made.json.id}`)).json).toMatchObject({
    state: 'ready',
    progress: 100,
  })
  const link = await house.call(where.as.owner, 'POST', `/contact-exports/${made.json.id}/link`)
  const answer = await house.api.inject({ method: 'GET', url: link.json.path })
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip'])
  return answer.rawPayload
}

async function takeOver(where: TestWorkspace, bytes: Buffer) {
  await acceptTerms(house, where)
  const opened = await house.call(where.as.owner, 'POST', '/contact-imports')
  const boundary = 'part'
  const payload = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="p.zip"\r\nContent-Type: application/zip\r\n\r\n`),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  const uploaded = await house.api.inject({ method: 'POST', url: opened.json.path, headers, payload })
  expect(uploaded.statusCode).toBe(202)
  const settled = await house.background.settle()
  expect(settled.filter(({ outcome }) => outcome === 'failed').map(({ error }) => error)).toEqual([])
  return (await house.call(where.as.owner, 'GET', `/contact-imports/${opened.json.import.id}`)).json
}

const dataIn = (zip: Buffer): PersonData => JSON.parse(String(readZip(zip, most).get('data.json')?.()))

/** The data with ids by the order in which they appear, so that two copies can be compared; without what the other provider sent and decided. */
function comparable({ tables }: PersonData): unknown {
  const own = tableInventories.filter(({ ownWork }) => ownWork === true).map(({ table }) => table)
  const left = new Set([
    'permit_id',
    'mail_id',
    'lead_id',
    'inbound_id',
    'address',
    'external_id',
    'subject_id',
    'subject_type',
    'about_id',
    'created_at_file',
  ])
  const names = new Map<string, string>()
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
  const plain = Object.fromEntries(
    Object.entries(tables)
      .filter(([table]) => !own.includes(table))
      .map(([table, rows]) => [
        table,
        rows
          .filter((row) => !(table === 'timeline_event' && String(row.kind).startsWith('contact.export')))
          .map((row) =>
            Object.fromEntries(
              Object.entries(row).filter(
                ([column]) =>
                  !left.has(column) &&
                  !(table === 'file' && ['id', 'address', 'created_at', 'expires_at'].includes(column)) &&
                  !(table === 'contact' && column === 'last_activity_at'),
              ),
            ),
          ),
      ]),
  )
  return JSON.parse(JSON.stringify(plain).replace(uuid, (id) => names.get(id) ?? names.set(id, `#${names.size}`).get(id) ?? id))
}

describe('a copy of somebody’s data', () => {
  it('holds everything in her language with her files, and no secrets, hashes or keys [M2] [C2]', async () => {
    const files = readZip(await copyOf(place, person.contactId, 'access'), most)
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['data.json', 'index.html', 'csv/contact.csv', 'csv/booking.csv', 'csv/message.csv']),
    )
    expect([...files.keys()].some((name) => name.startsWith('files/'))).toBe(true)
    expect([...files.keys()].some((name) => name.startsWith('mail/'))).toBe(true)
    const data = dataIn(await copyOf(place, person.contactId, 'access'))
    for (const table of ['contact', 'contact_point', 'note', 'booking', 'conversation', 'message', 'timeline_event', 'suppression'])
      expect(data.tables[table]?.length, table).toBeGreaterThan(0)
    const text = JSON.stringify(data)
    expect(text).toContain(person.email)
    for (const secret of ['v1|', 'value_hash', 'key_hash', 'raw_hash', 'owner@salon.example']) expect(text).not.toContain(secret)
    expect(String(files.get('index.html')?.())).toContain('<html lang="en"')
  })

  it.each(['access', 'portability'] as const)(
    'for %s is valid by its published JSON Schema, which refuses what it does not list [M2]',
    async (reason) => {
      const published = (await house.api.inject({ method: 'GET', url: '/api/schemas/person-data.json' })).json()
      const schema = z.fromJSONSchema(published)
      const data = dataIn(await copyOf(place, person.contactId, reason))
      expect(schema.safeParse(data).error?.issues ?? []).toEqual([])
      const [contact] = data.tables.contact ?? []
      const more = (change: object) => schema.safeParse({ ...data, ...change }).success
      expect(more({ tables: { ...data.tables, contact: [{ ...contact, password: 'x' }] } })).toBe(false)
      expect(more({ tables: { ...data.tables, secrets: [] } })).toBe(false)
      expect(more({ contactId: 7 })).toBe(false)
    },
  )

  it('for another provider holds what she gave and did, and nothing that this one sent, decided or concluded [M2]', async () => {
    const ours = tableInventories.flatMap(({ table, ownWork }) => (ownWork === true ? [table] : []))
    const given = (data: PersonData) => Object.keys(data.tables).filter((table) => (data.tables[table]?.length ?? 0) > 0)
    const whole = given(dataIn(await copyOf(place, person.contactId, 'access')))
    expect(whole.filter((table) => ours.includes(table))).toEqual(expect.arrayContaining(['mail', 'permit', 'disclosure']))
    const zip = readZip(await copyOf(place, person.contactId, 'portability'), most)
    const moved = given(JSON.parse(String(zip.get('data.json')?.())))
    expect(moved).toEqual(whole.filter((table) => !ours.includes(table)))
    expect([...zip.keys()].filter((name) => name.startsWith('mail/') || ours.some((table) => name === `csv/${table}.csv`))).toEqual([])
  })

  it('has her card and her appointments as other programs read them: vCard and iCalendar [M2]', async () => {
    const zip = readZip(await copyOf(place, person.contactId), most)
    const data: PersonData = JSON.parse(String(zip.get('data.json')?.()))
    const card = new ICAL.Component(ICAL.parse(String(zip.get('contact.vcf')?.())))
    expect([card.name, card.getFirstPropertyValue('version')]).toEqual(['vcard', '4.0'])
    expect(card.getFirstPropertyValue('fn')).toBe(data.tables.contact?.[0]?.name)
    expect(card.getAllProperties('email').map((property) => property.getFirstValue())).toContain(person.email)
    expect(card.getAllProperties('tel').map((property) => property.getFirstValue())).toContain(`tel:${person.phone}`)
    const calendar = new ICAL.Component(ICAL.parse(String(zip.get('appointments.ics')?.())))
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
    const booked = (data.tables.booking ?? []).map(({ id, starts_at }) => [id, Temporal.Instant.from(String(starts_at)).epochMilliseconds])
    expect(booked.length).toBeGreaterThan(0)
    expect(events.map(({ uid, startDate }) => [uid, startDate.toJSDate().getTime()]).sort()).toEqual(booked.sort())
  })

  it('lives thirty days at most, under a key of its own', async () => {
    const { rows } = await house.test.asSuperuser(
      `select expires_at - created_at <= interval '30 days' as fine from file where purpose = 'export'`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(({ fine }) => fine)).toBe(true)
  })

  it('is not for everybody', async () => {
    for (const role of ['member', 'read_only', 'admin'] as const)
      expect((await house.call(place.as[role], 'POST', `/contacts/${person.contactId}/exports`, { reason: 'access' })).status).toBe(403)
    expect((await house.api.inject({ method: 'GET', url: '/contact-exports/made-up' })).statusCode).toBe(410)
  })
})

describe('taking over', () => {
  it('refuses what is no copy, and somebody who is here already', async () => {
    expect(await takeOver(elsewhere, Buffer.from('not a zip at all'))).toMatchObject({ state: 'refused', refusal: 'damaged', rows: 0 })
    expect(await takeOver(place, await copyOf(place, person.contactId))).toMatchObject({ state: 'refused', refusal: 'already_here' })
  })

  it('screens whoever is brought, as everybody who is new', async () => {
    const strict = await testWorkspace(house.test, 'Only Germany')
    const choose = (screening: 'reject' | 'quarantine', version: number) =>
      house.test.database.inWorkspace(strict.workspaceId, (tx) =>
        changePrivacySettings(tx, strict.as.owner, {
          changes: { 'geo.mode': 'custom_list', 'geo.signup_allow': ['DE'], 'geo.contact_screening': screening },
          version,
        }),
      )
    const zip = await copyOf(place, person.contactId)
    await choose('reject', 1)
    expect(await takeOver(strict, zip)).toMatchObject({ state: 'refused', refusal: 'not_served', rows: 0, contactId: null })
    await choose('quarantine', 2)
    const { contactId } = await takeOver(strict, zip)
    expect((await house.call(strict.as.owner, 'GET', `/contacts/${contactId}/flags`)).json.open).toMatchObject([
      { reason: 'place', country: 'US', foundBy: 'phone', state: 'open' },
    ])
  })

  it('gives the same data in an empty workspace, timeline included [M2]', async () => {
    const zip = await copyOf(place, person.contactId)
    const taken = await takeOver(elsewhere, zip)
    expect(taken).toMatchObject({ state: 'done', refusal: null, files: 2 })
    const again = await copyOf(elsewhere, taken.contactId)
    expect(comparable(dataIn(again))).toEqual(comparable(dataIn(zip)))
    const timeline = async (where: TestWorkspace, id: string) =>
      (await house.call(where.as.owner, 'GET', `/contacts/${id}/timeline?limit=200`)).json.items
        .map((entry: { at: string; kind: string }) => `${entry.at} ${entry.kind}`)
        .filter((line: string) => !line.includes('contact.export'))
    expect(await timeline(elsewhere, taken.contactId)).toEqual(await timeline(place, person.contactId))
    const found = await house.call(elsewhere.as.owner, 'GET', '/contacts/search?q=exportina')
    expect(found.json.items).toHaveLength(1)
  })
})
