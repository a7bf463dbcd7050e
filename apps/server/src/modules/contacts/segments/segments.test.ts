import type { ContactFilter, ContactId, Principal, TableLook } from '@frontdesk/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createContact } from '../create-contact.ts'
import { listChanges } from '../history/list-changes.ts'
import { loadContact } from '../load-contact.ts'
import { archiveContact, type TestWorkspace, testWorkspace, timelinePage } from '../testing.ts'
import { bulkChangeJob, changeMany, loadBulkChange, undoBulkChange } from './bulk-change.ts'
import { archiveList, createList, listLists, loadList, renameList } from './lists.ts'
import { listsOf, putOnList } from './on-list.ts'
import { countSegment, listSegmentContacts } from './segment-contacts.ts'
import { createSegment, editSegment, listSegments, loadSegment, removeSegment } from './segments.ts'
import { standingPermission } from './standing-permission.ts'

standingPermission.provide({ mayBeReached: () => ({ from: sql`standing_answer p`, where: sql`false`, id: sql`p.id` }) })
const test = await testDatabase()
const { settle } = await backgroundOf(test, { jobs: [bulkChangeJob] })
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const look: TableLook = {
  columns: [
    { key: 'name', width: 220 },
    { key: 'phone', width: 160 },
  ],
  sort: 'name',
  reverse: true,
}
const vip: ContactFilter = { all: [{ on: 'tag', tag: 'VIP' }] }
const person = (name: string, tags: readonly string[] = [], ownerMemberId: string | null = null): Promise<ContactId> =>
  inside((tx) => createContact(tx, place.as.owner, { name, points: [], tags: [...tags], ownerMemberId: ownerMemberId as never }))

describe('segments', () => {
  it('are refused with a filter that means nothing here, and to roles that only read', async () => {
    const make = (by: Principal, filter: ContactFilter, shared = false) =>
      inside((tx) => createSegment(tx, by, { name: 'X', filter, look: null, shared }))
    await expect(make(place.as.owner, { all: [{ on: 'tag', tag: 'Nowhere' }] })).rejects.toMatchObject({
      type: 'contacts/filter-not-usable',
      facts: { faults: [{ path: 'body.filter.all.0', code: 'filter_tag' }] },
    })
    expect(await inside((tx) => listSegments(tx, place.as.owner))).toEqual([])
    const everybody: ContactFilter = { all: [] }
    for (const role of ['auditor', 'read_only', 'support'] as const)
      await expect(make(place.as[role], everybody)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(make(place.as.representative, everybody, true)).rejects.toMatchObject({ facts: { permission: 'segments.share' } })
  })

  it('are seen by everybody or by who made them, changed over the version that was read, removed and brought back', async () => {
    const { owner, member, representative } = place.as
    await person('Tagged', ['VIP'])
    const own = await inside((tx) => createSegment(tx, representative, { name: 'Mine', filter: vip, look: null, shared: false }))
    const shared = await inside((tx) => createSegment(tx, member, { name: 'Ours', filter: vip, look, shared: true }))
    const names = async (by: Principal) => (await inside((tx) => listSegments(tx, by))).map(({ name }) => name)
    expect([await names(owner), await names(representative)]).toEqual([['Ours'], ['Mine', 'Ours']])
    await expect(inside((tx) => loadSegment(tx, owner, own.id))).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(
      inside((tx) => editSegment(tx, representative, { segmentId: shared.id, version: 1, name: 'Taken over' })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
    const renamed = await inside((tx) => editSegment(tx, owner, { segmentId: shared.id, version: 1, name: 'All VIPs' }))
    expect([renamed.name, renamed.version, renamed.filter, renamed.look]).toEqual(['All VIPs', 2, vip, look])
    await expect(inside((tx) => editSegment(tx, member, { segmentId: shared.id, version: 1, name: 'Late' }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { name: 'All VIPs', version: 2 } },
    })
    const plain = await inside((tx) => editSegment(tx, owner, { segmentId: shared.id, version: 2, look: null }))
    expect([plain.version, plain.look, plain.filter]).toEqual([3, null, vip])
    await inside((tx) => removeSegment(tx, member, shared.id, true))
    expect(await names(owner)).toEqual([])
    await inside((tx) => removeSegment(tx, member, shared.id, false))
    expect(await names(owner)).toEqual(['All VIPs'])
  })

  it('are counted at most five seconds ago, each representative her own people, and listed exactly', async () => {
    const { owner, representative } = place.as
    const tag = 'Counted'
    await person('Hers', [tag], representative.memberId)
    const gone = await person('Archived', [tag])
    await inside((tx) => archiveContact(tx, owner, gone))
    await person('Other', [tag])
    const segment = await inside((tx) =>
      createSegment(tx, owner, { name: 'C', filter: { all: [{ on: 'tag', tag }] }, look: null, shared: true }),
    )
    const count = async (by: Principal) => {
      const { count: found, countedAt } = await inside((tx) => countSegment(tx, by, { segmentId: segment.id, steps: false }))
      return [found, test.clock().since(Temporal.Instant.from(countedAt)).total('seconds')]
    }
    expect([await count(owner), await count(representative)]).toEqual([
      [2, 0],
      [1, 0],
    ])
    await person('New', [tag])
    test.clock.advance({ seconds: 4 })
    expect(await count(owner)).toEqual([2, 4])
    test.clock.advance({ seconds: 2 })
    expect(await count(owner)).toEqual([3, 0])
    const edited = await inside((tx) =>
      editSegment(tx, owner, { segmentId: segment.id, version: 1, filter: { none: [{ on: 'tag', tag }] } }),
    )
    expect((await count(owner))[1]).toBe(0)
    await inside((tx) => editSegment(tx, owner, { segmentId: segment.id, version: edited.version, filter: segment.filter }))
    const page = async (by: Principal, cursor?: string) =>
      inside((tx) => listSegmentContacts(tx, by, { segmentId: segment.id, sort: 'name', limit: 2, cursor }))
    const first = await page(owner)
    const second = await page(owner, first.next ?? undefined)
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Hers', 'New', 'Other'])
    expect((await page(representative)).items.map(({ name }) => name)).toEqual(['Hers'])
  })
})

describe('lists', () => {
  it('have one name each, are renamed, archived with those on them, and brought back', async () => {
    const { owner, representative } = place.as
    await expect(inside((tx) => createList(tx, representative, { name: 'Hers' }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    const list = await inside((tx) => createList(tx, owner, { name: 'Spring fair' }))
    await expect(inside((tx) => createList(tx, owner, { name: 'SPRING FAIR' }))).rejects.toMatchObject({
      type: 'contacts/list-taken',
      facts: { listId: list.id },
    })
    const renamed = await inside((tx) => renameList(tx, owner, { listId: list.id, version: 1, name: 'Fair' }))
    expect([renamed.name, renamed.version]).toEqual(['Fair', 2])
    const contactId = await person('On it')
    await inside((tx) => putOnList(tx, owner, { contactId, listId: list.id, on: true }))
    await inside((tx) => archiveList(tx, owner, list.id, true))
    await expect(inside((tx) => putOnList(tx, owner, { contactId, listId: list.id, on: false }))).rejects.toMatchObject({
      type: 'http/conflict',
    })
    await inside((tx) => archiveList(tx, owner, list.id, false))
    expect((await inside((tx) => listLists(tx, owner, { archived: 'no' }))).map(({ name, contacts }) => [name, contacts])).toEqual([
      ['Fair', 1],
    ])
  })

  it('take a contact on and off, tell it on her timeline, and show a representative her own people only', async () => {
    const { owner, representative } = place.as
    const list = await inside((tx) => createList(tx, owner, { name: 'Newsletter' }))
    const hers = await person('Hers', [], representative.memberId)
    const other = await person('Not hers')
    for (const contactId of [hers, other, other]) await inside((tx) => putOnList(tx, owner, { contactId, listId: list.id, on: true }))
    await expect(inside((tx) => putOnList(tx, representative, { contactId: other, listId: list.id, on: false }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
    expect((await inside((tx) => loadList(tx, owner, list.id))).contacts).toBe(2)
    expect((await inside((tx) => loadList(tx, representative, list.id))).contacts).toBe(1)
    expect((await inside((tx) => listsOf(tx, owner, other))).map(({ name }) => name)).toEqual(['Newsletter'])
    await inside((tx) => putOnList(tx, owner, { contactId: other, listId: list.id, on: false }))
    const told = await inside((tx) => timelinePage(tx, owner, { contactId: other, limit: 10 }))
    expect(told.items.map(({ kind }) => kind)).toEqual(['contact.unlisted', 'contact.listed', 'contact.created'])
  })
})

describe('many at once', () => {
  it('refuses what is not there, and other people’s contacts', async () => {
    const { owner, representative, auditor } = place.as
    const contactId = await person('Somebody')
    const who = { contactIds: [contactId] }
    const change = (by: Principal, what: Parameters<typeof changeMany>[2]['what']) => inside((tx) => changeMany(tx, by, { what, who }))
    await expect(change(owner, { act: 'remove_tag', tag: 'Nowhere' })).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(change(owner, { act: 'add_to_list', listId: contactId })).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(change(representative, { act: 'add_tag', tag: 'Mine' })).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(change(auditor, { act: 'add_tag', tag: 'X' })).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('tags those who are named at once, with their history, and takes it back from those whom it changed', async () => {
    const { owner } = place.as
    const [one, two] = [await person('One', ['Old']), await person('Two', ['Old', 'Fresh'])]
    const done = await inside((tx) => changeMany(tx, owner, { what: { act: 'add_tag', tag: 'fresh' }, who: { contactIds: [one, two] } }))
    expect([done.state, done.done, done.changed, done.tag]).toEqual(['finished', 2, 1, 'Fresh'])
    const tags = async (id: ContactId) => (await inside((tx) => loadContact(tx, owner, id))).tags
    expect([await tags(one), await tags(two)]).toEqual([
      ['Fresh', 'Old'],
      ['Fresh', 'Old'],
    ])
    const [change] = (await inside((tx) => listChanges(tx, owner, { contactId: one, limit: 5 }))).items
    expect([change?.field, change?.before, change?.after]).toEqual(['tags', ['Old'], ['Fresh', 'Old']])
    expect((await inside((tx) => undoBulkChange(tx, owner, done.id))).state).toBe('undone')
    expect([await tags(one), await tags(two)]).toEqual([['Old'], ['Fresh', 'Old']])
    await inside((tx) => undoBulkChange(tx, owner, done.id))
  })

  it('puts all of a filter on a list in the background, a thousand at a time, with one event for each part, and back', async () => {
    const { owner, representative } = place.as
    const list = await inside((tx) => createList(tx, owner, { name: 'Big' }))
    await person('Tag of the many', ['Many'], representative.memberId)
    await test.asSuperuser(
      `with made as (
         insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, last_dealing_at, created_at, updated_at)
         select $1, gen_random_uuid(), 1, 'P' || n, 'p' || n, 'member', '', now(), now(), now(), now() from generate_series(1, 2300) n returning id)
       insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at)
       select $1, gen_random_uuid(), made.id, tag.id, now() from made, tag where tag.workspace_id = $1 and tag.name_folded = 'many'`,
      [place.workspaceId],
    )
    const who = { filter: { all: [{ on: 'tag' as const, tag: 'Many' }] } }
    const own = await inside((tx) => changeMany(tx, representative, { what: { act: 'add_to_list', listId: list.id }, who }))
    expect([own.state, own.total]).toEqual(['running', 1])
    await expect(inside((tx) => undoBulkChange(tx, representative, own.id))).rejects.toMatchObject({ type: 'http/conflict' })
    await settle()
    const all = await inside((tx) => changeMany(tx, owner, { what: { act: 'add_to_list', listId: list.id }, who }))
    await settle()
    const after = await inside((tx) => loadBulkChange(tx, owner, all.id))
    expect([after.state, after.total, after.changed]).toEqual(['finished', 2301, 2300])
    expect((await inside((tx) => loadList(tx, owner, list.id))).contacts).toBe(2301)
    const events = await test.asSuperuser("select count(*)::int as n from outbox where type = 'list.changed' or type like 'bulk_change.%'")
    expect(events.rows[0].n).toBeLessThan(20)
    await inside((tx) => undoBulkChange(tx, owner, all.id))
    await settle()
    expect((await inside((tx) => loadBulkChange(tx, owner, all.id))).state).toBe('undone')
    expect((await inside((tx) => loadList(tx, owner, list.id))).contacts).toBe(1)
    await expect(inside((tx) => loadBulkChange(tx, representative, all.id))).rejects.toMatchObject({ type: 'http/not-found' })
  })
})
