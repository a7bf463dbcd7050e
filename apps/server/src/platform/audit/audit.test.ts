import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { MemberId, Principal, UserId, WorkspaceId } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openListener, openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { openLog } from '../log/index.ts'
import { canonicalJson } from './chain.ts'
import { type AuditEntry, audit, sealWorkspace, startSealer, verifyAudit } from './index.ts'

let test: TestDatabase
let heads: string
let workspaceId: WorkspaceId
let by: Principal
beforeAll(async () => {
  test = await testDatabase()
  heads = path.join(test.folder, 'heads')
})
beforeEach(() => {
  workspaceId = test.newWorkspaceId()
  by = {
    kind: 'member',
    workspaceId,
    memberId: test.newWorkspaceId() as unknown as MemberId,
    userId: test.newWorkspaceId() as unknown as UserId,
    role: 'owner',
  }
})

const invited: AuditEntry = { action: 'member.invited', object: { type: 'invitation', id: 'i-1' }, result: 'done' }
const act = (entry: AuditEntry = invited) => test.database.inWorkspace(workspaceId, (tx) => audit(tx, by, entry))
const actTimes = async (times: number) => {
  for (let time = 0; time < times; time++) await act()
  return sealWorkspace(test.database, heads, workspaceId)
}
const verdict = () => verifyAudit(test.database, heads, workspaceId)
const headFile = () => path.join(heads, `${workspaceId}.json`)

describe('an entry is refused', () => {
  it.each<[string, AuditEntry]>([
    ['with words in its action', { ...invited, action: 'member.invited because she asked' as 'member.invited' }],
    ['with an address as its object', { ...invited, object: { type: 'mail', id: 'ana@example.com' } }],
    ['with another result', { ...invited, result: 'maybe' as 'done' }],
  ])('%s', async (_what, entry) => {
    await expect(act(entry)).rejects.toMatchObject({ code: '23514' })
  })

  it.each([
    ['to change an entry', "update audit_entry set result = 'failed'"],
    ['to delete an entry', 'delete from audit_entry'],
    ['to change a seal', "update audit_seal set hash = ''"],
    ['to delete a seal', 'delete from audit_seal'],
  ])('the app role may not %s', async (_what, text) => {
    await expect(test.database.pool.query(text)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('verification finds', () => {
  beforeEach(() => actTimes(5))
  const change = (text: string) => test.asSuperuser(text.replaceAll('$ws', `'${workspaceId}'`))
  const idAt = (sequence: number) => `(select id from audit_seal where workspace_id = $ws and sequence = ${sequence})`

  it('a flipped result [L7]', async () => {
    await change(`update audit_entry set result = 'refused' where workspace_id = $ws and id = ${idAt(3)}`)
    expect(await verdict()).toMatchObject({ intact: false, sealed: 2, firstBad: { sequence: 3, reason: 'changed' } })
  })

  it('an actor who was exchanged', async () => {
    await change(`update audit_entry set actor_id = 'somebody-else' where workspace_id = $ws and id = ${idAt(1)}`)
    expect(await verdict()).toMatchObject({ intact: false, sealed: 0, firstBad: { sequence: 1, reason: 'changed' } })
  })

  it('a deleted entry [L7]', async () => {
    await change(`alter table audit_seal drop constraint audit_seal_workspace_id_id_fkey`)
    await change(`delete from audit_entry where workspace_id = $ws and id = ${idAt(4)}`)
    expect(await verdict()).toMatchObject({ intact: false, sealed: 3, firstBad: { sequence: 4, reason: 'missing' } })
  })

  it('a deleted entry whose seal went with it', async () => {
    await change(
      'create temp table gone as select id from audit_seal where workspace_id = $ws and sequence = 2; delete from audit_seal where id = (select id from gone)',
    )
    expect(await verdict()).toMatchObject({ intact: false, sealed: 1, firstBad: { sequence: 2, reason: 'missing' } })
    expect((await verdict()).unsealed).toBe(1)
  })

  it('two entries in another order [L7]', async () => {
    await change('update audit_seal set sequence = -1 where workspace_id = $ws and sequence = 2')
    await change('update audit_seal set sequence = 2 where workspace_id = $ws and sequence = 3')
    await change('update audit_seal set sequence = 3 where workspace_id = $ws and sequence = -1')
    expect(await verdict()).toMatchObject({ intact: false, sealed: 1, firstBad: { sequence: 2, reason: 'changed' } })
  })

  it('an end that was cut off [L7]', async () => {
    await change('delete from audit_seal where workspace_id = $ws and sequence > 3')
    expect(await verdict()).toMatchObject({ intact: false, sealed: 3, firstBad: { sequence: 4, reason: 'missing' } })
  })

  it('an entry that was slipped in between two others [L7]', async () => {
    await change(
      `insert into audit_entry select workspace_id, gen_random_uuid(), at, actor_type, actor_id, 'member.forged', object_type, object_id, result from audit_entry where workspace_id = $ws and id = ${idAt(3)}`,
    )
    await change('delete from audit_pending where workspace_id = $ws')
    // Everything behind moves by one, and the forged entry takes the free number with the hash of the one it stands before.
    await change('update audit_seal set sequence = sequence + 1000 where workspace_id = $ws and sequence >= 3')
    await change(
      "insert into audit_seal select workspace_id, id, 3, (select hash from audit_seal where workspace_id = $ws and sequence = 1003), at from audit_entry where workspace_id = $ws and action = 'member.forged'",
    )
    await change('update audit_seal set sequence = sequence - 999 where workspace_id = $ws and sequence > 1000')
    expect(await verdict()).toMatchObject({ intact: false, sealed: 2, firstBad: { sequence: 3, reason: 'changed' } })
  })

  it('an entry that was added behind the signed head with a hash of its own', async () => {
    await change(
      `insert into audit_entry select workspace_id, gen_random_uuid(), at, actor_type, actor_id, 'member.forged', object_type, object_id, result from audit_entry where workspace_id = $ws and id = ${idAt(5)}`,
    )
    await change('delete from audit_pending where workspace_id = $ws')
    await change(
      "insert into audit_seal select workspace_id, id, 6, 'made up', at from audit_entry where workspace_id = $ws and action = 'member.forged'",
    )
    expect(await verdict()).toMatchObject({ intact: false, sealed: 5, firstBad: { sequence: 6, reason: 'changed' } })
  })

  it('a whole chain that was written anew', async () => {
    await change("update audit_entry set result = 'refused' where workspace_id = $ws")
    await change(
      'delete from audit_seal where workspace_id = $ws; insert into audit_pending select workspace_id, id from audit_entry where workspace_id = $ws',
    )
    await sealWorkspace(test.database, path.join(test.folder, 'elsewhere'), workspaceId)
    expect(await verdict()).toMatchObject({ intact: false, firstBad: { sequence: 5, reason: 'changed' } })
  })

  it('a head that was removed', async () => {
    rmSync(headFile())
    expect(await verdict()).toMatchObject({ intact: false, sealed: 5, head: 'missing' })
  })

  it('a head that was forged', async () => {
    writeFileSync(headFile(), readFileSync(headFile(), 'utf8').replace('"sequence": 5', '"sequence": 3'))
    expect(await verdict()).toMatchObject({ intact: false, head: 'forged' })
    writeFileSync(headFile(), 'not JSON')
    expect(await verdict()).toMatchObject({ intact: false, head: 'forged' })
  })
})

describe('a chain', () => {
  it('says what is not sealed yet', async () => {
    await actTimes(2)
    await act()
    expect(await verdict()).toEqual({ intact: true, sealed: 2, head: 'matches', unsealed: 1 })
  })

  it('of a workspace that never did anything is intact', async () => {
    expect(await verdict()).toEqual({ intact: true, sealed: 0, head: 'matches', unsealed: 0 })
  })

  it('grows by one link an entry, however many sealers and writers there are', async () => {
    await Promise.all([
      ...Array.from({ length: 30 }, () => act()),
      ...Array.from({ length: 5 }, () => sealWorkspace(test.database, heads, workspaceId)),
    ])
    await Promise.all(Array.from({ length: 3 }, () => sealWorkspace(test.database, heads, workspaceId)))
    expect(await verdict()).toEqual({ intact: true, sealed: 30, head: 'matches', unsealed: 0 })
  })

  it('has no gap and loses no entry with 50 concurrent writers, while sealers work [L7]', async () => {
    const sealing = { done: false }
    const sealers = Array.from({ length: 3 }, async () => {
      while (!sealing.done) await sealWorkspace(test.database, heads, workspaceId)
    })
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      for (let turn = 0; turn < 8; turn++) await act({ ...invited, object: { type: 'invitation', id: `${writer}-${turn}` } })
    })
    await Promise.all(writers)
    sealing.done = true
    await Promise.all(sealers)
    await sealWorkspace(test.database, heads, workspaceId)
    expect(await verdict()).toEqual({ intact: true, sealed: 400, head: 'matches', unsealed: 0 })
    const { rows } = await test.asSuperuser(
      'select count(*)::int as entries, count(distinct object_id)::int as acts, min(sequence)::int as first, max(sequence)::int as last from audit_seal join audit_entry using (workspace_id, id) where workspace_id = $1',
      [workspaceId],
    )
    expect(rows).toEqual([{ entries: 400, acts: 400, first: 1, last: 400 }])
  })

  it('seals an entry that committed late after those that came earlier', async () => {
    await test.database.inWorkspace(workspaceId, async (tx) => {
      await audit(tx, by, invited)
      await actTimes(1)
    })
    await sealWorkspace(test.database, heads, workspaceId)
    expect(await verdict()).toEqual({ intact: true, sealed: 2, head: 'matches', unsealed: 0 })
  })

  it('longer than one batch is sealed and read whole', async () => {
    await test.asSuperuser(
      "insert into audit_entry select $1, gen_random_uuid(), now(), 'system', 'job', 'test.done', 'thing', n::text, 'done' from generate_series(1, 2100) as n",
      [workspaceId],
    )
    expect(await sealWorkspace(test.database, heads, workspaceId)).toBe(2100)
    expect(await verdict()).toEqual({ intact: true, sealed: 2100, head: 'matches', unsealed: 0 })
  })

  it('stays intact when the key is rotated', async () => {
    await actTimes(1)
    test.keys.rotate('audit', test.clock())
    expect(await verdict()).toMatchObject({ intact: true })
    await actTimes(1)
    expect(await verdict()).toMatchObject({ intact: true, sealed: 2 })
  })
})

it('the sealer is told of a commit and seals it by itself', async () => {
  const relay = openPool(test.urls.relay, 2)
  const listener = openListener({ url: test.urls.relay })
  const sealer = startSealer({
    database: test.database,
    relay,
    listener,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    headsFolder: heads,
  })
  await act()
  await expect.poll(async () => (await verdict()).sealed, { timeout: 4000 }).toBe(1)
  await sealer.stop()
  await listener.close()
  await relay.end()
})

it('canonical JSON is that of RFC 8785', () => {
  expect(
    canonicalJson({
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\u0080': 'Control',
      '1': 'One',
      '😀': 'Emoji',
      ö: 'umlaut',
      \ufb33: 'Hebrew',
    }),
  ).toBe('{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"umlaut","€":"Euro Sign","😀":"Emoji","\ufb33":"Hebrew"}')
  expect(canonicalJson({ string: '€$\u000f\nA\'B"\\\\"/', number: 333333333 })).toBe(
    '{"number":333333333,"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})
