import type { Role } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { createContact } from '../create-contact.ts'
import { editContact } from '../edit-contact.ts'
import { loadContact } from '../load-contact.ts'
import { testWorkspace } from '../testing.ts'
import { archiveField, changeField, createField, orderFields, restoreField } from './define-field.ts'
import { listFields } from './list-fields.ts'
import { plain, testOwnFields, type WantedField } from './own-fields.testing.ts'

const place = await testOwnFields()
const { test, inside, load, add, create } = place

describe('defining a field', () => {
  it.each<[Role]>([['member'], ['representative'], ['read_only'], ['privacy_officer']])('refuses it to the role %s', async (role) => {
    await expect(add({ label: 'Shoe size', type: 'number' }, place.as[role])).rejects.toMatchObject({
      type: 'http/not-allowed',
      facts: { permission: 'contact_fields.manage' },
    })
  })

  it('refuses a name twice, choices that are none, a currency where there is no amount', async () => {
    await add({ label: 'Café', type: 'text' })
    const faulty = async (field: WantedField) =>
      add(field).then(
        () => 'added',
        (refusal) => refusal.facts.faults[0].code,
      )
    expect(await faulty({ label: 'cafe', type: 'number' })).toBe('field_label_taken')
    expect(await faulty({ label: 'Level', type: 'choice' })).toBe('field_choices')
    expect(
      await faulty({
        label: 'Level',
        type: 'choice',
        choices: [
          { label: 'Gold', hue: 1 },
          { label: 'gold', hue: 2 },
        ],
      }),
    ).toBe('field_choices')
    expect(await faulty({ label: 'Level', type: 'text', choices: [{ label: 'Gold', hue: 1 }] })).toBe('field_choices')
    expect(await faulty({ label: 'Budget', type: 'money' })).toBe('field_currency')
    expect(await faulty({ label: 'Budget', type: 'number', currency: 'USD' })).toBe('field_currency')
  })

  it('refuses an edit over somebody else’s, and gives the current values', async () => {
    const field = await add({ label: 'Newspaper', type: 'text' })
    await inside((tx) => changeField(tx, place.as.owner, { fieldId: field.id, version: 1, label: 'Paper', notSensitive: false }))
    const late = inside((tx) => changeField(tx, place.as.owner, { fieldId: field.id, version: 1, group: 'Reads', notSensitive: false }))
    await expect(late).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { label: 'Paper', version: 2, key: 'newspaper' } },
    })
  })

  it('keeps the choices that are left out for those who have them', async () => {
    const field = await add({
      label: 'Plan',
      type: 'choice',
      choices: [
        { label: 'Basic', hue: 10 },
        { label: 'Large', hue: 20 },
      ],
    })
    const kept = await create('Has Basic', { plan: 'basic' })
    const choices = [
      { key: 'large', label: 'Large', hue: 20 },
      { label: 'Huge', hue: 30 },
    ]
    const changed = await inside((tx) => changeField(tx, place.as.owner, { fieldId: field.id, version: 1, choices, notSensitive: false }))
    expect(changed.choices).toEqual([
      { key: 'large', label: 'Large', hue: 20, archived: false },
      { key: 'huge', label: 'Huge', hue: 30, archived: false },
      { key: 'basic', label: 'Basic', hue: 10, archived: true },
    ])
    expect((await load(kept)).fields).toEqual({ plan: 'basic' })
    await expect(create('Wants Basic', { plan: 'basic' })).rejects.toMatchObject({ facts: { faults: [{ code: 'field_choice' }] } })
  })

  it('orders, archives and brings back, with the values', async () => {
    const other = await testWorkspace(test, 'Ordered')
    const there = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(other.workspaceId, work)
    const owner = other.as.owner
    const made = async (label: string) => (await there((tx) => createField(tx, owner, { ...plain, choices: [], label, type: 'text' }))).id
    const [a, b, c] = [await made('A'), await made('B'), await made('C')]
    await expect(there((tx) => orderFields(tx, owner, [c, a]))).rejects.toMatchObject({ type: 'http/conflict' })
    expect((await there((tx) => orderFields(tx, owner, [c, a, b]))).map(({ label }) => label)).toEqual(['C', 'A', 'B'])

    const contactId = await there((tx) => createContact(tx, owner, { name: 'X', points: [], tags: [], fields: { a: 'kept' } }))
    await there((tx) => archiveField(tx, owner, a))
    expect((await there((tx) => loadContact(tx, owner, contactId))).fields).toEqual({})
    expect((await there((tx) => listFields(tx, owner))).map(({ label }) => label)).toEqual(['C', 'B', 'A'])
    await expect(there((tx) => editContact(tx, owner, { contactId, version: 1, fields: { a: 'new' } }))).rejects.toMatchObject({
      facts: { faults: [{ path: 'body.fields.a', code: 'field_unknown' }] },
    })
    await there((tx) => restoreField(tx, owner, a))
    expect((await there((tx) => loadContact(tx, owner, contactId))).fields).toEqual({ a: 'kept' })
  })
})
