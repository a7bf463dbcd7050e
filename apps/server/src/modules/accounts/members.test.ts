import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { violatedConstraint } from '../../platform/errors/index.ts'
import { changeMember, leaveWorkspace } from './members.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { clock, asSuperuser, database } = test
const dana = await test.ownerBrowser()
const { workspaceId } = dana
const ada = await test.join(dana, 'admin', 'ada@example.com')
const mel = await test.join(dana, 'manager', 'mel@example.com')
const mo = await test.join(dana, 'member', 'mo@example.com')

const memberIdOf = async (name: string) => {
  const { items } = await dana.call('GET /members')
  const found = items.find((member) => member.name === name)
  if (!found) throw new Error(`Nobody is called ${name}: ${items.map((member) => member.name).join(', ')}`)
  return { memberId: found.id, version: found.version }
}
const change = async (
  by: typeof dana | typeof ada,
  name: string,
  body: { role?: 'owner' | 'admin' | 'member' | 'auditor'; expiresAt?: string | null },
) => {
  const { memberId, version } = await memberIdOf(name)
  return by.call('PATCH /members/{memberId}', { params: { memberId }, body, version })
}

describe('changing a member', () => {
  it('is for owners and admins who proved lately that it is them', async () => {
    expect((await refusal(change(mel, 'A member', { role: 'admin' }))).slug).toBe('http/not-allowed')
    expect((await refusal(change(mo, 'A member', { role: 'admin' }))).slug).toBe('http/not-allowed')
    clock.advance({ minutes: 11 })
    expect((await refusal(change(ada, 'A member', { role: 'admin' }))).slug).toBe('accounts/reauthentication-required')
    for (const one of [dana, ada]) await one.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
  })

  it('goes no higher than one’s own role', async () => {
    expect((await refusal(change(ada, 'A member', { role: 'owner' }))).slug).toBe('accounts/role-too-high')
    expect((await refusal(change(ada, 'Dana Reyes', { role: 'member' }))).slug).toBe('accounts/role-too-high')
  })

  it('refuses the version that somebody else changed, and shows the present one', async () => {
    const { memberId } = await memberIdOf('A member')
    const stale = await refusal(dana.call('PATCH /members/{memberId}', { params: { memberId }, body: { role: 'admin' }, version: 99 }))
    expect(stale).toMatchObject({ slug: 'http/version-mismatch', details: { current: { role: 'member', version: 1 } } })
  })

  it('never takes the last owner', async () => {
    expect((await refusal(change(dana, 'Dana Reyes', { role: 'member' }))).slug).toBe('accounts/last-owner')
    expect((await refusal(dana.call('POST /workspace/leaving', { body: { leave: true } }))).slug).toBe('accounts/last-owner')
  })

  it('counts at once, and is audited and told', async () => {
    expect((await refusal(mo.call('GET /invitations'))).slug).toBe('http/not-allowed')
    await change(dana, 'A member', { role: 'admin' })
    expect((await mo.call('GET /invitations')).items.length).toBeGreaterThan(0)
    const { rows } = await asSuperuser(
      `select (select count(*)::int from outbox where type = 'member.role_changed') as told, (select count(*)::int from audit_entry where action = 'member.role_changed') as audited`,
    )
    expect(rows).toEqual([{ told: 1, audited: 1 }])
    await change(dana, 'A member', { role: 'member' })
  })

  it('gives auditors an end, and owners none [K9]', async () => {
    const audited = await change(dana, 'A member', { role: 'auditor' })
    expect(audited.expiresAt).toBe(clock().add({ hours: 720 }).toString())
    expect((await refusal(change(dana, 'A member', { role: 'owner', expiresAt: clock().add({ hours: 1 }).toString() }))).slug).toBe(
      'http/invalid-request',
    )
    expect((await change(dana, 'A member', { role: 'member', expiresAt: null })).expiresAt).toBeNull()
  })
})

describe('the last owner', () => {
  it('stays when two owners step down at the same moment', async () => {
    await change(dana, 'A manager', { role: 'owner' })
    const results = await Promise.allSettled([dana, mel].map((one) => test.as(one, (tx, by) => leaveWorkspace(tx, by))))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await asSuperuser(`select count(*)::int as n from member where role = 'owner' and removed_at is null`)
    expect(rows).toEqual([{ n: 1 }])
    const left = results[0]?.status === 'fulfilled' ? 'Dana Reyes' : 'A manager'
    await asSuperuser(
      `update member set removed_at = null, role = case name when 'Dana Reyes' then 'owner' else 'manager' end where name in ($1, 'A manager', 'Dana Reyes')`,
      [left],
    )
  })

  it('is kept by the database itself, whoever writes', async () => {
    const bypass = (statement: string) =>
      database.inWorkspace(workspaceId, (tx) => sql.raw(statement).execute(tx.db)).catch(violatedConstraint)
    expect(await bypass(`update member set role = 'member' where role = 'owner'`)).toBe('at_least_one_owner')
    expect(await bypass(`update member set removed_at = now() where role = 'owner'`)).toBe('at_least_one_owner')
    expect(await bypass('delete from invitation; delete from member')).toBe('at_least_one_owner')
    const empty = test.newWorkspaceId()
    const ownerless = await database
      .inWorkspace(empty, (tx) =>
        sql`with w as (insert into workspace (id, name, slug, zone, locale, currency, brand_colour, created_at, version)
          values (${empty}, 'x', 'ownerless', 'UTC', 'en', 'USD', '#000000', ${tx.now}, 1))
          insert into workspace_slug (workspace_id, id, slug, created_at) values (${empty}, ${tx.newId()}, 'ownerless', ${tx.now})`.execute(
          tx.db,
        ),
      )
      .catch(violatedConstraint)
    expect(['at_least_one_owner', 'workspace_slug_workspace_id_fkey']).toContain(ownerless)
  })
})

describe('removing a member', () => {
  it('ends her access at once and keeps her name on what she did', async () => {
    const { memberId } = await memberIdOf('A member')
    expect((await mo.call('GET /workspace')).name).toBe('Salon Nine')
    await dana.call('DELETE /members/{memberId}', { params: { memberId } })
    expect((await refusal(mo.call('GET /workspace'))).slug).toBe('http/not-allowed')
    expect((await mo.call('GET /me')).workspaces).toEqual([])
    expect((await refusal(dana.call('DELETE /members/{memberId}', { params: { memberId } }))).slug).toBe('http/not-found')
    expect((await asSuperuser('select name from member where id = $1', [memberId])).rows).toEqual([{ name: 'A member' }])
  })

  it('gives her old place back when she is invited again', async () => {
    const { link } = await dana.call('POST /invitations', { body: { role: 'read_only' } })
    const token = link.split('/').at(-1) ?? ''
    const me = await mo.call('POST /join/{token}/accept', { params: { token }, body: {} })
    expect(me.workspaces).toMatchObject([{ role: 'read_only', id: workspaceId }])
    expect((await refusal(dana.call('POST /join/{token}/accept', { params: { token }, body: {} }))).slug).toBe('accounts/link-invalid')
  })

  it('happens by itself when her access ends [K9]', async () => {
    await change(dana, 'A member', { role: 'auditor', expiresAt: clock().add({ hours: 1 }).toString() })
    clock.advance({ hours: 1 })
    expect((await refusal(mo.call('GET /workspace'))).slug).toBe('http/not-allowed')
    const tidy = test.room.jobs.find(({ name }) => name === 'accounts.tidy-workspace')
    const { enqueue } = await import('../../platform/jobs/index.ts')
    await database.inWorkspace(workspaceId, (tx) => enqueue(tx, tidy as never, {} as never))
    await test.background.settle()
    expect((await dana.call('GET /members')).items.map(({ name }) => name)).not.toContain('A member')
  })
})

it('shows members in pages', async () => {
  const first = await dana.call('GET /members', { query: { limit: 1 } })
  const second = await dana.call('GET /members', { query: { limit: 10, cursor: first.next ?? '' } })
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['Dana Reyes', 'A admin', 'A manager'])
  expect(second.next).toBeNull()
})

it('needs a signed-in member for what hands out access: an API key and an operator are refused', async () => {
  const key = { kind: 'api_key', workspaceId, keyId: 'x' as never, scopes: ['members.manage'], test: false } as const
  const wish = { memberId: 'x' as never, role: 'admin', version: 1 } as const
  await expect(database.inWorkspace(workspaceId, (tx) => changeMember(tx, key, wish))).rejects.toMatchObject({ type: 'http/not-allowed' })
  const operator = { kind: 'operator', workspaceId, grantId: 'x', access: 'change' } as const
  await expect(database.inWorkspace(workspaceId, (tx) => changeMember(tx, operator, wish))).rejects.toMatchObject({
    type: 'http/not-allowed',
  })
})
