import type { ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { archiveContact } from './archive-contact.ts'
import { createContact } from './create-contact.ts'
import { type Arrival, findOrCreateContact } from './find-or-create-contact.ts'
import { loadContact } from './load-contact.ts'
import { type TestWorkspace, testWorkspace } from './testing.ts'

const test = await testDatabase()
const { database } = test
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})

const arrive = (arrival: Omit<Arrival, 'source'>) =>
  database.inWorkspace(place.workspaceId, (tx) => findOrCreateContact(tx, place.visitor, { source: 'booking', ...arrival }))
const load = (contactId: ContactId) => database.inWorkspace(place.workspaceId, (tx) => loadContact(tx, place.as.owner, contactId))

describe('findOrCreateContact', () => {
  it('refuses a number that cannot be dialled and keeps nothing', async () => {
    await expect(arrive({ name: 'Ann', email: 'nothing@kept.example', phone: '12' })).rejects.toMatchObject({
      type: 'contacts/not-a-phone-number',
    })
    const { rows } = await test.asSuperuser(`select from contact_point where value_normalized = 'nothing@kept.example'`)
    expect(rows).toHaveLength(0)
  })

  it('makes one contact of twenty people who book with one address at the same moment', async () => {
    const arrivals = Array.from({ length: 20 }, (_, index) =>
      arrive({ name: `Ann ${index}`, email: index % 2 ? 'ann@race.example' : ' ANN@Race.Example ' }),
    )
    const found = await Promise.all(arrivals)
    expect(new Set(found.map(({ contactId }) => contactId)).size).toBe(1)
    expect(found.filter(({ created }) => created)).toHaveLength(1)
    const { rows } = await test.asSuperuser(`select kind from timeline_event where kind = 'contact.created' and contact_id = $1`, [
      found[0]?.contactId,
    ])
    expect(rows).toHaveLength(1)
  })

  it('makes one contact of a member who types and a customer who books the same address at the same moment', async () => {
    const outcomes = await Promise.allSettled([
      arrive({ name: 'Bo', email: 'bo@race.example' }),
      database.inWorkspace(place.workspaceId, (tx) =>
        createContact(tx, place.as.owner, { name: 'Bo', points: [{ kind: 'email', value: 'bo@race.example' }], tags: [] }),
      ),
    ])
    expect(outcomes[0]?.status).toBe('fulfilled')
    if (outcomes[1]?.status === 'rejected') expect(outcomes[1].reason).toMatchObject({ type: 'contacts/point-taken' })
    const { rows } = await test.asSuperuser(`select from contact_point where value_normalized = 'bo@race.example'`)
    expect(rows).toHaveLength(1)
  })

  it('keeps the same people in two workspaces apart', async () => {
    const other = await testWorkspace(test, 'Other')
    const here = await arrive({ name: 'Cy', email: 'cy@two.example' })
    expect(await other.newContact('cy@two.example')).not.toBe(here.contactId)
  })

  it('knows an address in any writing, and a number with or without its country', async () => {
    const first = await arrive({ name: 'Dee', email: 'Dee@Müller.example', phone: '(212) 555-0147' })
    expect((await arrive({ name: 'Dee', email: 'dee@xn--mller-kva.example' })).contactId).toBe(first.contactId)
    expect((await arrive({ name: 'somebody', phone: '+1 212 555 0147' })).contactId).toBe(first.contactId)
    const contact = await load(first.contactId)
    expect(contact.points.map(({ kind, value, asTyped }) => [kind, value, asTyped])).toEqual([
      ['email', 'dee@xn--mller-kva.example', 'Dee@Müller.example'],
      ['phone', '+12125550147', '(212) 555-0147'],
    ])
  })

  it('never lets a stranger rename a contact or take over where mail goes', async () => {
    const { contactId, emailPointId } = await arrive({ name: 'Eve Real', email: 'eve@real.example', phone: '212 555 0150' })
    const again = await arrive({ name: 'Mallory', email: 'eve@real.example', phone: '212 555 0199' })
    expect(again).toMatchObject({ contactId, created: false, emailPointId })
    const contact = await load(contactId)
    expect(contact.name).toBe('Eve Real')
    expect(contact.points.filter(({ preferred }) => preferred).map(({ value }) => value)).toEqual(['eve@real.example', '+12125550150'])
  })

  it('takes a known number beside an unknown address for the same person only when the name agrees', async () => {
    const mother = await arrive({ name: 'Fay Wood', email: 'fay@family.example', phone: '212 555 0160' })
    const son = await arrive({ name: 'Tom Wood', email: 'tom@family.example', phone: '212 555 0160' })
    expect(son).toMatchObject({ created: true })
    const herself = await arrive({ name: 'fay wood', email: 'fay@work.example', phone: '212 555 0160' })
    expect(herself).toMatchObject({ contactId: mother.contactId, created: false })
    for (const { contactId } of [mother, son]) {
      const phones = (await load(contactId)).points.filter(({ kind }) => kind === 'phone')
      expect(phones).toMatchObject([{ value: '+12125550160', shared: true }])
    }
    expect((await load(mother.contactId)).points.map(({ value }) => value)).toContain('fay@work.example')
  })

  it('does not guess among people who share a number', async () => {
    await arrive({ name: 'Gil One', email: 'gil1@shared.example', phone: '212 555 0170' })
    await arrive({ name: 'Gus Two', email: 'gus2@shared.example', phone: '212 555 0170' })
    expect(await arrive({ name: 'Hal Three', phone: '212 555 0170' })).toMatchObject({ created: true })
  })

  it('brings an archived contact back when she books again, and says so on the timeline', async () => {
    const { contactId } = await arrive({ name: 'Ida', email: 'ida@back.example' })
    await database.inWorkspace(place.workspaceId, (tx) => archiveContact(tx, place.as.owner, contactId))
    expect((await load(contactId)).archivedAt).not.toBeNull()
    expect(await arrive({ name: 'Ida', email: 'ida@back.example' })).toMatchObject({ contactId, created: false })
    expect((await load(contactId)).archivedAt).toBeNull()
    const { rows } = await test.asSuperuser('select kind from timeline_event where contact_id = $1 order by id', [contactId])
    expect(rows.map(({ kind }) => kind)).toEqual(['contact.created', 'contact.archived', 'contact.restored'])
  })

  it('welcomes every script', async () => {
    for (const name of ['👩‍🦰 Zoë 🎉', 'محمد بن سلمان', 'דנה כהן', '王小明', 'O’Brien-Łukasiewicz']) {
      const { contactId } = await arrive({ name, email: `${Buffer.from(name).toString('hex').slice(0, 40)}@name.example` })
      expect((await load(contactId)).name).toBe(name)
    }
  })
})
