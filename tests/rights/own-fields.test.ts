import { beforeAll, describe, expect, it } from 'vitest'
import { gatherPersonData } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { type Json, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
})

const add = (field: object) => house.call(place.as.owner, 'POST', '/contact-fields', field)
const slug = ({ json }: { json: Json }) => String(json.type).replace('/api/problems/', '')
const rowsOf = async (table: string, contactId: string, column = 'contact_id') =>
  (await house.test.asSuperuser(`select count(*)::int as n from ${table} where ${column} = $1`, [contactId])).rows[0].n

describe('an own field', () => {
  it('is not made without a category, nor of one that there is not [C13]', async () => {
    const field = { label: 'Shoe size', type: 'number' }
    expect(await add(field)).toMatchObject({ status: 400, json: { faults: [{ path: 'body.category' }] } })
    expect(await add({ ...field, category: 'secret' })).toMatchObject({ status: 400, json: { faults: [{ path: 'body.category' }] } })
    expect(await add({ ...field, category: 'preference' })).toMatchObject({
      status: 201,
      json: { key: 'shoe_size', category: 'preference' },
    })
  })

  it('holds nothing before it is there, and what it holds is in her copy and goes with her, history and index included [C13]', async () => {
    const contactId = await place.newContact('own@home.example', 'Olga Own')
    const at = `/contacts/${contactId}`
    const write = async (fields: object) =>
      house.call(place.as.owner, 'PATCH', at, { fields }, { 'if-match': `"${(await house.call(place.as.owner, 'GET', at)).json.version}"` })
    expect(await write({ locker: 'Qxlocker' })).toMatchObject({ status: 400, json: { faults: [{ code: 'field_unknown' }] } })
    await add({ label: 'Locker', type: 'text', category: 'identifier', filter: true })
    await add({
      label: 'Drinks',
      type: 'choices',
      category: 'preference',
      filter: true,
      choices: [
        { label: 'Tea', hue: 1 },
        { label: 'Juice', hue: 2 },
      ],
    })
    expect((await write({ locker: 'Qxfirst', drinks: ['tea'] })).status).toBe(200)
    expect((await write({ locker: 'Qxlocker' })).status).toBe(200)
    await house.background.settle()
    expect(await rowsOf('contact_field_index', contactId, 'id')).toBe(1)
    expect(await rowsOf('contact_field_choice', contactId)).toBe(1)

    const { data } = await place.inside((tx) => gatherPersonData(tx, house.around.inventory, [contactId]))
    expect(data.tables.contact?.[0]?.own_values).toEqual({ locker: 'Qxlocker', drinks: ['tea'] })
    expect((data.tables.contact_change ?? []).map(({ field, after }) => [field, after])).toContainEqual(['own.locker', 'Qxfirst'])

    await house.call(place.as.privacy_officer, 'POST', `${at}/erasure`, {
      mode: 'erase',
      bookingsAhead: 'cancel',
      neverContactAgain: false,
    })
    await house.background.settle()
    for (const table of ['contact_change', 'contact_field_choice']) expect(await rowsOf(table, contactId)).toBe(0)
    for (const table of ['contact', 'contact_field_index']) expect(await rowsOf(table, contactId, 'id')).toBe(0)
    const { rows } = await house.test.asSuperuser("select count(*)::int as n from contact where own_values::text like '%Qx%'")
    expect(rows[0].n).toBe(0)
  }, 60_000)

  it.each([
    ['Known allergies', 'health', 'allergies'],
    ['Número de pasaporte', 'government_id', 'pasaporte'],
    ['Compte bancaire', 'bank_account', 'compte bancaire'],
    ['SSN', 'ssn', 'ssn'],
    ['Religion', null, 'religion'],
  ])('called %s is pointed to protected fields, and made only when somebody says that it is none', async (label, kind, word) => {
    const field = { label, type: 'text', category: 'free_text' }
    const refused = await add(field)
    expect(slug(refused)).toBe('contacts/sensitive-field')
    expect(refused).toMatchObject({ status: 422, json: { kind, word } })
    expect((await add({ ...field, notSensitive: true })).status).toBe(201)
  })

  it.each(['Favourite tea', 'Racecourse', 'Ribbon colour', 'Member since', 'Talla de camisa', 'Taille de chemise'])(
    'called %s is harmless',
    async (label) => {
      expect((await add({ label, type: 'text', category: 'preference' })).status).toBe(201)
    },
  )

  it('takes what somebody brings along from another provider only where key and type are the same; the rest is kept unseen', async () => {
    const elsewhere = await house.business()
    const contactId = await place.newContact('moving@home.example', 'Mo Ving')
    const version = (await house.call(place.as.owner, 'GET', `/contacts/${contactId}`)).json.version
    await add({ label: 'Loyalty number', type: 'text', category: 'identifier' })
    const fields = { loyalty_number: 'L-77', shoe_size: 39 }
    expect((await house.call(place.as.owner, 'PATCH', `/contacts/${contactId}`, { fields }, { 'if-match': `"${version}"` })).status).toBe(
      200,
    )
    await house.call(elsewhere.as.owner, 'POST', '/contact-fields', { label: 'Loyalty number', type: 'text', category: 'identifier' })
    await house.call(elsewhere.as.owner, 'POST', '/contact-fields', { label: 'Shoe size', type: 'text', category: 'preference' })
    const { writeRows } = await import('../../apps/server/src/modules/privacy/erasure/write-rows.ts')
    const { data } = await place.inside((tx) => gatherPersonData(tx, house.around.inventory, [contactId]))
    const moved = await elsewhere.inside(async (tx) => {
      const written = await writeRows(tx, data, house.around.inventory, new Map())
      await written.afterFiles()
      return written.contactId
    })
    expect((await house.call(elsewhere.as.owner, 'GET', `/contacts/${moved}`)).json.fields).toEqual({ loyalty_number: 'L-77' })
  })
})
