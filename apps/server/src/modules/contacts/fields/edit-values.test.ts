import type { ContactId, Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { createContact } from '../create-contact.ts'
import { editContact } from '../edit-contact.ts'
import { goBack } from '../history/go-back.ts'
import { listChanges } from '../history/list-changes.ts'
import { testWorkspace } from '../testing.ts'
import { createField } from './define-field.ts'
import { plain, testOwnFields } from './own-fields.testing.ts'

const place = await testOwnFields()
const { test, inside, load, add, create, edit } = place
const changes = async (contactId: ContactId, field?: string) =>
  (await inside((tx) => listChanges(tx, place.as.owner, { contactId, limit: 50, field }))).items
beforeAll(async () => {
  await add({ label: 'Café', type: 'text' })
  await add({ label: 'Children', type: 'number' })
  await add({ label: 'Member since', type: 'date' })
})

describe('values on a contact', () => {
  it('refuses what does not fit, field by field, and keeps everything as it was', async () => {
    const contactId = await create('Ann', { children: 2 })
    await expect(
      edit(contactId, { name: 'Anna', fields: { children: 'two', member_since: '2026-02-30', nothing: 1 } }),
    ).rejects.toMatchObject({
      type: 'http/invalid-request',
      facts: {
        faults: [
          { path: 'body.fields.children', code: 'field_number' },
          { path: 'body.fields.member_since', code: 'field_date' },
          { path: 'body.fields.nothing', code: 'field_unknown' },
        ],
      },
    })
    expect(await load(contactId)).toMatchObject({ name: 'Ann', version: 1, fields: { children: 2 } })
  })

  it('asks for what is required when somebody is added, and does not let it be emptied', async () => {
    const other = await testWorkspace(test, 'Strict')
    const there = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(other.workspaceId, work)
    const { owner } = other.as
    await there((tx) => createField(tx, owner, { ...plain, choices: [], label: 'Referred by', type: 'text', required: true }))
    const wish = { name: 'X', points: [], tags: [] }
    await expect(there((tx) => createContact(tx, owner, wish))).rejects.toMatchObject({
      facts: { faults: [{ path: 'body.fields.referred_by', code: 'field_required' }] },
    })
    const contactId = await there((tx) => createContact(tx, owner, { ...wish, fields: { referred_by: 'Bo' } }))
    await expect(there((tx) => editContact(tx, owner, { contactId, version: 1, fields: { referred_by: null } }))).rejects.toMatchObject({
      facts: { faults: [{ code: 'field_required' }] },
    })
    // Who comes by herself is not asked.
    expect(await other.newContact('visitor@home.example')).toEqual(expect.any(String))
  })

  it('changes nothing, and tells nobody, when everything is the same already', async () => {
    const contactId = await create('Same', { cafe: 'Flat white' })
    await edit(contactId, { name: 'Same', fields: { cafe: ' Flat white ' } })
    expect(await load(contactId)).toMatchObject({ version: 1, fields: { cafe: 'Flat white' } })
    expect(await changes(contactId)).toEqual([])
  })
})

describe('two who edit one contact', () => {
  it('keeps both edits when they are about different fields', async () => {
    const contactId = await create('Two', { cafe: 'Black', children: 1 })
    await edit(contactId, { fields: { children: 2 } }, { version: 1 })
    await edit(contactId, { fields: { cafe: 'White' }, tags: ['Late'] }, { version: 1, by: place.as.manager })
    expect(await load(contactId)).toMatchObject({ version: 3, tags: ['Late'], fields: { cafe: 'White', children: 2 } })
  })

  it('tells the second one of the same field, with both values and who wrote the first', async () => {
    const contactId = await create('Met', { cafe: 'Black' })
    await edit(contactId, { fields: { cafe: 'White' } }, { version: 1, by: place.as.manager })
    await expect(edit(contactId, { fields: { cafe: 'None' }, name: 'Lost?' }, { version: 1 })).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: {
        current: { name: 'Met', version: 2, fields: { cafe: 'White' } },
        conflicts: [{ field: 'own.cafe', theirs: 'White', by: { kind: 'member', id: place.as.manager.memberId }, source: 'screen' }],
      },
    })
    expect(await load(contactId)).toMatchObject({ name: 'Met', fields: { cafe: 'White' } })
    await edit(contactId, { fields: { cafe: 'None' } }, { version: 2 })
    expect((await load(contactId)).fields).toEqual({ cafe: 'None' })
  })

  it('lets both write the same, and refuses where it is not known what changed since', async () => {
    const contactId = await create('Agree', { cafe: 'Black' })
    await edit(contactId, { fields: { cafe: 'White' } }, { version: 1 })
    await edit(contactId, { fields: { cafe: 'White' } }, { version: 1 })
    expect((await load(contactId)).version).toBe(2)
    await test.asSuperuser('update contact set version = version + 1 where id = $1', [contactId]) // by somebody who left no trace
    await expect(edit(contactId, { name: 'Agreed' }, { version: 2 })).rejects.toMatchObject({ type: 'http/version-mismatch' })
  })

  it('lets exactly one of twenty at once win one field, and loses nothing of twenty fields', async () => {
    const contactId = await create('Crowd', { cafe: '0' })
    const same = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => edit(contactId, { fields: { cafe: `${at + 1}` } }, { version: 1 })),
    )
    expect(same.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const labels = Array.from({ length: 20 }, (_, at) => `Crowd ${String.fromCharCode(97 + at)}`)
    for (const label of labels) await add({ label, type: 'text' })
    const keys = labels.map((label) => label.toLowerCase().replace(' ', '_'))
    await Promise.all(keys.map((key) => edit(contactId, { fields: { [key]: key } }, { version: 2 })))
    expect((await load(contactId)).fields).toMatchObject(Object.fromEntries(keys.map((key) => [key, key])))
  })
})

describe('the history of a field', () => {
  it('says who, when, from where, from what to what, newest first, and goes back to any value', async () => {
    const key: Principal = {
      kind: 'api_key',
      workspaceId: place.workspaceId,
      keyId: '019b0000-0000-7000-8000-0000000000aa' as never,
      scopes: ['contacts.write', 'contacts.read'],
      test: false,
    }
    const contactId = await create('History', { cafe: 'Black' })
    await edit(contactId, { fields: { cafe: 'White' } })
    await edit(contactId, { fields: { cafe: null }, name: 'Historia' }, { by: key })
    const list = await changes(contactId, 'own.cafe')
    expect(list.map(({ before, after, source, by, restored }) => ({ before, after, source, by, restored }))).toEqual([
      { before: 'White', after: null, source: 'api', by: { kind: 'api_key', id: '019b0000-0000-7000-8000-0000000000aa' }, restored: false },
      { before: 'Black', after: 'White', source: 'screen', by: { kind: 'member', id: place.as.owner.memberId }, restored: false },
    ])
    expect((await changes(contactId)).map(({ field }) => field).toSorted()).toEqual(['name', 'own.cafe', 'own.cafe'])

    await inside((tx) => goBack(tx, place.as.owner, { contactId, changeId: list[1]?.id ?? '' }))
    expect((await load(contactId)).fields).toEqual({ cafe: 'Black' })
    expect((await changes(contactId, 'own.cafe'))[0]).toMatchObject({ before: null, after: 'Black', restored: true })
    const named = (await changes(contactId, 'name'))[0]?.id ?? ''
    await inside((tx) => goBack(tx, place.as.owner, { contactId, changeId: named }))
    expect((await load(contactId)).name).toBe('History')
  })

  it('keeps addresses, tags, company and owner as well, and puts them back', async () => {
    const contactId = await inside((tx) =>
      createContact(tx, place.as.owner, {
        name: 'Whole',
        company: 'Acme',
        tags: ['VIP'],
        points: [{ kind: 'email', value: 'whole@home.example', label: 'home' }],
      }),
    )
    await edit(contactId, { company: 'Other', tags: ['vip', 'New'], points: [], ownerMemberId: place.as.manager.memberId })
    const list = await changes(contactId)
    expect(Object.fromEntries(list.map(({ field, before, after }) => [field, [before, after]]))).toEqual({
      company: ['Acme', 'Other'],
      tags: [['VIP'], ['New', 'VIP']],
      points: [[{ kind: 'email', value: 'whole@home.example', label: 'home', preferred: true, shared: false }], []],
      ownerMemberId: [null, place.as.manager.memberId],
    })
    for (const { id } of list) await inside((tx) => goBack(tx, place.as.owner, { contactId, changeId: id }))
    expect(await load(contactId)).toMatchObject({
      company: { name: 'Acme' },
      tags: ['VIP'],
      ownerMemberId: null,
      points: [{ asTyped: 'whole@home.example', label: 'home', preferred: true }],
    })
  })

  it('does not keep what she had corrected, and then there is nothing to go back to', async () => {
    const contactId = await create('Wrong', { cafe: 'Secret' })
    await edit(contactId, { fields: { cafe: 'Secrets' } })
    await edit(contactId, { fields: { cafe: 'Right' }, forget: true })
    const list = await changes(contactId, 'own.cafe')
    expect(list.map(({ before, after, forgotten }) => [before, after, forgotten])).toEqual([
      [null, null, true],
      [null, null, true],
    ])
    await expect(inside((tx) => goBack(tx, place.as.owner, { contactId, changeId: list[0]?.id ?? '' }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
  })

  it('puts no value on the timeline', async () => {
    const contactId = await create('Quiet', { cafe: 'Black' })
    await edit(contactId, { fields: { cafe: 'Very private' } })
    const { rows } = await test.asSuperuser('select summary_values from timeline_event where contact_id = $1 order by id', [contactId])
    expect(rows.at(-1)?.summary_values).toEqual({ fields: 'own.cafe' })
  })
})
