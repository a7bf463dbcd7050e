import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { fixtureServer, fixtureWrites } from './testing.ts'

let test: TestDatabase
let workspaceId: WorkspaceId
let app: FastifyInstance
beforeAll(async () => {
  test = await testDatabase()
  workspaceId = test.newWorkspaceId()
  app = await fixtureServer(test, workspaceId)
})
afterAll(() => app.close())
beforeEach(() => fixtureWrites.splice(0))

const card = 'She paid with 4111 1111 1111 1111, exp 12/27'
async function write(text: string, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/fixture/notes',
    headers: { 'content-type': 'application/json', 'x-test-role': 'owner', ...headers },
    payload: JSON.stringify({ text }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

describe('a card or Social Security number in anything that a member writes', () => {
  it('is pointed out before anything is saved, masked, with the field it stands in [B1] [W1]', async () => {
    const { status, body } = await write(card)
    expect([status, body.type]).toEqual([422, '/api/problems/http/number-in-text'])
    expect(body.numbers).toEqual([{ path: 'text', kind: 'card', shown: '••••1111' }])
    expect(body.detail).toContain('Nothing was saved')
    expect(JSON.stringify(body)).not.toContain('4111')
    expect((await write('ssn 219-45-6789')).body.numbers).toEqual([{ path: 'text', kind: 'ssn', shown: '••••6789' }])
    expect(fixtureWrites).toEqual([])
  })

  it('is masked where that is wished [B1] [W1]', async () => {
    const { status, body } = await write(card, { 'frontdesk-numbers': 'mask' })
    expect([status, body.text]).toEqual([201, 'She paid with ••••1111, exp 12/27'])
    expect(fixtureWrites.join()).not.toContain('4111 1111')
  })

  it('is never kept where it is a card number by its digits, whatever is said of it [B1]', async () => {
    const { status, body } = await write('Order 4111 1111 1111 1111', { 'frontdesk-numbers': 'as-typed' })
    expect([status, body.type]).toEqual([422, '/api/problems/http/number-in-text'])
    expect(body.detail).toContain('Card numbers are never kept.')
    expect((await write('219-45-6789 and 4111111111111111', { 'frontdesk-numbers': 'as-typed' })).status).toBe(422)
    expect(fixtureWrites).toEqual([])
  })

  it('that looks like a Social Security number stays where somebody says that it is none, which is audited', async () => {
    const { status, body } = await write('Part 219-45-6789', { 'frontdesk-numbers': 'as-typed' })
    expect([status, body.text]).toEqual([201, 'Part 219-45-6789'])
    const { rows } = await test.asSuperuser('select action, object_type from audit_entry where workspace_id = $1', [workspaceId])
    expect(rows).toEqual([{ action: 'number.kept_as_typed', object_type: 'request' }])
  })

  it('is asked about once: with another word in the header as well', async () => {
    expect((await write(card, { 'frontdesk-numbers': 'whatever' })).status).toBe(422)
  })
})

it('leaves all else as it was typed', async () => {
  const text = 'Call +1 (212) 555-0100 about order 1234-5678, 12/27'
  expect((await write(text)).body.text).toBe(text)
})
