import type { ContactId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { createContact } from '../create-contact.ts'
import type { EditContact } from '../edit-contact.ts'
import { listContacts } from '../list-contacts.ts'
import { testWorkspace } from '../testing.ts'
import { changeField, createField } from './define-field.ts'
import { listFields } from './list-fields.ts'
import { plain, testOwnFields, type WantedField } from './own-fields.testing.ts'

const place = await testOwnFields()
const { test, settle, inside, add, create, edit } = place
const indexRows = async (contactId: ContactId) =>
  (await test.asSuperuser('select * from contact_field_index where id = $1', [contactId])).rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && name !== 'id' && name !== 'workspace_id')),
  )

describe('fields that lists are narrowed by', () => {
  it('are indexed for all contacts, follow edits, and leave nothing when they are turned off', async () => {
    const level = await add({ label: 'Score', type: 'number' })
    const early = await create('Early', { score: 7 })
    expect(await indexRows(early)).toEqual([])
    const on = await inside((tx) => changeField(tx, place.as.owner, { fieldId: level.id, version: 1, filter: true, notSensitive: false }))
    expect(on.filter).toBe('building')
    await settle()
    expect((await inside((tx) => listFields(tx, place.as.owner))).find(({ id }) => id === level.id)?.filter).toBe('ready')
    expect(await indexRows(early)).toEqual([{ number_1: 7 }])
    await edit(early, { fields: { score: 8 } })
    expect(await indexRows(early)).toEqual([{ number_1: 8 }])
    await edit(early, { fields: { score: null } })
    expect(await indexRows(early)).toEqual([])
    const late = await create('Late', { score: 9 })
    expect(await indexRows(late)).toEqual([{ number_1: 9 }])
    await inside((tx) => changeField(tx, place.as.owner, { fieldId: level.id, version: 2, filter: false, notSensitive: false }))
    await settle()
    expect(await indexRows(late)).toEqual([])
  })

  it('index several choices row by row', async () => {
    await add({
      label: 'Interests',
      type: 'choices',
      filter: true,
      choices: [
        { label: 'Tea', hue: 1 },
        { label: 'Cake', hue: 2 },
      ],
    })
    const contactId = await create('Cake', { interests: ['cake', 'tea'] })
    const rows = async () =>
      (await test.asSuperuser('select choice from contact_field_choice where contact_id = $1 order by choice', [contactId])).rows.map(
        ({ choice }) => choice,
      )
    expect(await rows()).toEqual(['cake', 'tea'])
    await edit(contactId, { fields: { interests: ['tea'] } })
    expect(await rows()).toEqual(['tea'])
  })

  it('narrow the list: by a value of any type, by a range; and nothing else is asked', async () => {
    const other = await testWorkspace(test, 'Narrow')
    const there = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(other.workspaceId, work)
    const { owner } = other.as
    const make = (field: WantedField) => there((tx) => createField(tx, owner, { ...plain, choices: [], filter: true, ...field }))
    await make({ label: 'City', type: 'text' })
    await make({ label: 'Age', type: 'number' })
    await make({ label: 'Budget', type: 'money', currency: 'USD' })
    await make({ label: 'Joined', type: 'date' })
    await make({ label: 'Active', type: 'yes_no' })
    await make({ label: 'Level', type: 'choice', choices: [{ label: 'Gold', hue: 1 }] })
    await make({
      label: 'Likes',
      type: 'choices',
      choices: [
        { label: 'Tea', hue: 1 },
        { label: 'Cake', hue: 2 },
      ],
    })
    await make({ label: 'Therapist', type: 'person' })
    await make({ label: 'Unindexed', type: 'text', filter: false })
    await settle()
    const person = async (name: string, fields: EditContact['fields']) => {
      await there((tx) => createContact(tx, owner, { name, points: [], tags: [], fields }))
    }
    const usd = (minor: string) => ({ minor, currency: 'USD' })
    await person('A', {
      city: 'Málaga',
      age: 30,
      budget: usd('1000'),
      joined: '2026-01-31',
      active: true,
      level: 'gold',
      likes: ['tea', 'cake'],
    })
    await person('B', {
      city: 'Lyon',
      age: 40,
      budget: usd('-500'),
      joined: '2026-02-01',
      active: false,
      likes: ['cake'],
      therapist: other.as.member.memberId,
    })
    await person('C', {})
    const names = async (filter: object) =>
      (await there((tx) => listContacts(tx, owner, { limit: 50, sort: 'name', archived: 'no', ...filter }))).items.map(({ name }) => name)
    const cases: readonly (readonly [object, string])[] = [
      [{ field: 'city', is: 'MALAGA' }, 'A'],
      [{ field: 'age', is: '40' }, 'B'],
      [{ field: 'age', from: '30', to: '39.5' }, 'A'],
      [{ field: 'age', from: '30' }, 'A B'],
      [{ field: 'budget', to: '0' }, 'B'],
      [{ field: 'joined', from: '2026-02-01' }, 'B'],
      [{ field: 'active', is: 'no' }, 'B'],
      [{ field: 'level', is: 'gold' }, 'A'],
      [{ field: 'likes', is: 'cake' }, 'A B'],
      [{ field: 'therapist', is: other.as.member.memberId }, 'B'],
      [{ field: 'level', is: 'silver' }, ''],
    ]
    for (const [filter, found] of cases) expect([filter, (await names(filter)).join(' ')]).toEqual([filter, found])
    const faults: readonly (readonly [object, string])[] = [
      [{ is: 'x' }, 'query.field'],
      [{ field: 'nothing', is: 'x' }, 'query.field'],
      [{ field: 'unindexed', is: 'x' }, 'query.field'],
      [{ field: 'city' }, 'query.is'],
      [{ field: 'city', from: 'a' }, 'query.is'],
      [{ field: 'age', is: 'ten' }, 'query.is'],
      [{ field: 'joined', from: '2026-02-30' }, 'query.from'],
      [{ field: 'budget', to: '1.5' }, 'query.to'],
      [{ field: 'active', is: 'maybe' }, 'query.is'],
    ]
    for (const [filter, path] of faults) await expect(names(filter)).rejects.toMatchObject({ facts: { faults: [{ path }] } })
  })

  it('are at most as many as there are columns of their kind', async () => {
    for (let number = 1; number <= 4; number += 1) await add({ label: `Amount ${number}`, type: 'money', currency: 'USD', filter: true })
    await expect(add({ label: 'Amount 5', type: 'money', currency: 'USD', filter: true })).rejects.toMatchObject({ type: 'http/conflict' })
  })
})
