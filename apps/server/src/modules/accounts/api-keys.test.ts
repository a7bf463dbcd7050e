import type { MemberId, UserId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { definePolicy } from '../../platform/policy/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { listScopes } from './api-keys.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'

const money = definePolicy({ 'invoices.read': ['owner', 'billing'], 'contacts.read': ['owner', 'admin'] })
const test = await testRoom('invitation', { policies: () => [accountsPolicy, money] })
const { browser, clock, asSuperuser } = test
const dana = await test.ownerBrowser()
const { workspaceId } = dana
const ada = await test.join(dana, 'admin', 'ada@example.com')
const mo = await test.join(dana, 'member', 'mo@example.com')

const withKey = (key: string) => browser({ headers: { authorization: `Bearer ${key}` } })
const make = (body: { scopes: string[]; test?: boolean; expiresAt?: string }, by = dana as typeof ada | typeof dana) =>
  by.call('POST /api-keys', { body: { name: 'Till', ...body } })

describe('making an API key', () => {
  it('is for owners and admins who proved lately that it is them', async () => {
    expect((await refusal(make({ scopes: ['workspace.read'] }, mo as never))).slug).toBe('http/not-allowed')
    clock.advance({ minutes: 11 })
    expect((await refusal(make({ scopes: ['workspace.read'] }))).slug).toBe('accounts/reauthentication-required')
    for (const one of [dana, ada]) await one.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
  })

  it('gives no scope beyond one’s own role, none that hands out access, none that does not exist', async () => {
    expect((await refusal(make({ scopes: ['invoices.read'] }, ada))).details).toMatchObject({ scopes: ['invoices.read'] })
    for (const scope of [
      'api_keys.manage',
      'members.manage',
      'invitations.manage',
      'operator_grants.manage',
      'workspace.close',
      'everything',
    ]) {
      expect((await refusal(make({ scopes: [scope] }))).slug).toBe('http/invalid-request')
    }
    expect((await refusal(make({ scopes: ['workspace.read'], expiresAt: clock().toString() }))).slug).toBe('http/invalid-request')
    const { items } = await ada.call('GET /scopes')
    expect(items.filter(({ name }) => name.endsWith('.read') && !name.startsWith('operator'))).toContainEqual({
      name: 'invoices.read',
      mayGive: false,
    })
    expect(items).toContainEqual({ name: 'contacts.read', mayGive: true })
    for (const scope of ['page.book', 'link.change']) expect((await refusal(make({ scopes: [scope] }))).slug).toBe('http/invalid-request')
  })

  it('lists what somebody can give, and nothing that is for visitors and signed links alone', () => {
    const policies = () => [
      definePolicy({ 'page.book': ['visitor'], 'link.change': ['contact_link'], 'shelf.read': ['read_only', 'visitor'] }),
    ]
    const owner = { kind: 'member', workspaceId, memberId: 'm' as MemberId, userId: 'u' as UserId, role: 'owner' } as const
    expect(listScopes(owner, policies)).toEqual([{ name: 'shelf.read', mayGive: false }])
  })

  it('shows it once and stores a hash', async () => {
    const { apiKey, key } = await make({ scopes: ['workspace.read', 'workspace.read'] })
    expect(key).toMatch(/^fdk_live_[\w-]{43}$/)
    expect(apiKey).toMatchObject({ start: key.slice(0, 14), scopes: ['workspace.read'], createdBy: 'Dana Reyes', lastUsedAt: null })
    expect(JSON.stringify((await asSuperuser('select * from api_key')).rows)).not.toContain(key.slice(14))
  })
})

it('gives the same key to a repetition, and keeps it encrypted for that', async () => {
  const ask = () => dana.call('POST /api-keys', { body: { name: 'Once', scopes: ['workspace.read'] }, idempotencyKey: 'once-1' })
  const { key } = await ask()
  expect((await ask()).key).toBe(key)
  expect((await dana.call('GET /api-keys')).items.filter(({ name }) => name === 'Once')).toHaveLength(1)
  expect(JSON.stringify((await asSuperuser('select * from idempotency_key')).rows)).not.toContain(key.slice(14))
})

describe('an API key', () => {
  it('is refused when unknown, expired or revoked', async () => {
    expect((await refusal(withKey(`fdk_live_${'x'.repeat(43)}`).call('GET /workspace'))).slug).toBe('http/not-signed-in')
    expect((await refusal(withKey('Bearer nonsense').call('GET /workspace'))).slug).toBe('http/not-signed-in')
    const { key } = await make({ scopes: ['workspace.read'], expiresAt: clock().add({ minutes: 5 }).toString() })
    expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
    clock.advance({ minutes: 5 })
    expect((await refusal(withKey(key).call('GET /workspace'))).slug).toBe('http/not-signed-in')
    const other = await make({ scopes: ['workspace.read'] })
    await dana.call('DELETE /api-keys/{apiKeyId}', { params: { apiKeyId: other.apiKey.id } })
    expect((await refusal(withKey(other.key).call('GET /workspace'))).slug).toBe('http/not-signed-in')
  })

  it('does what its scopes say and nothing else; it is nobody’s account', async () => {
    const { key } = await make({ scopes: ['workspace.read'] })
    const program = withKey(key)
    expect((await program.call('GET /workspace')).name).toBe('Salon Nine')
    expect((await refusal(program.call('GET /members'))).slug).toBe('http/missing-scope')
    expect((await refusal(program.call('GET /me'))).slug).toBe('http/not-signed-in')
  })

  it('works in its own workspace whatever the request names', async () => {
    const { key } = await make({ scopes: ['workspace.read'] })
    await dana.call('POST /workspaces', { body: { name: 'Elsewhere', zone: 'UTC', locale: 'en', currency: 'USD' } })
    const elsewhere = (await dana.call('GET /me')).currentWorkspaceId ?? ''
    const answer = await withKey(key).fetch('/api/v1/workspace', { headers: { 'frontdesk-workspace': elsewhere } })
    expect(await answer.json()).toMatchObject({ name: 'Salon Nine' })
    await dana.call('PUT /current-workspace', { body: { workspaceId: dana.workspaceId } })
  })

  it('is refused from the moment the workspace closes, says why, and works again when it is reopened [A9]', async () => {
    const { key } = await make({ scopes: ['workspace.read'] })
    expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
    await dana.call('POST /workspace/closing')
    const refused = await refusal(withKey(key).call('GET /workspace'))
    expect(refused).toMatchObject({ slug: 'http/not-signed-in', details: { detail: expect.stringMatching(/is being closed/) } })
    await dana.call('DELETE /workspace/closing')
    expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
  })

  it('shows when it was last used, to the minute', async () => {
    const { key, apiKey } = await make({ scopes: ['workspace.read'] })
    const lastUse = async () => (await dana.call('GET /api-keys')).items.find(({ id }) => id === apiKey.id)?.lastUsedAt
    await withKey(key).call('GET /workspace')
    const first = clock().toString()
    clock.advance({ seconds: 59 })
    await withKey(key).call('GET /workspace')
    expect(await lastUse()).toBe(first)
  })
})

describe('a test key', () => {
  it('works in a workspace of its own, made with the first one', async () => {
    await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
    const first = await make({ scopes: ['workspace.read', 'workspace.manage'], test: true })
    const second = await make({ scopes: ['workspace.read'], test: true })
    expect(first.key).toMatch(/^fdk_test_/)
    const place = await withKey(first.key).call('GET /workspace')
    expect(place).toMatchObject({ name: 'Salon Nine (test)', test: true, zone: 'America/New_York', currency: 'USD' })
    expect((await withKey(second.key).call('GET /workspace')).id).toBe(place.id)
    await withKey(first.key).call('PATCH /workspace', { body: { name: 'Playground' }, version: place.version })
    expect((await dana.call('GET /workspace')).name).toBe('Salon Nine')
    expect((await dana.call('GET /api-keys')).items.filter((key) => key.test)).toHaveLength(2)
  })

  it('has the same members as the live workspace, and follows them', async () => {
    const members = async () => {
      const { rows } = await asSuperuser(
        `select m.name, m.role from member m join workspace w on w.id = m.workspace_id where w.test_of is not null and m.removed_at is null order by m.name`,
      )
      return rows
    }
    expect(await members()).toEqual([
      { name: 'A admin', role: 'admin' },
      { name: 'A member', role: 'member' },
      { name: 'Dana Reyes', role: 'owner' },
    ])
    await mo.call('POST /workspace/leaving', { body: { leave: true } })
    await test.join(dana, 'billing', 'bill@example.com')
    expect(await members()).toEqual([
      { name: 'A admin', role: 'admin' },
      { name: 'A billing', role: 'billing' },
      { name: 'Dana Reyes', role: 'owner' },
    ])
  })

  it('leaves members, keys and closing to the live workspace', async () => {
    const me = await dana.call('GET /me')
    const place = me.workspaces.find((workspace) => workspace.test)
    await dana.call('PUT /current-workspace', { body: { workspaceId: place?.id ?? '' } })
    expect((await refusal(dana.call('POST /invitations', { body: { role: 'member' } }))).slug).toBe('http/conflict')
    expect((await refusal(make({ scopes: ['workspace.read'] }))).slug).toBe('http/conflict')
    expect((await refusal(dana.call('POST /workspace/closing'))).slug).toBe('http/conflict')
  })
})
