/** A house whose owner accepted the processing terms, with hands for lists of people. */
import { randomUUID } from 'node:crypto'
import type { Principal } from '@frontdesk/contract'
import type { TestBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { acceptTerms, type Json, type TestHouse, testHouse } from '../rights/scenario.ts'

type Asker = Extract<Principal, { kind: 'member' | 'api_key' }>
type Answer = { readonly status: number; readonly json: Json }

export type ListDesk = {
  readonly house: TestHouse
  readonly place: TestBusiness
  /** Uploads a file as it is sent by a browser. */
  readonly upload: (content: string | Buffer, name?: string, by?: Asker) => Promise<Answer>
  readonly ask: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object, version?: number) => Promise<Answer>
  /** Brings a list as far as it goes: looked at, settled, checked. Answers the import. */
  readonly checked: (content: string | Buffer, settle?: object, name?: string) => Promise<Json>
  /** The same, and written. */
  readonly written: (content: string | Buffer, settle?: object, name?: string) => Promise<Json>
  readonly load: (importId: string) => Promise<Json>
  readonly contacts: () => Promise<readonly Json[]>
  readonly named: (name: string) => Promise<Json>
  readonly errors: (importId: string) => Promise<string>
}

/** Opens it; another business in a house that stands already, where one is given. */
export async function listDesk(standing?: TestHouse): Promise<ListDesk> {
  const house = standing ?? (await testHouse())
  const place = await house.business()
  await acceptTerms(house, place)
  const owner = place.as.owner
  const ask: ListDesk['ask'] = (method, url, body, version) =>
    house.call(owner, method, url, body, version === undefined ? undefined : { 'if-match': `"${version}"` })

  async function upload(content: string | Buffer, name = 'people.csv', by: Asker = owner): Promise<Answer> {
    // Whoever asks has to be known to the house first.
    await house.call(by, 'GET', '/me')
    const boundary = 'a-list-of-people'
    const payload = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n`),
      Buffer.from(content),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const answer = await house.api.inject({
      method: 'POST',
      url: '/api/v1/imports',
      headers: {
        'x-test-as': JSON.stringify(by),
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'idempotency-key': randomUUID(),
      },
      payload,
    })
    return { status: answer.statusCode, json: JSON.parse(answer.body) }
  }

  const load = async (importId: string) => (await ask('GET', `/imports/${importId}`)).json
  async function checked(content: string | Buffer, settle: object = {}, name?: string): Promise<Json> {
    const begun = await upload(content, name)
    if (begun.status !== 201) throw new Error(`The list was not taken: ${JSON.stringify(begun.json)}`)
    await house.background.settle()
    const draft = await load(begun.json.id)
    if (draft.state !== 'draft') return draft
    const settled = await ask('PATCH', `/imports/${draft.id}`, { ground: { kind: 'unknown' }, ...settle }, draft.version)
    if (settled.status !== 200) throw new Error(`The list was not settled: ${JSON.stringify(settled.json)}`)
    const checking = await ask('POST', `/imports/${draft.id}/check`)
    if (checking.status !== 200) throw new Error(`The list was not checked: ${JSON.stringify(checking.json)}`)
    await house.background.settle()
    return load(draft.id)
  }
  async function written(content: string | Buffer, settle?: object, name?: string): Promise<Json> {
    const { id } = await checked(content, settle, name)
    const started = await ask('POST', `/imports/${id}/start`, { vouched: true })
    if (started.status !== 200) throw new Error(`The list was not started: ${JSON.stringify(started.json)}`)
    await house.background.settle()
    return load(id)
  }
  const contacts = async () => (await ask('GET', '/contacts?limit=100')).json.items
  return {
    house,
    place,
    upload,
    ask,
    checked,
    written,
    load,
    contacts,
    named: async (name) => {
      const found = (await contacts()).find((one: Json) => one.name === name)
      return found && (await ask('GET', `/contacts/${found.id}`)).json
    },
    errors: async (importId) => {
      const answer = await house.api.inject({
        method: 'GET',
        url: `/api/v1/imports/${importId}/errors`,
        headers: { 'x-test-as': JSON.stringify(owner) },
      })
      return answer.body
    },
  }
}
