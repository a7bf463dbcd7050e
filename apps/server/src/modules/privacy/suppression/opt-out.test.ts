import type { OptOutScope } from '@frontdesk/contact-rules'
import type { ContactId, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { contactFacts, createContact, editContact } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { groundOf, pointFor } from '../gate/gather-facts.ts'
import { touchOf } from '../gate/may-contact.ts'
import { addOptOut, optInAgain, recordOptOut, undoOptOut } from './opt-out.ts'
import { suppress } from './suppress.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)

let counter = 0
const someone = (points: { kind: 'email' | 'phone'; value: string }[] = []): Promise<ContactId> => {
  counter += 1
  const own = [
    { kind: 'email' as const, value: `opt${counter}@home.example` },
    { kind: 'phone' as const, value: `+1212555${String(1000 + counter)}` },
  ]
  return inside(async (tx) => {
    const given = points.length > 0 ? points : own
    return createContact(tx, place.as.owner, { name: `Opt ${counter}`, points: given, tags: [] })
  })
}
/** The scopes of the stops that the rules are told of. */
const stopsFor = (contactId: ContactId, channel: 'email' | 'sms' | 'call' | 'chat') =>
  inside(async (tx) => {
    const contact = await contactFacts(tx, contactId)
    const touch = touchOf({ purpose: 'service', about: { type: 'booking', id: contactId } }, channel, 'human')
    const facts = (await groundOf(tx, [contact])).facts(contact, touch, pointFor(contact, channel, undefined), null)
    return [...new Set(facts.suppressions.map(({ scope }) => scope))].toSorted()
  })

describe('an opt-out', () => {
  it.each<Role>(['read_only', 'billing', 'auditor', 'support'])('is not recorded by the role %s', async (role) => {
    const contactId = await someone()
    await expect(inside((tx) => addOptOut(tx, place.as[role], { contactId, scope: 'all' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('is not recorded about somebody whom these eyes may not see', async () => {
    const contactId = await someone()
    await expect(inside((tx) => addOptOut(tx, place.as.representative, { contactId, scope: 'all' }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })

  it('needs something that it could stop', async () => {
    const contactId = await inside((tx) => createContact(tx, place.as.owner, { name: 'Nobody', points: [], tags: [] }))
    await expect(inside((tx) => addOptOut(tx, place.as.owner, { contactId, scope: 'all' }))).rejects.toMatchObject({
      type: 'privacy/nothing-to-stop',
    })
  })

  it.each<OptOutScope>(['marketing', 'texts', 'calls', 'all'])(
    '“%s” is known on every channel, whichever it was said on [D3, D4]',
    async (scope) => {
      const contactId = await someone()
      await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope }))
      for (const channel of ['email', 'sms', 'call', 'chat'] as const) expect(await stopsFor(contactId, channel)).toEqual([scope])
    },
  )

  it('of one channel stays on that channel', async () => {
    const contactId = await someone()
    await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'channel', channel: 'sms' }))
    expect(await stopsFor(contactId, 'sms')).toEqual(['channel'])
    expect(await stopsFor(contactId, 'call')).toEqual([])
    expect(await stopsFor(contactId, 'email')).toEqual([])
  })

  it('holds for an address that she gives later, and is said once on her timeline', async () => {
    const contactId = await someone([{ kind: 'email', value: 'first@home.example' }])
    await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'calls' }))
    expect(await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'calls' }))).toMatchObject({ isNew: false })
    await inside((tx) =>
      editContact(tx, place.as.owner, {
        contactId,
        version: 1,
        points: [
          { kind: 'email', value: 'first@home.example' },
          { kind: 'phone', value: '+12125550199' },
        ],
      }),
    )
    expect(await stopsFor(contactId, 'call')).toEqual(['calls'])
    const { rows } = await test.asSuperuser(`select from timeline_event where contact_id = $1 and kind = 'suppression.added'`, [contactId])
    expect(rows).toHaveLength(1)
  })

  it('survives erasure: whoever is made again from any one of her addresses is left alone [D17, D18]', async () => {
    const contactId = await someone([
      { kind: 'email', value: 'gone@home.example' },
      { kind: 'phone', value: '+12125550177' },
    ])
    await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'all' }))
    await test.asSuperuser('delete from timeline_event where contact_id = $1', [contactId])
    await test.asSuperuser('delete from contact where id = $1', [contactId])
    const { rows } = await test.asSuperuser(`select * from suppression where contact_id is null and scope = 'all'`)
    expect(JSON.stringify(rows)).not.toMatch(/gone@home|5550177/)
    const byPhone = await someone([{ kind: 'phone', value: '+12125550177' }])
    expect(await stopsFor(byPhone, 'call')).toEqual(['all'])
    const byMail = await someone([
      { kind: 'email', value: 'gone@home.example' },
      { kind: 'phone', value: '+12125550178' },
    ])
    expect(await stopsFor(byMail, 'call')).toEqual(['all'])
  })

  it('of one person does not reach the other addresses of those who share a number with her', async () => {
    const number = '+12125550166'
    const [ann, bob] = await inside(async (tx) => {
      const made = []
      for (const name of ['ann', 'bob']) {
        const points = [
          { kind: 'phone' as const, value: number, shared: true },
          { kind: 'email' as const, value: `${name}.shared@home.example` },
        ]
        made.push(await createContact(tx, place.as.owner, { name, points, tags: [] }))
      }
      return made as [ContactId, ContactId]
    })
    await inside((tx) => addOptOut(tx, place.as.member, { contactId: ann, scope: 'all' }))
    expect(await stopsFor(bob, 'call')).toEqual(['all'])
    expect(await stopsFor(bob, 'email')).toEqual([])
  })
})

describe('taking it back', () => {
  it('within minutes is for whoever recorded it, and for nothing else', async () => {
    const contactId = await someone()
    await inside((tx) =>
      suppress(tx, place.as.owner, { kind: 'email', value: `opt${counter}@home.example`, scope: 'channel', cause: 'link' }),
    )
    await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'all' }))
    expect((await inside((tx) => undoOptOut(tx, place.as.manager, contactId))).suppressions).toEqual([])
    expect((await inside((tx) => undoOptOut(tx, place.as.member, contactId))).suppressions).toHaveLength(2)
    expect(await stopsFor(contactId, 'email')).toEqual(['channel'])
    await inside((tx) => addOptOut(tx, place.as.member, { contactId, scope: 'all' }))
    test.clock.advance({ minutes: 11 })
    expect((await inside((tx) => undoOptOut(tx, place.as.member, contactId))).suppressions).toEqual([])
  })

  it('by her own word lifts what she asked for, and no complaint', async () => {
    const contactId = await someone()
    const value = `opt${counter}@home.example`
    await inside((tx) => recordOptOut(tx, place.visitor, { contactId, scope: 'all', cause: 'message' }))
    await inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value, scope: 'channel', cause: 'complaint' }))
    expect(await inside((tx) => optInAgain(tx, place.visitor, { contactId }))).toHaveLength(2)
    expect(await stopsFor(contactId, 'email')).toEqual(['channel'])
    expect(await stopsFor(contactId, 'call')).toEqual([])
  })
})
