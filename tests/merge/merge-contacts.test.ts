import type { MergeContactsBody as Body, ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { idOfNobody } from '../../apps/server/src/modules/contacts/index.ts'
import { placesOf, pointsWithoutForeignKey, staying, withoutForeignKey } from '../../apps/server/src/modules/contacts/merge/merge-places.ts'
import { reapplyErasures, restrictContact, suppress } from '../../apps/server/src/modules/privacy/index.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { fillEverything } from '../rights/fill-everything.ts'
import { type Json, liveHere, type TestHouse, testHouse } from '../rights/scenario.ts'
import { differences, wholeWorkspace } from './whole-workspace.ts'

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
})

type Wish = Partial<z.input<typeof Body>>
type By = Parameters<TestHouse['call']>[0]
const call = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
  headers?: Record<string, string>,
  by: By = place.as.owner,
) => house.call(by, method, url, body, headers)
const ok = async (asked: Promise<{ status: number; json: Json }>): Promise<Json> => {
  const { status, json } = await asked
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(json)}`)
  return json
}
const add = async (name: string, more: object = {}): Promise<ContactId> => (await ok(call('POST', '/contacts', { name, ...more }))).id
const read = (id: string): Promise<Json> => ok(call('GET', `/contacts/${id}`))
const versionsOf = async (survivor: string, merged: string) => {
  const { rows } = await house.test.asSuperuser('select id, version from contact where id = any ($1)', [[survivor, merged]])
  const of = (id: string) => Number(rows.find((row) => row.id === id)?.version)
  return { version: of(survivor), mergedVersion: of(merged) }
}
const merge = async (survivor: string, merged: string, more: Wish = {}, by?: By) =>
  call('POST', `/contacts/${survivor}/merge`, { mergedId: merged, ...(await versionsOf(survivor, merged)), ...more }, {}, by)
const merged = async (survivor: string, other: string, more: Wish = {}): Promise<string> =>
  (await ok(merge(survivor, other, more))).merge.id
const undo = (mergeId: string, give: object[] = []) => call('POST', `/merges/${mergeId}/undo`, { give })
const email = (value: string, more: object = {}) => ({ kind: 'email', value, ...more })
const phone = (value: string, more: object = {}) => ({ kind: 'phone', value, ...more })
const rowsNaming = async (id: string): Promise<Readonly<Record<string, number>>> => {
  const found: Record<string, number> = {}
  const places = await place.inside((tx) => placesOf(tx, 'contact'))
  for (const { table, column } of places) {
    const { rows } = await house.test.asSuperuser(`select count(*)::int as n from "${table}" where "${column}" = $1`, [id])
    if (rows[0]?.n > 0) found[`${table}.${column}`] = rows[0]?.n
  }
  return found
}

describe('every column that names a contact', () => {
  const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`

  it('goes over in a merge, or says why it stays', async () => {
    const { rows: keys } = await house.test.asSuperuser(`
      select k.conrelid::regclass::text as "table", a.attname as "column" from pg_constraint k
      cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
      join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
      where k.contype = 'f' and k.conparentid = 0 and k.confrelid = 'public.contact'::regclass and f.attname = 'id'`)
    const { rows: named } = await house.test.asSuperuser(`
      select c.relname as "table", a.attname as "column" from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'uuid'::regtype and a.attname ~ 'contact_id$'`)
    const declared = tableInventories.flatMap(({ table, subjects }) =>
      subjects.flatMap((path) =>
        path.root === 'contact' && 'via' in path && path.via.length === 1 ? [{ table, column: path.via[0] ?? '' }] : [],
      ),
    )
    const all = new Set([...keys, ...named, ...declared].map((each) => nameOf(each as { table: string; column: string })))
    all.delete('contact.id') // the contact herself
    all.delete('tag.contact_tag.tag_id')
    const going = new Set((await place.inside((tx) => placesOf(tx, 'contact'))).map(nameOf))
    expect(all.size).toBeGreaterThan(40)
    expect([...all].filter((column) => !going.has(column) && staying[column] === undefined).toSorted()).toEqual([])
    expect([...Object.keys(staying), ...withoutForeignKey].filter((column) => !all.has(column))).toEqual([])
  })

  it('notices a table that can do neither, and takes a new one along by itself', async () => {
    await house.test.asSuperuser(`
      create table locker (workspace_id uuid not null, id uuid not null, contact_id uuid not null, primary key (workspace_id, id),
        foreign key (workspace_id, contact_id) references contact (workspace_id, id));
      call platform.guard_workspace_table('locker');
      create table locker_log (workspace_id uuid not null, id uuid not null, contact_id uuid not null, primary key (workspace_id, id),
        foreign key (workspace_id, contact_id) references contact (workspace_id, id));
      call platform.guard_workspace_table('locker_log', true)`)
    const going = (await place.inside((tx) => placesOf(tx, 'contact'))).map(nameOf)
    expect(going).toContain('locker.contact_id')
    expect(going).not.toContain('locker_log.contact_id')
    await house.test.asSuperuser('drop table locker; drop table locker_log')
  })

  it('follows a merge also for whoever writes under the old id: each that goes over has its trigger', async () => {
    const { rows } = await house.test.asSuperuser(
      `select tgrelid::regclass::text || '.' || substr(tgname, 14) as place from pg_trigger where tgname like 'follow_merge_%'`,
    )
    const going = (await place.inside((tx) => placesOf(tx, 'contact'))).map(nameOf).filter((name) => !withoutForeignKey.includes(name))
    expect(rows.map((row) => row.place).toSorted()).toEqual(going.filter((name) => name !== 'contact.merged_into').toSorted())
    expect(pointsWithoutForeignKey).toEqual(['request.point_id'])
  })
})

describe('leads of two who become one', () => {
  const leadOf = async (contactId: string, more: object = {}): Promise<Json> => ok(call('POST', '/leads', { contactId, ...more }))
  const stateOf = async (leadId: string): Promise<string> =>
    (await house.test.asSuperuser('select state || $2 || contact_id as at from lead where id = $1', [leadId, ' of '])).rows[0].at

  it('are one open lead a pipeline: the one of the contact that stays; the other is closed as merged and comes back with the undo', async () => {
    const [one, two] = [await add('Lea One'), await add('Lea Two')]
    const other = await ok(call('POST', '/pipelines', { name: 'Weddings' }))
    const [stays, closes, goes] = [await leadOf(one), await leadOf(two), await leadOf(two, { pipelineId: other.id })]
    const mergeId = await merged(one, two)
    expect(await stateOf(stays.id)).toBe(`open of ${one}`)
    expect(await stateOf(closes.id)).toBe(`merged of ${one}`)
    expect(await stateOf(goes.id)).toBe(`open of ${one}`)
    expect((await ok(call('GET', `/leads?contactId=${two}&state=all`))).items.map(({ id }: Json) => id).toSorted()).toEqual(
      [stays.id, goes.id].toSorted(),
    )
    expect((await call('POST', `/leads/${closes.id}/reopen`)).json).toMatchObject({ leadId: stays.id })
    await ok(undo(mergeId))
    expect(await stateOf(stays.id)).toBe(`open of ${one}`)
    expect(await stateOf(closes.id)).toBe(`open of ${two}`)
    expect(await stateOf(goes.id)).toBe(`open of ${two}`)
  })

  it('stay as somebody left them since the merge: one that was opened again and lost is not opened by the undo', async () => {
    const [one, two] = [await add('Mea One'), await add('Mea Two')]
    const [stays, closes] = [await leadOf(one), await leadOf(two)]
    const mergeId = await merged(one, two)
    await ok(call('POST', `/leads/${stays.id}/win`))
    await ok(call('POST', `/leads/${closes.id}/reopen`))
    await ok(call('POST', `/leads/${closes.id}/win`))
    await ok(undo(mergeId))
    expect(await stateOf(closes.id)).toBe(`won of ${two}`)
    expect(await stateOf(stays.id)).toBe(`won of ${one}`)
  })
})

describe('what cannot be merged', () => {
  it('is refused with the reason: one contact, nobody, one that was merged, one of two that was changed', async () => {
    const [one, two, three] = [await add('Ruth One'), await add('Ruth Two'), await add('Ruth Three')]
    expect((await merge(one, one)).json).toMatchObject({ type: expect.stringContaining('contacts/cannot-merge') })
    expect((await merge(one, idOfNobody(place.workspaceId), { version: 1, mergedVersion: 1 })).json).toMatchObject({
      type: expect.stringContaining('contacts/cannot-merge'),
    })
    expect((await merge(one, two, { mergedVersion: 7 })).status).toBe(412)
    expect((await merge(one, two, { take: { name: 'both' } })).status).toBe(400)
    expect((await merge(one, two, { take: { nothing: 'merged' } })).status).toBe(400)
    await merged(one, two)
    expect((await merge(three, two)).json).toMatchObject({ type: expect.stringContaining('contacts/merged'), contactId: one })
    expect((await merge(two, three)).json).toMatchObject({ type: expect.stringContaining('contacts/merged'), contactId: one })
    expect((await call('GET', `/contacts/${three}/merge/${two}`)).status).toBe(409)
  })

  it.each(['representative', 'read_only', 'support', 'auditor'] as const)('is refused to the role %s', async (role) => {
    const [one, two] = [await add('Role One'), await add('Role Two')]
    expect((await merge(one, two, {}, place.as[role])).status).toBe(403)
    expect((await call('GET', `/contacts/${one}/merge/${two}`, undefined, {}, place.as[role])).status).toBe(403)
    const id = await merged(one, two)
    expect((await call('POST', `/merges/${id}/undo`, { give: [] }, {}, place.as[role])).status).toBe(403)
    expect((await call('GET', `/merges/${id}/since`, undefined, {}, place.as[role])).status).toBe(403)
  })

  it('is somebody who is being erased', async () => {
    const [one, two] = [await add('Erased Soon'), await add('Erased Later')]
    await ok(
      call(
        'POST',
        `/contacts/${two}/erasure`,
        { mode: 'erase', bookingsAhead: 'refuse', neverContactAgain: false },
        {},
        place.as.privacy_officer,
      ),
    )
    expect((await merge(one, two)).json).toMatchObject({ type: expect.stringContaining('contacts/cannot-merge') })
  })

  it('is a child with her guardian', async () => {
    const [parent, child] = [await add('Pat Parent', { points: [email('pat@home.example')] }), await add('Kim Parent')]
    const pointId = (await read(parent)).points[0].id
    await house.test.asSuperuser(
      `insert into guardian_consent (workspace_id, id, contact_id, point_id, child_id, age_limit, locale, created_at, expires_at) values ($1, gen_random_uuid(), $2, $3, $4, 16, 'en', now(), now())`,
      [place.workspaceId, parent, pointId, child],
    )
    expect((await merge(parent, child)).json).toMatchObject({ type: expect.stringContaining('contacts/cannot-merge') })
  })
})

describe('a comparison', () => {
  it('shows each field with what is taken and why', async () => {
    const one = await add('Cleo Comp', { company: 'Acme', locale: 'en-US', points: [email('cleo@comp.example')] })
    const two = await add('Cleopatra May Comp', { givenName: 'Cleopatra', company: 'Acme', locale: 'es-ES' })
    const preview = await ok(call('GET', `/contacts/${one}/merge/${two}`))
    const of = (field: string) => preview.fields.find((each: Json) => each.field === field)
    expect(of('name')).toMatchObject({ survivor: 'Cleo Comp', merged: 'Cleopatra May Comp', suggested: 'merged', why: 'fuller' })
    expect(of('givenName')).toMatchObject({ survivor: null, suggested: 'merged', why: 'only_one' })
    expect(of('company')).toMatchObject({ survivor: 'Acme', merged: 'Acme', suggested: 'survivor', why: 'same' })
    expect(of('locale')).toMatchObject({ suggested: expect.any(String), why: 'newer' })
    expect(of('zone')).toBeUndefined()
  })
})

describe('a merge', () => {
  it('moves a whole life to the contact that stays, leaves nothing behind, and is undone without a trace', async () => {
    const [stays, goes] = [await liveHere(house, place, 'Qxstays'), await liveHere(house, place, 'Qxgoes')]
    for (const { contactId, word } of [stays, goes]) await fillEverything(house.test, place.workspaceId, contactId, word)
    await house.test.asSuperuser(
      `update preference set channels_off = '[]', hours = '[]', languages = '["en"]', at_most = null where contact_id = any ($1)`,
      [[stays.contactId, goes.contactId]],
    )
    await house.background.settle()
    const state = () => wholeWorkspace(house.test, place.workspaceId, { withDerived: false })
    const before = await state()
    const had = await rowsNaming(goes.contactId)
    expect(Object.keys(had).length).toBeGreaterThan(25)

    const mergeId = await merged(stays.contactId, goes.contactId, { take: { name: 'merged' } })
    const left = await rowsNaming(goes.contactId)
    // What only one of may be there stays with each, and nothing else does.
    const { rows: doubles } = await house.test.asSuperuser(
      `select place, count(*)::int as n from contact_merge_row where merge_id = $1 group by 1`,
      [mergeId],
    )
    for (const [column, n] of Object.entries(left)) expect(n, column).toBeLessThanOrEqual(had[column] ?? 0)
    expect(doubles.length).toBeGreaterThan(20)
    for (const table of [
      'booking.contact_id',
      'booking.attendee_id',
      'conversation.contact_id',
      'message.contact_id',
      'note.contact_id',
      'mail.contact_id',
      'permit.contact_id',
      'file_subject.contact_id',
      'request.contact_id',
    ])
      expect(left[table], table).toBeUndefined()
    const card = await read(stays.contactId)
    expect(card.name).toBe('Gerda Qxgoes')
    expect(card.points.map(({ value }: Json) => value)).toEqual(expect.arrayContaining([stays.email, goes.email, stays.phone, goes.phone]))
    const timeline = await ok(call('GET', `/contacts/${stays.contactId}/timeline?limit=100`))
    // Each of the two had another card merged into hers before.
    expect(timeline.items.filter(({ kind }: Json) => kind === 'contact.created')).toHaveLength(4)
    expect(timeline.items.some(({ kind }: Json) => kind === 'contact.merged')).toBe(true)

    const undone = await ok(undo(mergeId))
    expect(undone).toMatchObject({
      stayed: [],
      survivor: { id: stays.contactId, name: 'Gerda Qxstays' },
      merged: { id: goes.contactId, name: 'Gerda Qxgoes', mergedInto: null },
    })
    expect(differences(before, await state())).toEqual([])
    expect(await ok(undo(mergeId))).toMatchObject({ stayed: [] })
  })

  it('asked for again answers the same merge', async () => {
    const [one, two] = [await add('Again One'), await add('Again Two')]
    const first = await merged(one, two)
    expect(await merged(one, two)).toBe(first)
    expect((await ok(call('GET', `/contacts/${one}/merges`))).items).toMatchObject([{ id: first, mergedName: 'Again Two', undoneAt: null }])
  })

  it('leads from the old id to the contact that stays: reads follow, writing is refused and says where', async () => {
    const [one, two] = [await add('New Id'), await add('Old Id', { points: [email('old@id.example')] })]
    await merged(one, two)
    expect((await read(two)).id).toBe(one)
    expect((await call('PATCH', `/contacts/${two}`, { name: 'X' }, { 'if-match': '"2"' })).json).toMatchObject({
      type: expect.stringContaining('contacts/merged'),
      contactId: one,
    })
    expect((await call('POST', `/contacts/${two}/notes`, { body: 'x' })).json).toMatchObject({ contactId: one })
    expect((await call('GET', '/contacts?limit=100')).json.items.some(({ id }: Json) => id === two)).toBe(false)
    expect((await ok(call('GET', `/contacts/${two}/timeline`))).items[0]).toMatchObject({ kind: 'contact.merged' })
  })

  it('takes several choices of both, keeps one preferred address, and unshares what only these two shared', async () => {
    await ok(
      call('POST', '/contact-fields', {
        label: 'Likes',
        type: 'choices',
        category: 'preference',
        choices: [
          { label: 'Tea', hue: 1 },
          { label: 'Milk', hue: 2 },
        ],
      }),
    )
    const one = await add('Sam Shared', {
      fields: { likes: ['tea'] },
      points: [phone('+12125557001', { shared: true }), email('one@shared.example')],
      tags: ['vip'],
    })
    const two = await add('Sam Shared', {
      fields: { likes: ['milk'] },
      points: [phone('+12125557001', { shared: true }), email('two@shared.example')],
      tags: ['vip', 'new'],
    })
    const mergeId = await merged(one, two)
    const card = await read(one)
    expect(card.fields.likes).toEqual(['tea', 'milk'])
    expect(card.tags).toEqual(['new', 'vip'])
    expect(card.points.map(({ value, preferred, shared }: Json) => [value, preferred, shared])).toEqual([
      ['one@shared.example', true, false],
      ['two@shared.example', false, false],
      ['+12125557001', true, false],
    ])
    await ok(
      call(
        'PATCH',
        `/contacts/${one}`,
        { points: card.points.map(({ kind, asTyped, id, preferred, shared }: Json) => ({ id, kind, value: asTyped, preferred, shared })) },
        { 'if-match': `"${card.version}"` },
      ),
    )
    await ok(undo(mergeId))
    expect((await read(one)).points.map(({ value, preferred, shared }: Json) => [value, preferred, shared])).toEqual([
      ['one@shared.example', true, false],
      ['+12125557001', true, true],
    ])
    expect((await read(two)).points.map(({ value, preferred, shared }: Json) => [value, preferred, shared])).toEqual([
      ['two@shared.example', true, false],
      ['+12125557001', true, true],
    ])
    expect((await read(two)).tags).toEqual(['new', 'vip'])
  })

  it('stands in the history, and the events tell it', async () => {
    const [one, two] = [await add('History One', { locale: 'en-US' }), await add('History Two Two', { zone: 'Europe/Paris' })]
    const mergeId = await merged(one, two)
    const { items } = await ok(call('GET', `/contacts/${one}/changes`))
    expect(items.map(({ field }: Json) => field).toSorted()).toEqual(['merged', 'name', 'zone'])
    expect(items.find(({ field }: Json) => field === 'merged')).toMatchObject({ after: { mergeId, name: 'History Two Two' } })
    expect((await call('POST', `/contacts/${one}/changes/${items.find(({ field }: Json) => field === 'merged').id}/back`)).status).toBe(409)
    const { rows } = await house.test.asSuperuser(
      `select payload from outbox where type = 'contact.merged' and payload ->> 'mergeId' = $1`,
      [mergeId],
    )
    expect(rows).toEqual([{ payload: { contactId: one, mergedContactId: two, mergeId } }])
  })
})

describe('an undo', () => {
  it('leaves what somebody changed since, and says so', async () => {
    const [one, two] = [await add('Edit One'), await add('Edit Two Two', { zone: 'Europe/Paris', companyRole: 'Chef' })]
    const mergeId = await merged(one, two)
    const { version } = await read(one)
    await ok(call('PATCH', `/contacts/${one}`, { name: 'Edit Since', zone: 'Europe/Rome' }, { 'if-match': `"${version}"` }))
    const undone = await ok(undo(mergeId))
    expect(undone.stayed.toSorted()).toEqual(['name', 'zone'])
    expect(undone.survivor).toMatchObject({ name: 'Edit Since', zone: 'Europe/Rome', companyRole: null })
    expect(undone.merged).toMatchObject({ name: 'Edit Two Two', zone: 'Europe/Paris', companyRole: 'Chef' })
  })

  it('leaves what came since with the contact that stays, unless it is given', async () => {
    const [one, two] = [await add('Since One'), await add('Since Two')]
    const mergeId = await merged(one, two)
    const stays = await ok(call('POST', `/contacts/${one}/notes`, { body: 'stays' }))
    const goes = await ok(call('POST', `/contacts/${one}/notes`, { body: 'goes' }))
    const { items } = await ok(call('GET', `/merges/${mergeId}/since`))
    expect(items.map(({ id, kind }: Json) => [kind, id])).toEqual([
      ['note', goes.id],
      ['note', stays.id],
    ])
    expect((await undo(mergeId, [{ kind: 'note', id: one }])).status).toBe(400)
    expect((await undo(mergeId, [{ kind: 'permit', id: goes.id }])).status).toBe(400)
    await ok(undo(mergeId, [{ kind: 'note', id: goes.id }]))
    const notes = async (id: string) => (await ok(call('GET', `/contacts/${id}/notes`))).items.map(({ body }: Json) => body)
    expect([await notes(one), await notes(two)]).toEqual([['stays'], ['goes']])
    expect((await ok(call('GET', `/merges/${mergeId}/since`))).items).toEqual([])
  })

  it('goes from the last merge back, also through chains', async () => {
    const [one, two, three] = [
      await add('Chain One'),
      await add('Chain Two'),
      await add('Chain Three', { points: [email('three@chain.example')] }),
    ]
    const first = await merged(two, three)
    const second = await merged(one, two)
    expect((await read(three)).id).toBe(one)
    expect((await undo(first)).json).toMatchObject({ type: expect.stringContaining('contacts/undo-later-first'), mergeId: second })
    expect((await ok(call('GET', `/contacts/${one}/merges`))).items).toHaveLength(2)
    await ok(undo(second))
    expect((await read(three)).id).toBe(two)
    await ok(undo(first))
    expect((await read(three)).points).toMatchObject([{ value: 'three@chain.example' }])
  })
})

describe('what protects a person', () => {
  const may = async (id: string) => (await ok(call('GET', `/contacts/${id}/may-contact`))) as Json

  it('an opt-out of either holds for both, and after an undo for both whom it may have been about', async () => {
    const [one, two] = [
      await add('Stop One', { points: [email('stop1@x.example')] }),
      await add('Stop Two', { points: [email('stop2@x.example')] }),
    ]
    await place.inside((tx) => suppress(tx, place.owner, { kind: 'email', value: 'stop2@x.example', scope: 'all', cause: 'asked' }))
    const offers = async (id: string) => {
      const { answers } = await may(id)
      return answers.some(
        ({ channel, reasons }: Json) => channel === 'email' && reasons.some(({ code }: Json) => /stop|suppress|opt/.test(code)),
      )
    }
    const before = await offers(one)
    const mergeId = await merged(one, two)
    expect([before, await offers(one)]).toEqual([false, true])
    await ok(undo(mergeId))
    expect([await offers(one), await offers(two)]).toEqual([false, true])
    const again = await merged(one, two)
    house.test.clock.advance({ minutes: 1 })
    await place.inside((tx) => suppress(tx, place.owner, { kind: 'email', value: 'stop1@x.example', scope: 'marketing', cause: 'asked' }))
    await ok(undo(again))
    const { rows } = await house.test.asSuperuser(
      `select contact_id from suppression where scope = 'marketing' and contact_id = any ($1)`,
      [[one, two]],
    )
    expect(rows.map(({ contact_id }) => contact_id).toSorted()).toEqual([one, two].toSorted())
  })

  it('a restriction of either holds for both, and one made while they were one stays on both', async () => {
    const [one, two] = [await add('Rest One'), await add('Rest Two')]
    const restricted = async () => {
      const { rows } = await house.test.asSuperuser(
        'select contact_id from restriction where contact_id = any ($1) and lifted_at is null',
        [[one, two]],
      )
      return rows.map(({ contact_id }) => contact_id).toSorted()
    }
    await place.inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId: two, ground: 'unlawful' }))
    const mergeId = await merged(one, two)
    expect(await restricted()).toEqual([one])
    await ok(undo(mergeId))
    expect(await restricted()).toEqual([two])
    await house.test.asSuperuser(`delete from restriction where contact_id = $1`, [two])
    const again = await merged(one, two)
    house.test.clock.advance({ minutes: 1 })
    await place.inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId: one, ground: 'unlawful' }))
    await ok(undo(again))
    expect(await restricted()).toEqual([one, two].toSorted())
  })

  it('wishes of both hold, and are parted again', async () => {
    const [one, two] = [await add('Wish One'), await add('Wish Two')]
    const wish = (id: string, off: string[], cap: object | null) =>
      house.test.asSuperuser(
        `insert into preference (workspace_id, id, version, contact_id, channels_off, hours, languages, at_most, created_at, updated_at) values ($1, gen_random_uuid(), 1, $2, $3, '[]', '["en"]', $4, now(), now())`,
        [place.workspaceId, id, JSON.stringify(off), cap && JSON.stringify(cap)],
      )
    await wish(one, ['sms'], { count: 4, hours: 24 })
    await wish(two, ['call'], { count: 1, hours: 168 })
    const of = async (id: string) =>
      (await house.test.asSuperuser('select channels_off, at_most from preference where contact_id = $1', [id])).rows[0]
    const mergeId = await merged(one, two)
    expect(await of(one)).toEqual({ channels_off: ['sms', 'call'], at_most: { count: 1, hours: 168 } })
    await ok(undo(mergeId))
    expect([await of(one), await of(two)]).toEqual([
      { channels_off: ['sms'], at_most: { count: 4, hours: 24 } },
      { channels_off: ['call'], at_most: { count: 1, hours: 168 } },
    ])
  })
})

describe('erasing her', () => {
  const erase = async (contactId: string) => {
    await ok(
      call(
        'POST',
        `/contacts/${contactId}/erasure`,
        { mode: 'erase', bookingsAhead: 'cancel', neverContactAgain: false },
        {},
        place.as.privacy_officer,
      ),
    )
    await house.background.settle()
  }
  const everywhere = async (word: string) => {
    const { rows: tables } = await house.test.asSuperuser(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    )
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await house.test.asSuperuser(`select 1 from "${name}" t where t::text ilike $1 limit 1`, [`%${word}%`])
      if (rows.length > 0) found.push(name)
    }
    return found
  }

  it('erases both who were merged, with every copy that was kept for an undo', async () => {
    const [one, two] = [
      await add('Qxerasedone Alpha', { companyRole: 'Qxerasedone' }),
      await add('Qxerasedtwo Beta Gamma', { companyRole: 'Qxerasedtwo' }),
    ]
    await merged(one, two, { take: { companyRole: 'merged' } })
    expect(await everywhere('qxerasedone')).toContain('contact_merge')
    await erase(two)
    expect(await everywhere('qxerased')).toEqual([])
    const { rows } = await house.test.asSuperuser('select id from contact where id = any ($1)', [[one, two]])
    expect(rows).toEqual([])
  })

  it('erases both again whom a backup from before the merge brings back', async () => {
    const [one, two] = [await add('Qxbackagain One'), await add('Qxbackagain Two')]
    const { rows: backup } = await house.test.asSuperuser('select to_jsonb(c) as row from contact c where id = any ($1)', [[one, two]])
    await merged(one, two)
    await erase(one)
    await house.test.asSuperuser(
      `delete from erasure where workspace_id = $1 and state = 'done' and finished_at = (select max(finished_at) from erasure)`,
      [place.workspaceId],
    )
    for (const { row } of backup)
      await house.test.asSuperuser('insert into contact select * from jsonb_populate_record(null::contact, $1)', [JSON.stringify(row)])
    expect(await everywhere('qxbackagain')).toContain('contact')
    expect(await reapplyErasures(house.around)).toBe(1)
    expect(await everywhere('qxbackagain')).toEqual([])
  })

  it('keeps nothing of her in a merge that was undone', async () => {
    const [one, two] = [await add('Stays Here'), await add('Qxundone Beta Gamma', { companyRole: 'Qxundone' })]
    await ok(undo(await merged(one, two, { take: { companyRole: 'merged' } })))
    await erase(two)
    await erase(one)
    expect(await everywhere('qxundone')).toEqual([])
  })
})

describe('at one moment', () => {
  it('two merges in opposite directions make one merge, and nobody waits in a circle', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await add(`Cross One ${round}`), await add(`Cross Two ${round}`)]
      const answers = await Promise.all([merge(one, two), merge(two, one)])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    }
  })

  it('what is written under the old id while the merge goes on is the new one’s', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await add(`Race One ${round}`), await add(`Race Two ${round}`, { points: [email(`race${round}@x.example`)] })]
      const start = house.test.clock().add({ hours: 24 * (20 + round) })
      const book = place.inside(async (tx) => {
        await tx.db
          .insertInto('known_fact')
          .values({
            workspace_id: tx.workspaceId,
            id: tx.newId(),
            contact_id: two,
            kind: 'place',
            point_hash: null,
            answer: 'US-NY',
            checked_on: start.toZonedDateTimeISO('UTC').toPlainDate(),
            checked_with: null,
            source: 'member',
            recorded_by: 'x',
            created_at: tx.now,
          } as never)
          .execute()
      })
      await Promise.all([merged(one, two), book])
      const { rows } = await house.test.asSuperuser('select contact_id from known_fact where contact_id = any ($1)', [[one, two]])
      expect(rows).toEqual([{ contact_id: one }])
    }
  })
})
