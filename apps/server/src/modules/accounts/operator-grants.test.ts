import { describe, expect, it } from 'vitest'
import { refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { browser, clock, asSuperuser } = test
const dana = await test.ownerBrowser()
const ada = await test.join(dana, 'admin', 'ada@example.com')

const operator = (code: string) => browser({ headers: { authorization: `Bearer ${code}` } })
const grant = (access: 'read' | 'change' = 'read', hours = 4) =>
  dana.call('POST /operator-grants', { body: { reason: 'The calendar looks empty', access, hours } })

describe('the operator of the server', () => {
  it('has no way in without a grant that an owner gives [W3]', async () => {
    expect((await refusal(operator(`fdo_${'x'.repeat(43)}`).call('GET /workspace'))).slug).toBe('http/not-signed-in')
    expect((await refusal(ada.call('POST /operator-grants', { body: { reason: 'x' } }))).slug).toBe('http/not-allowed')
  })

  it('may look and not change, as long as the grant says no more', async () => {
    const { code } = await grant()
    expect((await operator(code).call('GET /members')).items).toHaveLength(2)
    const { version } = await operator(code).call('GET /workspace')
    expect((await refusal(operator(code).call('PATCH /workspace', { body: { name: 'Hacked' }, version }))).slug).toBe('http/not-allowed')
    expect((await refusal(operator(code).call('GET /api-keys'))).slug).toBe('http/not-allowed')
  })

  it('may change with a grant that says so, but hand out no access', async () => {
    const { code } = await grant('change')
    const { version } = await operator(code).call('GET /workspace')
    expect((await operator(code).call('PATCH /workspace', { body: { name: 'Salon Nine!' }, version })).name).toBe('Salon Nine!')
    expect((await refusal(operator(code).call('POST /invitations', { body: { role: 'member' } }))).slug).toBe('http/not-allowed')
    expect((await refusal(operator(code).call('POST /api-keys', { body: { name: 'x', scopes: ['workspace.read'] } }))).slug).toBe(
      'http/not-allowed',
    )
    expect((await refusal(operator(code).call('POST /operator-grants', { body: { reason: 'more' } }))).slug).toBe('http/not-allowed')
  })

  it('is shut out when the time is over or the grant is revoked', async () => {
    const short = await grant('read', 1)
    const other = await grant('read', 4)
    clock.advance({ hours: 1 })
    expect((await refusal(operator(short.code).call('GET /workspace'))).slug).toBe('http/not-signed-in')
    expect((await operator(other.code).call('GET /workspace')).id).toBe(dana.workspaceId)
    await dana.call('DELETE /operator-grants/{grantId}', { params: { grantId: other.grant.id } })
    expect((await refusal(operator(other.code).call('GET /workspace'))).slug).toBe('http/not-signed-in')
  })

  it('leaves a trace that the workspace sees [A11] [W3]', async () => {
    const { items } = await ada.call('GET /operator-grants')
    expect(items[0]).toMatchObject({
      reason: 'The calendar looks empty',
      createdBy: 'Dana Reyes',
      lastUsedAt: expect.any(String),
      revokedAt: clock().toString(),
    })
    const { rows } = await asSuperuser(
      `select action, count(*)::int as n from audit_entry where object_type = 'operator_grant' group by 1 order by 1`,
    )
    expect(rows).toEqual([
      { action: 'operator_grant.created', n: 4 },
      { action: 'operator_grant.revoked', n: 1 },
      { action: 'operator_grant.used', n: 3 },
    ])
  })
})
