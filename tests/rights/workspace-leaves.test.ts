import { createHash, randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AccountMail,
  deleteWorkspace,
  eraseWorkspaceSteps,
  handOutCertificates,
  type Leaving,
  openAuthDatabase,
  reapplyDeletions,
} from '../../apps/server/src/modules/accounts/index.ts'
import { sealWorkspace, verifyDeletions } from '../../apps/server/src/platform/audit/index.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'
import { auditFoldersIn } from '../../apps/server/src/rooms.ts'
import { formsIn } from './encodings.ts'
import { backedUp, type Haystack, storedFiles, tableFiles } from './haystacks.ts'
import { type Json, liveHere, type MarkedPerson, markedPerson, testHouse } from './scenario.ts'

const house = await testHouse()
const { test, around } = house
const place = await house.business()
const neighbour = await house.business()
const marked: MarkedPerson = await markedPerson(house, place, 'Zqleavingmark')
const other = await liveHere(house, neighbour, 'Zqstayingmark')
const auth = openAuthDatabase({ url: test.urls.auth, keys: test.keys, clock: test.clock, connections: 2 })
afterAll(() => auth.close())

const mails: AccountMail[] = []
const folders = auditFoldersIn(test.folder)
const leaving: Leaving = {
  auth,
  eraser: around.eraser,
  auditFolders: () => folders,
  vacuum: around.vacuum,
  linkBase: () => 'https://desk.example',
  mail: async (_tx, mail) => void mails.push(mail),
}

beforeAll(async () => {
  eraseWorkspaceSteps.provide('files', { eraseWorkspace: async (id) => void (await around.files.eraseWorkspace(id)) })
  eraseWorkspaceSteps.provide('tombstones', { eraseWorkspace: around.tombstones.forget })
  await test.asSuperuser(
    `insert into auth.user (id, name, email, email_normalized, locale, created_at, version) values ($1, 'Dana', 'dana@home.example', 'dana@home.example', 'fr', now(), 1)`,
    [place.as.owner.userId],
  )
})

/** The owner, who proved a moment ago that it is her. */
const present = (): Extract<Principal, { kind: 'member' }> => ({ ...place.as.owner, authenticatedAt: test.clock() })
const partsOf = async (exportId: string): Promise<ReadonlyMap<string, Buffer>> => {
  const files = new Map<string, Buffer>()
  const { json } = await house.call(present(), 'GET', '/workspace-exports')
  for (const { number } of json.items.find(({ id }: Json) => id === exportId).parts) {
    const link = await house.call(present(), 'POST', `/workspace-exports/${exportId}/parts/${number}/link`)
    const answer = await house.api.inject({ method: 'GET', url: link.json.path })
    expect(answer.headers['content-type']).toBe('application/zip')
    for (const [name, content] of readZip(answer.rawPayload, { bytes: 1e9, entries: 1e5 })) files.set(name, content())
  }
  return files
}
const everywhere = async (): Promise<readonly Haystack[]> => [
  ...(await backedUp(test)),
  ...(await tableFiles(test.asSuperuser)),
  ...(await storedFiles(around.files, house.filesFolder, place.workspaceId)),
  { place: 'log', content: Buffer.from(house.log.lines.join('\n')) },
]
const placesOf = (haystacks: readonly Haystack[], values: readonly string[]) =>
  haystacks.flatMap(({ place: where, content }) => formsIn(content, values).map((form) => `${where}: ${form}`))

const forUs = { purpose: 'own_records' }

describe('a workspace that leaves', () => {
  it('gives a copy to an owner who proved that it is her, and to nobody else', async () => {
    expect((await house.call(place.as.admin, 'POST', '/workspace-exports')).status).toBe(403)
    const stale = await house.call(place.as.owner, 'POST', '/workspace-exports', forUs)
    expect([stale.status, stale.json.type.split('/').slice(-2).join('/')]).toEqual([403, 'accounts/reauthentication-required'])
    const answer = await house.api.inject({ method: 'GET', url: '/workspace-exports/nothing' })
    expect(answer.statusCode).toBe(410)
  })

  it('takes all its data along, while it is being closed too [W8]', async () => {
    await test.asSuperuser(`update workspace set closes_at = $2 where id = $1`, [
      place.workspaceId,
      test.clock().add({ hours: 720 }).toString(),
    ])
    const asked = await house.call(present(), 'POST', '/workspace-exports', forUs)
    expect([asked.status, asked.json.state, asked.json.parts]).toEqual([202, 'waiting', []])
    expect((await house.call(present(), 'POST', '/workspace-exports', forUs)).json.id).toBe(asked.json.id)
    expect((await house.background.settle()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
    const { json } = await house.call(present(), 'GET', '/workspace-exports')
    expect(json.items).toMatchObject([
      { id: asked.json.id, state: 'ready', progress: 100, parts: [{ number: 1, gone: false, downloadedAt: null }] },
    ])

    const files = await partsOf(asked.json.id)
    const copied = Buffer.concat([...files.values()])
    const lost = marked.marked.filter(({ marker }) => !copied.includes(JSON.stringify(marker).slice(1, -1)))
    expect(lost).toEqual([])
    expect(copied.includes(`The file of ${marked.word}`)).toBe(true)
    expect(formsIn(copied, [other.word])).toEqual([])

    const data = JSON.parse(String(files.get('data.json')))
    expect([data.schema, data.version, data.workspaceId]).toEqual(['frontdesk-workspace-data', 1, place.workspaceId])
    expect(data.tables.api_key.leftOut).toEqual(['key_hash'])
    expect(data.tables.mail).toMatchObject({ mails: ['raw'], columns: { subject: { kind: 'personal', category: 'communication' } } })
    const { rows } = JSON.parse(String(files.get('contents.json')))
    for (const table of ['contact', 'booking', 'message', 'mail', 'consent', 'member']) {
      const there = await test.asSuperuser(`select count(*)::int as n from ${table} where workspace_id = $1`, [place.workspaceId])
      expect([table, rows[table] ?? 0]).toEqual([table, there.rows[0].n])
    }
    expect((await house.call(present(), 'GET', '/workspace-exports')).json.items[0].parts[0].downloadedAt).toBe(test.clock().toString())
  })

  it('says so when a part is gone, because somebody in it was erased', async () => {
    const { json } = await house.call(present(), 'GET', '/workspace-exports')
    const [{ id }] = json.items
    const { rows } = await test.asSuperuser('select file_id from workspace_export_part where export_id = $1', [id])
    await test.asSuperuser('delete from file where id = $1', [rows[0].file_id])
    const link = await house.call(present(), 'POST', `/workspace-exports/${id}/parts/1/link`)
    expect([link.status, link.json.detail]).toEqual([409, expect.stringContaining('somebody in it was erased since')])
    expect((await house.call(present(), 'GET', '/workspace-exports')).json.items[0].parts[0].gone).toBe(true)
  })

  it('is gone from every table, file, job and log line at the end, with a certificate whose hash is in the audit [W8]', async () => {
    await sealWorkspace(test.database, folders.heads, place.workspaceId)
    const values = [marked.word, marked.email, place.workspaceId]
    expect(placesOf(await backedUp(test), values).length).toBeGreaterThan(50) // the search finds what is there

    const due = test.clock().subtract({ hours: 1 })
    await test.asSuperuser(`update workspace set closes_at = $2 where id = $1`, [place.workspaceId, due.toString()])
    const before = await countsOf(place.workspaceId)
    const { tables } = await deleteWorkspace(around.eraser, place.workspaceId)
    const { job: jobs = 0, ...rows } = tables
    expect(rows).toEqual(before)
    expect(jobs).toBeGreaterThan(0)
    expect(await handOutCertificates(leaving)).toBe(1)
    expect(await handOutCertificates(leaving)).toBe(0)
    await around.vacuum(Object.keys(rows))

    expect(placesOf(await everywhere(), [marked.word, marked.email])).toEqual([])
    // Its id alone is left, in the entry that says that it was deleted.
    const named = (await backedUp(test)).filter(({ content }) => content.includes(place.workspaceId)).map(({ place: where }) => where)
    expect(named).toEqual(['platform.workspace_deletion'])
    expect(placesOf(await backedUp(test), [other.word]).length).toBeGreaterThan(5)

    const [mail] = mails
    const [attached] = mail?.attachments ?? []
    const sha256 = createHash('sha256')
      .update(attached?.bytes ?? '')
      .digest('hex')
    expect([mails.length, mail?.to.address, mail?.subject]).toEqual([1, 'dana@home.example', 'Votre espace de travail a été supprimé'])
    expect(mail?.text).toContain(sha256)
    const { rows: entries } = await test.asSuperuser('select sha256, tell, sequence from platform.workspace_deletion')
    expect(entries).toEqual([{ sha256, tell: [], sequence: expect.anything() }])
    const certificate = JSON.parse(String(attached?.bytes))
    expect([certificate.workspace, certificate.before, certificate.closedAt]).toEqual([
      place.workspaceId,
      null,
      due.subtract({ hours: 720 }).toString(),
    ])
    expect(certificate.audit.entries).toBeGreaterThan(5)

    const page = await house.api.inject({ method: 'GET', url: `/deletions/${sha256}` })
    expect([page.statusCode, page.body.includes(place.workspaceId), page.body.includes(sha256)]).toEqual([200, true, true])
    const forged = await house.api.inject({ method: 'GET', url: `/deletions/${'0'.repeat(64)}?lang=es` })
    expect([forged.statusCode, forged.body.includes('No existe ese certificado')]).toEqual([404, true])
    expect(await verifyDeletions(test.database.outside, folders.certificates, test.keys)).toEqual({ intact: true, certificates: 1 })
  })

  it('cannot have its certificate changed, or left out unseen', async () => {
    const touch = (change: string) =>
      test.asSuperuser(change).then(
        () => 'done',
        (error: Error) => error.message,
      )
    expect(await touch(`update platform.workspace_deletion set counts = '{}'`)).toContain('stay as they were written')
    expect(await touch('delete from platform.workspace_deletion')).toContain('stay as they were written')
    await test.asSuperuser('alter table platform.workspace_deletion disable trigger keep_certificate')
    const { rows } = await test.asSuperuser('select * from platform.workspace_deletion')
    await test.asSuperuser(`update platform.workspace_deletion set certificate = replace(certificate, '"contact": ', '"contact": 9')`)
    const verify = () => verifyDeletions(test.database.outside, folders.certificates, test.keys)
    expect(await verify()).toEqual({ intact: false, certificates: 0, firstBad: { sequence: 1, reason: 'changed' } })
    await test.asSuperuser('delete from platform.workspace_deletion')
    expect(await verify()).toEqual({ intact: false, certificates: 0, firstBad: { sequence: 1, reason: 'missing' } })
    await test.asSuperuser('alter table platform.workspace_deletion enable trigger keep_certificate')

    // An older backup brings the workspace back: it is deleted again before a role starts, and the certificate is as it was.
    await bringBack()
    expect(await reapplyDeletions(around.eraser, path.join(test.folder, 'keys', 'deletions'))).toBe(1)
    expect(await countsOf(place.workspaceId)).toEqual({})
    expect(await verify()).toEqual({ intact: true, certificates: 1 })
    expect((await test.asSuperuser('select certificate, sha256 from platform.workspace_deletion')).rows).toEqual([
      { certificate: rows[0].certificate, sha256: rows[0].sha256 },
    ])
    expect(await reapplyDeletions(around.eraser, path.join(test.folder, 'keys', 'deletions'))).toBe(0)
  })
})

async function bringBack(): Promise<void> {
  await place.inside(async (tx) => {
    await sql`insert into workspace (id, name, slug, zone, locale, currency, brand_colour, created_at, version)
      values (${tx.workspaceId}, 'Back again', 'back', 'UTC', 'en', 'USD', '#000000', ${tx.now}, 1)`.execute(tx.db)
    await sql`insert into workspace_slug (workspace_id, id, slug, created_at) values (${tx.workspaceId}, ${tx.newId()}, 'back', ${tx.now})`.execute(
      tx.db,
    )
    await sql`insert into member (workspace_id, id, user_id, name, email, role, joined_at, created_at, version)
      values (${tx.workspaceId}, ${tx.newId()}, ${randomUUID()}, 'Dana', 'dana@home.example', 'owner', ${tx.now}, ${tx.now}, 1)`.execute(
      tx.db,
    )
  })
}

/** Rows of a workspace by table. */
async function countsOf(workspaceId: string): Promise<Record<string, number>> {
  const { rows: tables } = await test.asSuperuser(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`)
  const counts: Record<string, number> = {}
  for (const { name } of [...tables, { name: 'workspace' }]) {
    const { rows } = await test.asSuperuser(
      `select count(*)::int as n from "${name}" where ${name === 'workspace' ? 'id' : 'workspace_id'} = $1`,
      [workspaceId],
    )
    if (rows[0].n > 0) counts[name] = rows[0].n
  }
  return counts
}
