import type { ContactId, Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { contactFacts } from '../contact-facts.ts'
import { createContact } from '../create-contact.ts'
import { editContact } from '../edit-contact.ts'
import { goBack } from '../history/go-back.ts'
import { listChanges } from '../history/list-changes.ts'
import { loadContact } from '../load-contact.ts'
import { mergeContacts } from '../merge/merge-contacts.ts'
import { undoMerge } from '../merge/undo-merge.ts'
import { searchContacts } from '../search-contacts.ts'
import { type TestWorkspace, testWorkspace, timelinePage } from '../testing.ts'
import { addRelation, editRelation, listRelations, removeRelation } from './relations.ts'
import { relationsInWords } from './relations-in-words.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
type Points = Parameters<typeof createContact>[2]['points']
const create = (name: string, { points = [], by = place.as.owner as Principal }: { points?: Points; by?: Principal } = {}) =>
  inside((tx) => createContact(tx, by, { name, points, tags: [] }))
const load = (contactId: ContactId) => inside((tx) => loadContact(tx, place.as.owner, contactId))
type Said = Omit<Parameters<typeof addRelation>[2], 'contactId' | 'otherId' | 'forward'> & { readonly forward?: boolean }
const relate = (contactId: ContactId, otherId: ContactId, said: Said, by: Principal = place.as.owner) =>
  inside((tx) => addRelation(tx, by, { contactId, otherId, forward: true, ...said }))
const relations = async (contactId: ContactId, by: Principal = place.as.owner) =>
  (await inside((tx) => listRelations(tx, by, contactId))).map(({ other, kind, forward, words }) => [other.name, kind, forward, words])

const merged = async (contactId: ContactId, mergedId: ContactId) => {
  const [{ version }, { version: mergedVersion }] = [await load(contactId), await load(mergedId)]
  const { merge } = await inside((tx) => mergeContacts(tx, place.as.owner, { contactId, mergedId, version, mergedVersion, take: {} }))
  return { mergeId: merge.id }
}

describe('a handle', () => {
  it('is refused where nobody can be called so, and where another contact has it on that channel', async () => {
    await expect(create('Nobody', { points: [{ kind: 'handle', channel: 'instagram', value: 'no name' }] })).rejects.toMatchObject({
      type: 'contacts/not-a-handle',
    })
    const first = await create('First', { points: [{ kind: 'handle', channel: 'instagram', value: '@One.Name' }] })
    const again = create('Second', { points: [{ kind: 'handle', channel: 'instagram', value: 'instagram.com/one.name' }] })
    await expect(again).rejects.toMatchObject({ type: 'contacts/point-taken', facts: { value: 'one.name', contactId: first } })
    await create('Elsewhere', { points: [{ kind: 'handle', channel: 'tiktok', value: 'one.name' }] })
  })

  it('is shown, found, kept in the history and brought back, and nobody is written to by it', async () => {
    const contactId = await create('Maria', { points: [{ kind: 'handle', channel: 'telegram', value: 'https://t.me/Maria_Sol' }] })
    const [point] = (await load(contactId)).points
    expect(point).toMatchObject({ kind: 'handle', channel: 'telegram', value: 'maria_sol', shown: '@maria_sol', preferred: true })
    expect((await inside((tx) => searchContacts(tx, place.as.owner, { q: 'maria_so', limit: 5 }))).map(({ id }) => id)).toEqual([contactId])
    expect((await inside((tx) => contactFacts(tx, contactId))).points).toEqual([])
    await inside((tx) => editContact(tx, place.as.owner, { contactId, version: 1, points: [] }))
    const { items } = await inside((tx) => listChanges(tx, place.as.owner, { contactId, limit: 5 }))
    expect(items[0]).toMatchObject({ field: 'points', before: [{ kind: 'handle', channel: 'telegram' }], after: [] })
    await inside((tx) => goBack(tx, place.as.owner, { contactId, changeId: items[0]?.id ?? '' }))
    expect((await load(contactId)).points).toMatchObject([{ channel: 'telegram', value: 'maria_sol' }])
  })
})

describe('a relation', () => {
  it('is refused to oneself, twice, without words of its own, and by whoever may not know one of the two', async () => {
    const [ana, leo] = [await create('Ana'), await create('Leo')]
    await expect(relate(ana, ana, { kind: 'friend' })).rejects.toMatchObject({ type: 'http/conflict' })
    await relate(ana, leo, { kind: 'friend' })
    await expect(relate(leo, ana, { kind: 'friend' })).rejects.toMatchObject({ type: 'contacts/already-related' })
    await relate(ana, leo, { kind: 'own', words: 'sold a horse to' })
    await expect(relate(leo, ana, { kind: 'own', words: null, wordsBack: 'Sold a horse to' })).rejects.toMatchObject({
      type: 'contacts/already-related',
    })
    const hers = await create('Hers', { by: place.as.representative })
    await expect(relate(hers, leo, { kind: 'friend' }, place.as.representative)).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(relate(ana, leo, { kind: 'parent' }, place.as.read_only)).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('stands on both pages, each in its words, and on both timelines; a representative sees it between her own only', async () => {
    const [mother, child] = [await create('Mother', { by: place.as.representative }), await create('Child')]
    await relate(child, mother, { kind: 'parent', forward: false, words: 'daughter of', wordsBack: 'mother of' })
    expect(await relations(mother)).toEqual([['Child', 'parent', true, 'mother of']])
    expect(await relations(child)).toEqual([['Mother', 'parent', false, 'daughter of']])
    expect(await relations(mother, place.as.representative)).toEqual([])
    expect([...(await inside((tx) => relationsInWords(tx, [mother, child], null))).values()].toSorted()).toEqual([
      'daughter of Mother',
      'mother of Child',
    ])
    expect((await inside((tx) => relationsInWords(tx, [mother], place.as.representative.memberId))).size).toBe(0)
    for (const contactId of [mother, child]) {
      const { items } = await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 5 }))
      expect(items[0]).toMatchObject({ kind: 'relation.added', subject: null })
    }
  })

  it('is changed from either side, in the version that was read, and comes back after it was removed', async () => {
    const [one, other] = [await create('One'), await create('Other')]
    const made = await relate(one, other, { kind: 'colleague' })
    const wish = { contactId: other, relationId: made.id, kind: 'manager' as const, forward: true, version: 1 }
    expect(await inside((tx) => editRelation(tx, place.as.owner, wish))).toMatchObject({ version: 2, forward: true, kind: 'manager' })
    expect(await relations(one)).toEqual([['Other', 'manager', false, null]])
    await expect(inside((tx) => editRelation(tx, place.as.owner, wish))).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { version: 2 } },
    })
    const at = { contactId: one, relationId: made.id }
    await inside((tx) => removeRelation(tx, place.as.owner, { ...at, removed: true }))
    expect(await relations(other)).toEqual([])
    await inside((tx) => removeRelation(tx, place.as.owner, { ...at, removed: false }))
    expect(await relations(other)).toEqual([['One', 'manager', true, null]])
  })

  it('goes over in a merge, says nothing of two who became one, and is as before after the undo', async () => {
    const [kept, twin, friend] = [await create('Kept'), await create('Twin'), await create('Friend')]
    await relate(twin, friend, { kind: 'friend' })
    await relate(kept, friend, { kind: 'friend' })
    await relate(kept, twin, { kind: 'sibling' })
    const before = await Promise.all([kept, twin, friend].map((id) => relations(id)))
    const { mergeId } = await merged(kept, twin)
    expect(await relations(kept)).toContainEqual(['Friend', 'friend', true, null])
    expect((await relations(kept)).some(([name]) => name === 'Twin' || name === 'Kept')).toBe(false)
    await inside((tx) => undoMerge(tx, place.as.owner, { mergeId, give: [] }))
    expect(await Promise.all([kept, twin, friend].map((id) => relations(id)))).toEqual(before)
  })
})
