import { api, type Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { shownBy } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { type Json, liveHere, type Person, type TestHouse, testHouse } from './scenario.ts'

let house: TestHouse
let place: TestBusiness
let person: Person
beforeAll(async () => {
  house = await testHouse()
  place = await house.business()
  person = await liveHere(house, place, 'Qyvzexportal')
}, 60_000)

/** The owner, who proved a moment ago that it is her. */
const owner = (): Extract<Principal, { kind: 'member' }> => ({ ...place.as.owner, authenticatedAt: house.test.clock() })
const key = (): Extract<Principal, { kind: 'api_key' }> => ({
  kind: 'api_key',
  workspaceId: place.workspaceId,
  keyId: crypto.randomUUID() as never,
  scopes: ['contacts.read', 'contacts.export', 'workspace_exports.make', 'disclosures.write'],
  test: false,
})
const lines = async (): Promise<readonly Json[]> =>
  (await house.test.asSuperuser('select * from disclosure where workspace_id = $1 order by id', [place.workspaceId])).rows
/** What an act adds to the account of disclosures. */
async function added(act: () => Promise<{ status: number; json: Json }>): Promise<{ status: number; json: Json; new: readonly Json[] }> {
  const before = (await lines()).length
  const answer = await act()
  return { ...answer, new: (await lines()).slice(before) }
}

const entry = (more: object) => ({
  connection: null,
  region: 'US',
  mechanism: 'none',
  contractRef: 'C-1',
  contractOn: null,
  policyUrl: null,
  adheres: false,
  ended: false,
  ...more,
})

/** Routes that take data out, and what each leaves behind. */
const recorded = ['POST /contacts/{contactId}/exports', 'POST /workspace-exports', 'POST /requests/{requestId}/copy', 'POST /list-exports']
/** Routes that only sound like it, and why they leave no line of their own. */
const others: Readonly<Record<string, string>> = {
  'GET /me/export': 'her own account, which holds no contact',
  'GET /contact-exports/{exportId}': 'how far a copy is that was recorded when it was asked for',
  'POST /contact-exports/{exportId}/link': 'leads to a copy that was recorded when it was asked for',
  'GET /workspace-exports': 'how far copies are that were recorded when they were asked for',
  'POST /workspace-exports/{exportId}/parts/{number}/link': 'leads to a copy that was recorded when it was asked for',
  'GET /legal-requests/{legalRequestId}/extract': 'each subject is accounted for with the disclosure itself (legal-disclosure.test.ts)',
  'POST /requests/{requestId}/hand-over':
    'notes where she wants it; the line is written when she confirms it behind her own link (work-on-request.test.ts)',
  'GET /consents/{consentId}/proof': 'shown to those who work here',
  'GET /requests/{requestId}/files/{fileId}': 'shown to those who work here',
  'GET /conversations/{conversationId}/attachments/{fileId}': 'shown to those who work here',
  'GET /list-exports': 'how far files are that were recorded when they were asked for',
  'GET /list-exports/{listExportId}': 'how far a file is that was recorded when it was asked for',
  'POST /list-exports/{listExportId}/cancel': 'stops or removes a file',
  'GET /list-exports/{listExportId}/file': 'the file that was recorded when it was asked for; each time it is taken is in the audit log',
  'GET /contacts/{contactId}/files/{contactFileId}/content': 'shown to those who work here; each time is in the audit log',
  'GET /imports/{importId}/errors': 'rows of a list that was brought, given back to those who brought it',
}

describe('every way to take data out', () => {
  it('is known: a new route that exports or downloads has to say here what it leaves behind [K1]', () => {
    const taking = Object.entries(api)
      .filter(([name, route]) => /export|extract|csv|copy|copies|download|hand-?over/i.test(name) || 'download' in route)
      .map(([name]) => name)
    expect(taking.sort()).toEqual([...recorded, ...Object.keys(others)].sort())
  })

  it('leaves a line with recipient and purpose for the copy of one person, whoever asks, an API key too [K1]', async () => {
    for (const [by, doneBy] of [
      [owner(), `member:${place.as.owner.memberId}`],
      [key(), 'api_key:'],
    ] as const) {
      const made = await added(() => house.call(by, 'POST', `/contacts/${person.contactId}/exports`, { reason: 'portability' }))
      expect(made.status, JSON.stringify(made.json)).toBe(202)
      expect(made.new).toMatchObject([
        { recipient_kind: 'person', recipient: person.name, purpose: 'portability', contact_id: person.contactId, about_id: made.json.id },
      ])
      expect(made.new[0].done_by).toContain(doneBy)
    }
  })

  it('leaves one for a copy of everything: without who gets it and what for there is none [K1]', async () => {
    const refused = await added(() => house.call(owner(), 'POST', '/workspace-exports', {}))
    expect([refused.status, refused.new]).toEqual([400, []])
    const byKey = await added(() => house.call(key(), 'POST', '/workspace-exports', { purpose: 'own_records' }))
    expect([byKey.status, byKey.new]).toEqual([403, []])

    const made = await added(() => house.call(owner(), 'POST', '/workspace-exports', { purpose: 'own_records' }))
    expect(made.new).toMatchObject([
      { recipient_kind: 'business', purpose: 'own_records', contact_id: null, about_type: 'workspace_export', about_id: made.json.id },
    ])
    expect(made.new[0].people).toBeGreaterThan(0)
    expect(made.new[0].categories).toEqual(expect.arrayContaining(['communication', 'contact_details', 'name']))
    const again = await added(() => house.call(owner(), 'POST', '/workspace-exports', { purpose: 'own_records' }))
    expect([again.json.id, again.new]).toEqual([made.json.id, []])
  })

  it('leaves one for a list of contacts that is taken along, with how many are on it [K1]', async () => {
    const made = await added(() => house.call(owner(), 'POST', '/list-exports', { format: 'csv' }))
    expect(made.new).toMatchObject([
      { recipient_kind: 'business', purpose: 'own_records', about_type: 'list_export', about_id: made.json.id },
    ])
    expect(made.new[0].people).toBeGreaterThan(0)
    const nobody = await added(() => house.call(owner(), 'POST', '/list-exports', { format: 'csv', narrowing: { tag: 'nobody has it' } }))
    expect([nobody.status, nobody.new]).toEqual([202, []])
  })

  it('leaves one for an address that is told of events, and sends nothing more once the contract ended [K1]', async () => {
    const wish = { name: 'Ledger Ltd', kind: 'adviser', purposes: ['compliance'], categories: ['identifier'] }
    const { json: ledger } = await house.call(owner(), 'POST', '/processors', entry(wish))
    const make = (purpose: string) =>
      added(() =>
        house.call(owner(), 'POST', '/webhook-endpoints', {
          url: 'https://ledger.example/hook',
          recipient: { processorId: ledger.id, purpose },
        }),
      )
    const refused = await make('service')
    expect([refused.status, refused.json.type, refused.new]).toEqual([409, '/api/problems/privacy/recipient-stopped', []])
    const made = await make('accounting')
    expect(made.new).toMatchObject([
      {
        recipient: 'Ledger Ltd',
        purpose: 'accounting',
        about_type: 'webhook_endpoint',
        about_id: made.json.endpoint.id,
        categories: ['identifier'],
      },
    ])
    await house.call(owner(), 'PUT', `/processors/${ledger.id}`, { ...entry(wish), ended: true }, { 'if-match': '"1"' })
    const { json: held } = await house.call(owner(), 'GET', `/webhook-endpoints/${made.json.endpoint.id}`)
    expect(held).toMatchObject({ enabled: true, heldBecause: expect.any(String) })
  })

  it('leaves one for a key that somebody outside uses, and makes none for what the entry of that recipient does not cover [K1]', async () => {
    const { json: adviser } = await house.call(
      owner(),
      'POST',
      '/processors',
      entry({ name: 'Books Co', kind: 'adviser', purposes: ['compliance'], categories: ['name', 'contact_details'] }),
    )
    const make = (scopes: readonly string[], purpose = 'accounting') =>
      added(() => house.call(owner(), 'POST', '/api-keys', { name: 'Books', scopes, recipient: { processorId: adviser.id, purpose } }))
    for (const [scopes, purpose] of [
      [['contacts.read'], 'accounting'],
      [['companies.read'], 'service'],
    ] as const) {
      const refused = await make(scopes, purpose)
      expect([refused.status, refused.json.type, refused.new]).toEqual([409, '/api/problems/privacy/recipient-stopped', []])
    }
    const made = await make(['companies.read'])
    expect(made.json.apiKey.recipient).toEqual({ name: 'Books Co', purpose: 'accounting' })
    expect(made.new).toMatchObject([
      {
        recipient_kind: 'adviser',
        recipient: 'Books Co',
        purpose: 'accounting',
        about_type: 'api_key',
        about_id: made.json.apiKey.id,
        categories: ['contact_details', 'name'],
      },
    ])
    const own = await added(() => house.call(owner(), 'POST', '/api-keys', { name: 'Our own', scopes: ['contacts.read'] }))
    expect([own.status, own.json.apiKey.recipient, own.new]).toEqual([201, null, []])
    const { json: scopes } = await house.call(owner(), 'GET', '/scopes')
    expect(scopes.items.filter(({ name }: Json) => !(name.split('.')[0] in shownBy)).map(({ name }: Json) => name)).toEqual([])
  })

  it('gives everything to nobody outside whose entry does not cover everything, nor while somebody’s data are only kept [K1]', async () => {
    const [line] = (await lines()).filter(({ purpose }) => purpose === 'own_records')
    const host1 = entry({ name: 'New Host', kind: 'processor', purposes: ['service'], categories: ['name'] })
    const { json: host } = await house.call(owner(), 'POST', '/processors', host1)
    const ask = () => added(() => house.call(owner(), 'POST', '/workspace-exports', { purpose: 'service', processorId: host.id }))
    const narrow = await ask()
    expect([narrow.status, narrow.json.detail, narrow.new]).toEqual([409, expect.stringContaining('does not cover'), []])
    await house.call(owner(), 'PUT', `/processors/${host.id}`, { ...host1, categories: line.categories }, { 'if-match': '"1"' })
    const given = await ask()
    expect(given.new).toMatchObject([{ recipient_kind: 'processor', recipient: 'New Host', purpose: 'service', about_id: given.json.id }])

    await house.call(place.as.privacy_officer, 'POST', `/contacts/${person.contactId}/restriction`, { ground: 'accuracy_contested' })
    const kept = await ask()
    expect([kept.status, kept.json.type, kept.new]).toEqual([423, '/api/problems/privacy/data-restricted', []])
    expect((await added(() => house.call(owner(), 'POST', '/workspace-exports', { purpose: 'own_records' }))).status).toBe(202)
  })
})
