import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { auditSurroundings } from '../../apps/server/src/modules/privacy/index.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { sealWorkspace } from '../../apps/server/src/platform/audit/index.ts'
import { type Json, liveHere, type Person, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let person: Person
let heads: string
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  heads = path.join(house.test.folder, 'heads')
  auditSurroundings.provide({ database: house.test.database, headsFolder: heads })
  person = await liveHere(house, place, 'Vwxqauditopl')
  for (const role of ['manager', 'manager', 'member'] as const) await house.call(place.as[role], 'GET', `/contacts/${person.contactId}`)
  await house.call(place.as.member, 'POST', `/contacts/${person.contactId}/notes`, { body: 'Called back.' })
}, 60_000)

const list = async (query = '', by: keyof TestBusiness['as'] = 'privacy_officer'): Promise<Json> =>
  (await house.call(place.as[by], 'GET', `/contacts/${person.contactId}/audit?limit=200${query}`)).json

describe('who saw, changed and exported the data of one contact', () => {
  it('is told to owners, admins, the privacy officer and auditors, and to nobody else', async () => {
    for (const role of ['member', 'manager', 'representative', 'support', 'billing', 'read_only'] as const) {
      expect((await house.call(place.as[role], 'GET', `/contacts/${person.contactId}/audit`)).status, role).toBe(403)
      expect((await house.call(place.as[role], 'GET', '/audit')).status, role).toBe(403)
      expect((await house.call(place.as[role], 'POST', '/audit/check')).status, role).toBe(403)
    }
    const elsewhere = await testWorkspace(house.test, 'Elsewhere')
    expect((await house.call(elsewhere.as.owner, 'GET', `/contacts/${person.contactId}/audit`)).status).toBe(404)
    expect((await house.call(elsewhere.as.owner, 'GET', '/audit')).json.items).toEqual([])
  })

  it('names everybody who looked at her, once an hour each, and who saw a protected value [L7]', async () => {
    const { items } = await list('&kind=seen')
    const seen = items.map(({ action, actor }: Json) => [action, actor.id])
    expect(seen.filter(([action]: string[]) => action === 'contact.seen').toSorted()).toEqual(
      [
        ['contact.seen', place.as.manager.memberId],
        ['contact.seen', place.as.member.memberId],
        ['contact.seen', place.as.owner.memberId], // who filled in her own fields
      ].toSorted(),
    )
    expect(seen).toContainEqual(['sensitive_value.revealed', place.as.owner.memberId])
    house.test.clock.advance({ minutes: 61 })
    await house.call(place.as.manager, 'GET', `/contacts/${person.contactId}`)
    const again = (await list('&kind=seen')).items.filter(({ action }: Json) => action === 'contact.seen')
    expect(again).toHaveLength(4)
  })

  it('names who changed her data, from the log and from her timeline, and who took a copy out [L7]', async () => {
    const changed = (await list('&kind=changed')).items
    expect(changed).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'contact.created', actor: { kind: 'member', id: place.as.owner.memberId } }),
        expect.objectContaining({ action: 'note.added', actor: { kind: 'member', id: place.as.member.memberId } }),
        expect.objectContaining({ action: 'sensitive_value.recorded' }),
        expect.objectContaining({ action: 'legal_hold.placed', object: expect.objectContaining({ type: 'legal_hold' }) }),
      ]),
    )
    const exported = (await list('&kind=exported')).items
    expect(exported.map(({ action }: Json) => action)).toContain('contact.export_requested')
    expect(exported.every(({ kind }: Json) => kind === 'exported')).toBe(true)
  })

  it('is narrowed by person and by day, in pages without a gap, and holds no word that was written', async () => {
    const all = (await list()).items
    const byMember = (await list(`&memberId=${place.as.member.memberId}`)).items
    expect(byMember.length).toBeGreaterThan(0)
    expect(byMember.every(({ actor }: Json) => actor.id === place.as.member.memberId)).toBe(true)
    const day = house.test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    expect((await list(`&from=${day.add({ days: 1 })}`)).items).toEqual([])
    expect((await list(`&from=${day}&to=${day}`)).items).toEqual(all)
    const paged: Json[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: Json = (
        await house.call(place.as.auditor, 'GET', `/contacts/${person.contactId}/audit?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      ).json
      paged.push(...page.items)
      cursor = page.next ?? undefined
    }
    expect(paged.filter(({ action }) => action !== 'contact.seen').map(({ id }) => id)).toEqual(
      all.filter(({ action }: Json) => action !== 'contact.seen').map(({ id }: Json) => id),
    )
    expect(JSON.stringify(all)).not.toMatch(new RegExp(person.word, 'i'))
  })
})

describe('the record of the whole workspace', () => {
  it('is listed newest first with each entry’s place in the chain', async () => {
    await sealWorkspace(house.test.database, heads, place.workspaceId)
    const { items } = (await house.call(place.as.owner, 'GET', '/audit?limit=200')).json
    const numbers = items.map(({ sequence }: Json) => sequence).filter((number: number | null) => number !== null)
    expect(numbers.length).toBeGreaterThan(5)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('is checked from the desk: whole, and where not, at which entry [L7]', async () => {
    await sealWorkspace(house.test.database, heads, place.workspaceId)
    const whole = (await house.call(place.as.owner, 'POST', '/audit/check')).json
    expect(whole).toMatchObject({ intact: true, head: 'matches', firstBad: null })
    await house.test.asSuperuser(
      "update audit_entry set result = 'refused' where id = (select id from audit_seal where workspace_id = $1 and sequence = 2)",
      [place.workspaceId],
    )
    expect((await house.call(place.as.auditor, 'POST', '/audit/check')).json).toMatchObject({
      intact: false,
      firstBad: { sequence: 2, reason: 'changed' },
    })
  })
})
