import type { ContactId, Principal, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { archiveContact, restoreContact } from './archive-contact.ts'
import { contactFacts } from './contact-facts.ts'
import { type CreateContact, createContact } from './create-contact.ts'
import { type EditContact, editContact } from './edit-contact.ts'
import { type ListContacts, listContacts } from './list-contacts.ts'
import { listTags } from './list-tags.ts'
import { loadContact } from './load-contact.ts'
import { searchContacts } from './search-contacts.ts'
import { type TestWorkspace, testWorkspace } from './testing.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const create = (contact: Partial<CreateContact> & { name: string }, by: Principal = place.as.owner) =>
  inside((tx) => createContact(tx, by, { points: [], tags: [], ...contact }))
const load = (contactId: ContactId, by: Principal = place.as.owner) => inside((tx) => loadContact(tx, by, contactId))
const edit = async (contactId: ContactId, change: Omit<EditContact, 'contactId' | 'version'>, by: Principal = place.as.owner) => {
  const { version } = await load(contactId)
  return inside((tx) => editContact(tx, by, { contactId, version, ...change }))
}
const list = (query: Partial<ListContacts> = {}, by: Principal = place.as.owner) =>
  inside((tx) => listContacts(tx, by, { limit: 50, sort: 'recent', archived: 'no', ...query }))
const search = async (q: string, by: Principal = place.as.owner) =>
  (await inside((tx) => searchContacts(tx, by, { q, limit: 20 }))).map(({ name }) => name)

describe('who may', () => {
  it.each<[Role, string]>([
    ['billing', 'contacts.read'],
    ['read_only', 'contacts.write'],
    ['auditor', 'contacts.write'],
    ['support', 'contacts.write'],
  ])('refuses the role %s what needs %s', async (role, permission) => {
    const attempt = permission === 'contacts.read' ? list({}, place.as[role]) : create({ name: 'X' }, place.as[role])
    await expect(attempt).rejects.toMatchObject({ type: 'http/not-allowed', facts: { permission } })
  })

  it('refuses an API key without the scope', async () => {
    const key: Principal = { kind: 'api_key', workspaceId: place.workspaceId, keyId: 'k' as never, scopes: ['contacts.read'], test: false }
    await expect(create({ name: 'X' }, key)).rejects.toMatchObject({ type: 'http/missing-scope' })
  })

  it('shows a representative her own contacts only, and 404 for every other', async () => {
    const hers = await create({ name: 'Hers Alone' }, place.as.representative)
    const other = await create({ name: 'Not Alone' })
    const representative = place.as.representative
    expect((await load(hers)).ownerMemberId).toBe(representative.memberId)
    expect((await list({}, representative)).items.map(({ name }) => name)).toEqual(['Hers Alone'])
    expect((await list({ ownerMemberId: place.as.owner.memberId }, representative)).items.map(({ id }) => id)).toEqual([hers])
    expect(await search('alone', representative)).toEqual(['Hers Alone'])
    await expect(load(other, representative)).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(edit(other, { name: 'Taken' }, representative)).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(inside((tx) => archiveContact(tx, representative, other))).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(edit(hers, { ownerMemberId: place.as.owner.memberId }, representative)).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('answers 404 for a contact of another workspace', async () => {
    const other = await testWorkspace(test, 'Other')
    const foreign = await other.newContact('foreign@other.example')
    await expect(load(foreign)).rejects.toMatchObject({ type: 'http/not-found' })
  })
})

describe('editing', () => {
  it('refuses a version that is not the current one and gives the current values', async () => {
    const contactId = await create({ name: 'Before' })
    await edit(contactId, { name: 'Now' })
    const late = inside((tx) => editContact(tx, place.as.owner, { contactId, version: 1, name: 'Late' }))
    await expect(late).rejects.toMatchObject({ type: 'http/version-mismatch', facts: { current: { name: 'Now', version: 2 } } })
  })

  it('refuses an address that another contact has, names it, and takes it as shared', async () => {
    const first = await create({ name: 'First', points: [{ kind: 'email', value: 'one@taken.example' }] })
    const second = await create({ name: 'Second' })
    await expect(edit(second, { points: [{ kind: 'email', value: 'ONE@taken.example' }] })).rejects.toMatchObject({
      type: 'contacts/point-taken',
      facts: { contactId: first },
    })
    await edit(second, { points: [{ kind: 'email', value: 'one@taken.example', shared: true }] })
    expect((await load(first)).points[0]).toMatchObject({ shared: true })
  })

  it('refuses an owner who does not work here', async () => {
    const contactId = await create({ name: 'Owned' })
    const other = await testWorkspace(test, 'Elsewhere')
    await expect(edit(contactId, { ownerMemberId: other.as.owner.memberId })).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it('changes only what is sent', async () => {
    const contactId = await create({
      name: 'Kept',
      company: 'Acme',
      tags: ['VIP'],
      points: [{ kind: 'email', value: 'kept@edit.example' }],
    })
    await edit(contactId, { locale: 'es-MX' })
    expect(await load(contactId)).toMatchObject({
      name: 'Kept',
      locale: 'es-MX',
      company: { name: 'Acme' },
      tags: ['VIP'],
      points: [{ value: 'kept@edit.example' }],
    })
  })

  it('keeps one preferred point of each kind, whichever order they come in, and their ids', async () => {
    const contactId = await create({
      name: 'Points',
      points: [
        { kind: 'email', value: 'a@points.example' },
        { kind: 'email', value: 'b@points.example' },
        { kind: 'phone', value: '212 555 0111' },
      ],
    })
    const before = await load(contactId)
    expect(before.points.filter(({ preferred }) => preferred).map(({ value }) => value)).toEqual(['a@points.example', '+12125550111'])
    await edit(contactId, {
      points: [
        { kind: 'email', value: 'a@points.example' },
        { kind: 'email', value: 'b@points.example', preferred: true, label: 'work' },
      ],
    })
    const after = await load(contactId)
    expect(after.points.map(({ value, preferred, label }) => [value, preferred, label])).toEqual([
      ['b@points.example', true, 'work'],
      ['a@points.example', false, null],
    ])
    expect(after.points.find(({ value }) => value === 'a@points.example')?.id).toBe(
      before.points.find(({ value }) => value === 'a@points.example')?.id,
    )
  })

  it('keeps the id of an address that is corrected, but not that it was verified', async () => {
    const contactId = await create({ name: 'Typo', points: [{ kind: 'email', value: 'tpyo@edit.example' }] })
    await test.asSuperuser('update contact_point set verified_at = now() where contact_id = $1', [contactId])
    const [point] = (await load(contactId)).points
    await edit(contactId, { points: [{ id: point!.id, kind: 'email', value: 'typo@edit.example' }] })
    expect((await load(contactId)).points).toMatchObject([{ id: point!.id, value: 'typo@edit.example', verifiedAt: null }])
  })

  it('reads tags and companies alike however they are typed', async () => {
    const contactId = await create({ name: 'Tagged', company: 'Ácme Ltd', tags: ['Été', 'ete', 'VIP'] })
    const other = await create({ name: 'Tagged too', company: 'acme LTD', tags: ['ETE'] })
    expect((await load(contactId)).tags).toHaveLength(2)
    expect((await load(other)).company?.id).toBe((await load(contactId)).company?.id)
    expect((await list({ tag: 'été' })).items.map(({ id }) => id).sort()).toEqual([contactId, other].sort())
    expect(
      (await inside((tx) => listTags(tx, place.as.owner))).find(({ name }) => name.toLowerCase().includes('t') && name.length === 3),
    ).toMatchObject({ contacts: 2 })
  })
})

describe('archiving', () => {
  it('takes a contact out of lists and search, and brings all of it back', async () => {
    const contactId = await create({ name: 'Archibald', points: [{ kind: 'email', value: 'archie@away.example' }] })
    const before = await load(contactId)
    await inside((tx) => archiveContact(tx, place.as.owner, contactId))
    await inside((tx) => archiveContact(tx, place.as.owner, contactId))
    expect(await search('archibald')).toEqual([])
    expect((await list({ archived: 'only' })).items.map(({ id }) => id)).toEqual([contactId])
    await inside((tx) => restoreContact(tx, place.as.owner, contactId))
    const after = await load(contactId)
    expect({ ...after, version: 0, updatedAt: '', lastActivityAt: '' }).toEqual({
      ...before,
      version: 0,
      updatedAt: '',
      lastActivityAt: '',
    })
  })
})

describe('lists', () => {
  it('refuses a cursor that is not its own', async () => {
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(list({ cursor: Buffer.from('["x","y"]').toString('base64url') })).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it.each(['recent', 'name'] as const)('walks all contacts by %s without a gap or a repetition', async (sort) => {
    const walk = await testWorkspace(test, `Walk ${sort}`)
    const made: ContactId[] = []
    for (let index = 0; index < 23; index++) {
      if (index % 4 === 0) test.clock.advance({ seconds: 1 }) // several share one moment, so that the id has to decide
      made.push(await walk.newContact(`walk${index}@list.example`, `Éva ${index % 3}`))
    }
    const seen: ContactId[] = []
    let cursor: string | undefined
    do {
      const page = await test.database.inWorkspace(walk.workspaceId, (tx) =>
        listContacts(tx, walk.as.owner, { limit: 5, sort, archived: 'no', ...(cursor === undefined ? {} : { cursor }) }),
      )
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(23)
    expect([...seen].sort()).toEqual([...made].sort())
    if (sort === 'recent') expect(seen).toEqual(made.toReversed())
  })
})

it('shows numbers as people of the business write them: its own country in national form, others with their prefix', async () => {
  const points: CreateContact['points'] = [
    { kind: 'phone', value: '+1 646 555 0177', preferred: true },
    { kind: 'phone', value: '+33123456789' },
  ]
  const id = await create({ name: 'Two Numbers', points })
  expect((await load(id)).points.map(({ value, shown }) => [value, shown])).toEqual([
    ['+16465550177', '(646) 555-0177'],
    ['+33123456789', '+33 1 23 45 67 89'],
  ])
  const [summary] = await inside((tx) => searchContacts(tx, place.as.owner, { q: 'Two Numbers', limit: 1 }))
  expect(summary?.phoneShown).toBe('(646) 555-0177')
})

describe('search', () => {
  beforeAll(async () => {
    await create({
      name: 'Zoë Müller-Łukasz',
      points: [
        { kind: 'email', value: 'zoe.m@find.example' },
        { kind: 'phone', value: '(646) 555-0123' },
      ],
    })
    await create({ name: 'محمد علي', points: [{ kind: 'phone', value: '+20 10 1234 5678' }] })
    await create({ name: '王小明' })
    await create({ name: '100% Sure_Thing \\ Co', company: 'Percent & Sons' })
  })

  it.each([
    ['zoe', 'Zoë Müller-Łukasz'],
    ['MULLER zo', 'Zoë Müller-Łukasz'],
    ['lukasz', 'Zoë Müller-Łukasz'],
    ['zoe.m@find', 'Zoë Müller-Łukasz'],
    ['646-555', 'Zoë Müller-Łukasz'],
    ['(646) 5550123', 'Zoë Müller-Łukasz'],
    ['+1 646 555 0123', 'Zoë Müller-Łukasz'],
    ['010 1234 5678', 'محمد علي'],
    ['مُحَمَّد', 'محمد علي'],
    ['小明', '王小明'],
    ['100%', '100% Sure_Thing \\ Co'],
    ['sure_thing', '100% Sure_Thing \\ Co'],
    ['\\', '100% Sure_Thing \\ Co'],
    ['percent sons', '100% Sure_Thing \\ Co'],
  ])('finds by %s', async (typed, name) => {
    expect(await search(typed)).toContain(name)
  })

  it.each([
    ['luksaz', 'Zoë Müller-Łukasz', false],
    ['mulller', 'Zoë Müller-Łukasz', true],
    ['muler zoe', 'Zoë Müller-Łukasz', true],
    ['nuller', 'Zoë Müller-Łukasz', true],
    ['umller', 'Zoë Müller-Łukasz', true],
    ['zoe mlle', 'Zoë Müller-Łukasz', true],
    ['ezo muller', 'Zoë Müller-Łukasz', false],
    ['محمذ', 'محمد علي', true],
    ['percnet sons', '100% Sure_Thing \\ Co', true],
    ['mxlre', 'Zoë Müller-Łukasz', false],
  ])('finds by the slip %s of %s: %s', async (typed, name, finds) => {
    expect((await search(typed)).includes(name)).toBe(finds)
  })

  it('shows a name that begins with what was typed first, then words that do, then others; in each those heard of last', async () => {
    for (const name of ['Orbella Tarn', 'Joe Tarnell', 'Ann Ostarn', 'Tarn Bell', 'Bo Tarn']) await create({ name })
    expect(await search('tarn')).toEqual(['Tarn Bell', 'Bo Tarn', 'Joe Tarnell', 'Orbella Tarn', 'Ann Ostarn'])
    expect(await search('bell tarn')).toEqual(['Tarn Bell', 'Orbella Tarn'])
  })

  it.each(['zoe nobody', '%', '_____', "'; drop table contact; --", '9999999'])('finds nobody by %s', async (typed) => {
    expect(await search(typed)).not.toContain('Zoë Müller-Łukasz')
  })

  it('sees no other workspace, and nothing at all without one', async () => {
    const other = await testWorkspace(test, 'Other search')
    expect(await test.database.inWorkspace(other.workspaceId, (tx) => searchContacts(tx, other.as.owner, { q: 'zoe', limit: 20 }))).toEqual(
      [],
    )
    const { rows } = await test.database.pool.query(
      `select * from platform.search_contacts(array['%zoe%'], array['%zoe%'], null, 'zoe%', '% zoe%', 100, null, 20)`,
    )
    expect(rows).toEqual([])
  })

  it('finds by the new name after an edit, and no more by the old one', async () => {
    const contactId = await create({ name: 'Quentin Oldname' })
    await edit(contactId, { name: 'Quentin Newname' })
    expect(await search('oldname')).toEqual([])
    expect(await search('newname')).toEqual(['Quentin Newname'])
  })
})

describe('merged contacts', () => {
  it('answer as the contact they became', async () => {
    const winner = await create({ name: 'Winner', points: [{ kind: 'email', value: 'winner@merge.example' }] })
    const loser = await create({ name: 'Loser' })
    await test.asSuperuser('update contact set merged_into = $1 where id = $2', [winner, loser])
    expect((await load(loser)).name).toBe('Winner')
    expect((await inside((tx) => contactFacts(tx, loser))).points).toMatchObject([{ value: 'winner@merge.example', preferred: true }])
    expect(await search('loser')).toEqual([])
  })
})
