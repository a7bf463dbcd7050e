import { describe, expect, it } from 'vitest'
import { enqueue } from '../../platform/jobs/index.ts'
import { eraseWorkspaceSteps } from './erase-workspace.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'
import { workspaceBySlug, workspaceFacts } from './workspace-facts.ts'

const test = await testRoom('open')
const { clock, database, asSuperuser } = test
const dana = await test.ownerBrowser()
const ada = await test.join(dana, 'admin', 'ada@example.com')
const { workspaceId } = dana

const change = async (body: Record<string, unknown>) => {
  const { version } = await dana.call('GET /workspace')
  return dana.call('PATCH /workspace', { body, version })
}

describe('changing the workspace', () => {
  it('refuses an unknown zone, a colour that is none, an unknown field', async () => {
    for (const body of [
      { zone: 'Mars/Olympus' },
      { zone: '+02:00' },
      { brandColour: 'red' },
      { website: 'javascript:alert(1)' },
      { owner: 'me' },
    ]) {
      expect((await refusal(change(body))).slug).toBe('http/invalid-request')
    }
  })

  it('refuses the version that somebody else changed', async () => {
    await change({ phone: '+1 212 555 0123' })
    const stale = await refusal(dana.call('PATCH /workspace', { body: { name: 'Late' }, version: 1 }))
    expect(stale).toMatchObject({ slug: 'http/version-mismatch', details: { current: { phone: '+1 212 555 0123' } } })
    expect((await refusal(dana.call('PATCH /workspace', { body: { name: 'Late' } }))).slug).toBe('http/version-required')
  })

  it('keeps what is not named, and takes emoji and right-to-left names', async () => {
    const changed = await change({ name: 'صالون نور 💇‍♀️', address: '18 Wharf Street\nPortland', brandColour: '#aa3300', industry: 'Hair' })
    expect(changed).toMatchObject({
      name: 'صالون نور 💇‍♀️',
      address: '18 Wharf Street\nPortland',
      zone: 'America/New_York',
      phone: '+1 212 555 0123',
    })
    expect(await database.inWorkspace(workspaceId, workspaceFacts)).toMatchObject({
      address: '18 Wharf Street\nPortland',
      brandColour: '#aa3300',
      test: false,
    })
  })
})

describe('the public address', () => {
  it('is refused when reserved or somebody else’s, also one that somebody had before', async () => {
    expect((await refusal(change({ slug: 'api' }))).slug).toBe('accounts/slug-taken')
    await change({ slug: 'salon-noor' })
    await dana.call('POST /workspaces', { body: { name: 'Salon Noor', zone: 'UTC', locale: 'en', currency: 'USD' } })
    expect((await dana.call('GET /workspace')).slug).toBe('salon-noor-2')
    expect((await refusal(change({ slug: 'salon-noor' }))).slug).toBe('accounts/slug-taken')
    expect((await refusal(change({ slug: 'salon-nine' }))).slug).toBe('accounts/slug-taken')
    expect(await dana.call('GET /workspace/slugs/{slug}', { params: { slug: 'salon-nine' } })).toEqual({
      slug: 'salon-nine',
      available: false,
    })
    await dana.call('PUT /current-workspace', { body: { workspaceId } })
    expect(await dana.call('GET /workspace/slugs/{slug}', { params: { slug: 'salon-nine' } })).toEqual({
      slug: 'salon-nine',
      available: true,
    })
  })

  it('keeps leading to the workspace after it was changed, and can be taken back', async () => {
    expect(await workspaceBySlug(database, 'salon-nine')).toBe(workspaceId)
    expect(await workspaceBySlug(database, 'salon-noor')).toBe(workspaceId)
    expect(await workspaceBySlug(database, 'nobody')).toBeUndefined()
    const { workspaces } = await dana.call('GET /me')
    expect(workspaces.find(({ id }) => id === workspaceId)).toMatchObject({ slug: 'salon-noor', formerSlugs: ['salon-nine'] })
    expect((await change({ slug: 'salon-nine' })).slug).toBe('salon-nine')
  })

  it('goes to one of two who want it at once', async () => {
    const both = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        dana.call('POST /workspaces', { body: { name: 'Crowded', zone: 'UTC', locale: 'en', currency: 'USD' } }),
      ),
    )
    expect(both.every(({ status }) => status === 'fulfilled')).toBe(true)
    const { rows } = await asSuperuser(`select count(distinct slug)::int as n from workspace where name = 'Crowded'`)
    expect(rows).toEqual([{ n: 4 }])
    await dana.call('PUT /current-workspace', { body: { workspaceId } })
  })
})

describe('closing the workspace', () => {
  it('is for an owner who proved lately that it is her', async () => {
    expect((await refusal(ada.call('POST /workspace/closing'))).slug).toBe('http/not-allowed')
    clock.advance({ minutes: 11 })
    expect((await refusal(dana.call('POST /workspace/closing'))).slug).toBe('accounts/reauthentication-required')
  })

  it('leaves 30 days to reopen it', async () => {
    await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
    const closing = await dana.call('POST /workspace/closing')
    expect(closing.closesAt).toBe(clock().add({ hours: 720 }).toString())
    expect((await dana.call('POST /workspace/closing')).closesAt).toBe(closing.closesAt)
    expect((await dana.call('DELETE /workspace/closing')).closesAt).toBeNull()
    expect((await refusal(dana.call('DELETE /workspace/closing'))).slug).toBe('http/conflict')
  })

  it('deletes every row of it once they are over, and of no other', async () => {
    const steps: string[] = []
    eraseWorkspaceSteps.provide('test', { eraseWorkspace: async (id) => void steps.push(id) })
    await dana.call('POST /api-keys', { body: { name: 'Till', scopes: ['workspace.read'], test: true } })
    await dana.call('POST /workspace/closing')
    clock.advance({ hours: 13 * 24 })
    await dana.call('GET /me')
    clock.advance({ hours: 13 * 24 })
    await dana.call('GET /me')
    clock.advance({ hours: 4 * 24 })
    const tidy = test.room.jobs.find(({ name }) => name === 'accounts.tidy-workspace')
    expect((await refusal(dana.call('DELETE /workspace/closing'))).details.detail).toMatch(/is being deleted/)
    await database.inWorkspace(workspaceId, (tx) => enqueue(tx, tidy as never, {} as never))
    const settled = await test.background.settle()
    expect(settled).toMatchObject([{ outcome: 'done' }])
    expect(steps).toHaveLength(2)

    const { rows: tables } = await asSuperuser(`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relrowsecurity`)
    expect(tables.length).toBeGreaterThan(8)
    const left: string[] = []
    for (const { name } of tables) {
      const { rows } = await asSuperuser(`select count(*)::int as n from ${name} where workspace_id = any($1)`, [steps])
      if (rows[0].n > 0) left.push(name)
    }
    expect(left).toEqual([])
    expect((await asSuperuser('select count(*)::int as n from workspace')).rows).toEqual([{ n: 5 }])
    expect((await dana.call('GET /me')).workspaces.map(({ name }) => name)).not.toContain('Salon Nine')
  })
})
