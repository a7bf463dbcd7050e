import { randomUUID } from 'node:crypto'
import type { ContactId, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { changePrivacySettings } from '../../apps/server/src/modules/privacy/index.ts'
import { gatherPersonData } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { dumpDatabase } from '../../apps/server/src/platform/backup/index.ts'
import { enqueue } from '../../apps/server/src/platform/jobs/index.ts'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { type Json, liveHere, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
})

let people = 0
const someone = (): Promise<ContactId> => {
  people += 1
  return place.newContact(`tax${people}@home.example`, `Person ${people}`)
}
const collect = (value: 'off' | 'on_when_required') =>
  place.inside(async (tx) => {
    const { version } = (await house.call(place.as.owner, 'GET', '/privacy-settings')).json
    await changePrivacySettings(tx, place.as.owner, { changes: { 'tax_id.collect': value }, version })
  })
const declare = (kind: string, more: object = {}, role: Role = 'owner') =>
  house.call(place.as[role], 'POST', '/sensitive-fields', {
    kind,
    label: kind.toUpperCase(),
    ground: 'tax_law',
    why: 'Form 1099 for what we pay.',
    readers: ['owner', 'manager'],
    ...more,
  })
const at = (contactId: string, fieldId: string) => `/contacts/${contactId}/sensitive-values/${fieldId}`
const write = (contactId: string, fieldId: string, value: string, role: Role = 'owner') =>
  house.call(place.as[role], 'PUT', at(contactId, fieldId), { value })
const reveal = (
  contactId: string,
  fieldId: string,
  role: Role = 'owner',
  reason: object = { purpose: 'tax_form', reason: 'Filing the 1099' },
) => house.call(place.as[role], 'POST', `${at(contactId, fieldId)}/reveal`, reason)
const shown = async (contactId: string, fieldId: string, role: Role = 'owner'): Promise<Json> =>
  (await house.call(place.as[role], 'GET', `/contacts/${contactId}/sensitive-values`)).json.items.find(
    (each: Json) => each.fieldId === fieldId,
  )
const audited = async (contactId: string) =>
  (
    await house.test.asSuperuser("select action, actor_id from audit_entry where object_id = $1 and action like 'sensitive%' order by id", [
      contactId,
    ])
  ).rows
const slug = ({ json }: { json: Json }) => String(json.type).replace('/api/problems/', '')

const answersStored = async (): Promise<number> =>
  (await house.test.asSuperuser('select count(*)::int as n from idempotency_key')).rows[0].n

async function dump(): Promise<string> {
  const parts: string[] = []
  for await (const record of dumpDatabase(house.test.urls.backup, { version: 'test', createdAt: house.test.clock() }))
    if (record.kind === 'rows') parts.push(Buffer.from(record.data).toString())
  return parts.join('\n')
}

describe('while tax law asks for no tax numbers', () => {
  it.each(['ssn', 'ein', 'sin', 'gst', 'vat'])('a field for %s cannot be declared [A13] [A14]', async (kind) => {
    expect([(await declare(kind)).status, slug(await declare(kind))]).toEqual([403, 'privacy/tax-ids-off'])
  })
})

describe('a sensitive field is refused', () => {
  it('on a ground that cannot carry it, by whoever may not decide, and for what cannot be declared at all', async () => {
    await collect('on_when_required')
    expect(slug(await declare('ssn', { ground: 'contract' }))).toBe('privacy/ground-does-not-fit')
    expect(slug(await declare('health', { ground: 'contract' }))).toBe('privacy/ground-does-not-fit')
    expect(slug(await declare('ssn', {}, 'admin'))).toBe('http/not-allowed')
    for (const kind of ['race', 'religion', 'politics', 'union', 'biometrics', 'genetics', 'criminal'])
      expect((await declare(kind)).status, kind).toBe(400)
  })
})

describe('a tax number', () => {
  it.each([
    ['ssn', '219456781', '219-45-6781', '•••-••-6781'],
    ['gst', '123456782RT0001', '123456782 RT0001', '••••••••• ••0001'],
  ])(
    'of kind %s is kept encrypted, shown masked, and seen in full only by a reader who says why; that is audited [A13] [A14] [L2]',
    async (kind, typed, written, masked) => {
      await collect('on_when_required')
      const field = (await declare(kind)).json
      const contactId = await someone()
      expect(slug(await write(contactId, field.id, '12'))).toBe('privacy/not-such-a-number')
      const saved = await write(contactId, field.id, typed, 'member')
      expect(saved).toMatchObject({ status: 200, json: { masked, mayReveal: false } })
      expect(await shown(contactId, field.id)).toMatchObject({ masked, mayReveal: true, recordedBy: `member:${place.as.member.memberId}` })

      const everything = await dump()
      for (const form of [typed, written, written.replace(/\D/g, '')]) expect(everything).not.toContain(form)
      expect(house.log.lines.join('\n')).not.toContain(typed)

      expect(slug(await reveal(contactId, field.id, 'member'))).toBe('privacy/not-a-reader')
      expect((await reveal(contactId, field.id, 'owner', { purpose: 'tax_form', reason: '' })).status).toBe(400)
      expect((await reveal(contactId, field.id, 'owner', { purpose: 'curiosity', reason: 'x' })).status).toBe(400)
      const before = await answersStored()
      expect(await reveal(contactId, field.id, 'manager')).toMatchObject({ status: 200, json: { value: written, showFor: 30 } })
      expect(await answersStored()).toBe(before) // an answer that is secret is stored nowhere
      const seen = (await house.call(place.as.privacy_officer, 'GET', `/contacts/${contactId}/sensitive-reveals`)).json.items
      expect(seen).toMatchObject([
        { label: kind.toUpperCase(), by: `member:${place.as.manager.memberId}`, purpose: 'tax_form', reason: 'Filing the 1099' },
      ])
      expect((await audited(contactId)).map(({ action }) => action)).toEqual(['sensitive_value.recorded', 'sensitive_value.revealed'])
      expect(await dump()).not.toContain(written)
    },
  )

  it('is revealed to no API key and to no operator', async () => {
    await collect('on_when_required')
    const field = (await declare('ein')).json
    const contactId = await someone()
    await write(contactId, field.id, '12-3456789')
    const key = {
      kind: 'api_key',
      workspaceId: place.workspaceId,
      keyId: 'k',
      scopes: ['sensitive_values.reveal', 'sensitive_values.read'],
      test: false,
    } as never
    expect(slug(await house.call(key, 'POST', `${at(contactId, field.id)}/reveal`, { purpose: 'service', reason: 'x' }))).toBe(
      'privacy/not-a-reader',
    )
    const operator = { kind: 'operator', workspaceId: place.workspaceId, grantId: randomUUID(), access: 'change' } as never
    expect((await house.call(operator, 'POST', `${at(contactId, field.id)}/reveal`, { purpose: 'service', reason: 'x' })).status).toBe(403)
  })

  it('cannot be moved to another person’s row: it reads nowhere else [L2]', async () => {
    await collect('on_when_required')
    const field = (await declare('ssn')).json
    const [hers, other] = [await someone(), await someone()]
    await write(hers, field.id, '219-45-6782')
    await write(other, field.id, '219-45-6783')
    await house.test.asSuperuser(
      'update sensitive_value set value = (select value from sensitive_value where contact_id = $1) where contact_id = $2',
      [hers, other],
    )
    expect((await reveal(other, field.id)).status).toBe(409)
    expect(await reveal(hers, field.id)).toMatchObject({ json: { value: '219-45-6782' } })
    await house.test.asSuperuser('delete from sensitive_value where contact_id = $1', [other])
  })

  it('is closed when the setting is turned off, and goes once the tax office cannot ask for it any more [A13] [A14]', async () => {
    await collect('on_when_required')
    const field = (await declare('ssn')).json
    const contactId = await someone()
    await write(contactId, field.id, '219-45-6784')
    await collect('off')
    expect(slug(await write(contactId, field.id, '219-45-6785'))).toBe('privacy/tax-ids-off')
    expect(slug(await reveal(contactId, field.id))).toBe('privacy/tax-ids-off')
    const kept = await shown(contactId, field.id)
    expect(kept).toMatchObject({ masked: '•••-••-6784', mayReveal: false, mayWrite: false })
    // Four years after the end of the tax year.
    const ends = `${house.test.clock().toZonedDateTimeISO('UTC').year + 5}-01-01T00:00:00Z`
    expect(kept.keptUntil).toBe(ends)

    const job = describeHouse().jobs.find(({ name }) => name === 'privacy.purge-tax-ids')
    const purge = async () => {
      await place.inside((tx) => enqueue(tx, job as never, {} as never))
      await house.background.settle()
    }
    house.test.clock.set(Temporal.Instant.from(ends).subtract({ hours: 1 }))
    await purge()
    expect(await shown(contactId, field.id)).toMatchObject({ masked: '•••-••-6784' })
    house.test.clock.advance({ hours: 2 })
    await purge()
    await purge()
    expect(await shown(contactId, field.id)).toBeUndefined()
    expect((await audited(contactId)).map(({ action }) => action)).toContain('sensitive_value.purged')
  })
})

describe('a sensitive value', () => {
  it('is in her own copy in full, but a tax number masked, and goes with her', async () => {
    await collect('on_when_required')
    const tax = (await declare('ssn')).json
    const health = (await declare('health', { ground: 'explicit_consent', why: 'So that we use the right gloves.' })).json
    const person = await liveHere(house, place, 'Qwzxvtaxopl')
    await write(person.contactId, tax.id, '219-45-6786')
    await write(person.contactId, health.id, 'Latex allergy')
    const { data } = await place.inside((tx) => gatherPersonData(tx, house.around.inventory, [person.contactId]))
    const copies = (data.tables.sensitive_value ?? []).map(({ in_copy }) => in_copy)
    expect(copies.toSorted()).toEqual(['Latex allergy', `${person.word} 77`, '•••-••-6786'].toSorted())
    expect(JSON.stringify(data)).not.toContain('219-45-6786')

    await house.call(place.as.privacy_officer, 'POST', `/contacts/${person.contactId}/erasure`, {
      mode: 'erase',
      bookingsAhead: 'cancel',
      neverContactAgain: false,
    })
    await house.background.settle()
    const { rows } = await house.test.asSuperuser('select count(*)::int as n from sensitive_value where contact_id = $1', [
      person.contactId,
    ])
    expect(rows[0].n).toBe(0)
  }, 60_000)

  it('goes with its field where that is wished, and is never another workspace’s', async () => {
    const field = (await declare('insurance_number', { ground: 'contract' })).json
    const contactId = await someone()
    await write(contactId, field.id, 'AB-1234')
    const elsewhere = await testWorkspace(house.test, 'Elsewhere')
    expect((await house.call(elsewhere.as.owner, 'GET', `/contacts/${contactId}/sensitive-values`)).status).toBe(404)
    expect(
      (await house.call(elsewhere.as.owner, 'POST', `${at(contactId, field.id)}/reveal`, { purpose: 'service', reason: 'x' })).status,
    ).toBe(404)
    const ended = await house.call(place.as.owner, 'POST', `/sensitive-fields/${field.id}/end`, { deleteValues: true })
    expect(ended.json).toMatchObject({ values: 0, endedAt: expect.any(String) })
    expect((await write(contactId, field.id, 'AB-1234')).status).toBe(409)
  })
})
