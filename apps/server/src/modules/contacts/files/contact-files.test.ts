import type { ContactId, Principal, Role } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { openFiles } from '../../../platform/files/index.ts'
import { mediaSample } from '../../../platform/files/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { contactsRoom } from '../index.ts'
import { type TestWorkspace, testWorkspace, timelinePage } from '../testing.ts'

const test = await testDatabase()
const files = openFiles({ keys: test.keys, keyFolder: `${test.folder}/keys/files`, folder: `${test.folder}/files` })
let place: TestWorkspace
let ann: ContactId
let bo: ContactId
let who: Principal
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: contactsRoom.routes,
  authenticate: async () => ({ principal: who, byCookie: false }),
  trustedProxies: [],
  files,
})
beforeAll(async () => {
  place = await testWorkspace(test)
  ann = await place.newContact('ann@files.example', 'Ann Lee')
  bo = await place.newContact('bo@files.example', 'Bo Berg')
})

const knock = async (by: Role, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: Buffer, headers: Record<string, string> = {}) => {
  who = place.as[by]
  const {
    statusCode: status,
    headers: answered,
    rawPayload,
    body,
  } = await app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
  return { status, headers: answered, bytes: rawPayload, json: body.startsWith('{') ? JSON.parse(body) : undefined }
}
const upload = (by: Role, contactId: ContactId, bytes: Uint8Array, name: string) => {
  const head = `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/gif\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')])
  return knock(by, 'POST', `/contacts/${contactId}/files`, payload, { 'content-type': 'multipart/form-data; boundary=x' })
}
const kept = async () => (await test.asSuperuser('select count(*)::int as n from file')).rows[0]?.n

describe('a file for a card', () => {
  it('is refused where it is empty or too large, for whom one does not see, and by who only reads; nothing stays', async () => {
    expect((await upload('member', ann, new Uint8Array(), 'empty.pdf')).status).toBe(422)
    expect((await upload('member', ann, new Uint8Array(25_000_001), 'large.bin')).status).toBe(413)
    expect((await upload('representative', ann, mediaSample.pdf, 'a.pdf')).status).toBe(404)
    expect((await upload('read_only', ann, mediaSample.pdf, 'a.pdf')).status).toBe(403)
    expect(await kept()).toBe(0)
  })

  it('is named, told by its content, given back byte by byte to be saved, taken off the card and brought back; the timeline tells it', async () => {
    const added = await upload('member', ann, mediaSample.pdf, '../Plan neu.pdf')
    expect([added.status, added.json]).toMatchObject([
      201,
      {
        name: 'Plan neu.pdf',
        mediaType: 'application/pdf',
        size: mediaSample.pdf.length,
        addedByMemberId: place.as.member.memberId,
      },
    ])
    const at = `/contacts/${ann}/files/${added.json.id}`
    const saved = await knock('read_only', 'GET', `${at}/content`)
    expect(saved.bytes.equals(Buffer.from(mediaSample.pdf))).toBe(true)
    expect(saved.headers).toMatchObject({
      'content-disposition': expect.stringMatching(/^attachment; /),
      'content-security-policy': expect.stringMatching(/sandbox$/),
      'cache-control': 'private, no-store',
    })
    for (const [by, url] of [
      ['representative', `${at}/content`],
      ['owner', `/contacts/${bo}/files/${added.json.id}/content`],
    ] as const)
      expect((await knock(by, 'GET', url)).status).toBe(404)
    expect((await knock('billing', 'GET', `${at}/content`)).status).toBe(403)
    const names = async () => (await knock('owner', 'GET', `/contacts/${ann}/files`)).json.items.map(({ id }: { id: string }) => id)
    expect(await names()).toEqual([added.json.id])
    expect((await knock('owner', 'DELETE', at)).json.removedAt).not.toBeNull()
    expect([await names(), (await knock('owner', 'GET', `${at}/content`)).status]).toEqual([[], 404])
    await knock('owner', 'POST', `${at}/restore`)
    expect(await names()).toEqual([added.json.id])
    const { items } = await test.database.inWorkspace(place.workspaceId, (tx) =>
      timelinePage(tx, place.as.owner, { contactId: ann, limit: 9 }),
    )
    expect(items.map(({ kind }) => kind).slice(0, 3)).toEqual(['file.restored', 'file.removed', 'file.added'])
  })

  it('is about the person, and leaves the card when it is erased', async () => {
    const added = await upload('owner', bo, mediaSample.png, 'scan.png')
    const { rows } = await test.asSuperuser(
      'select f.id, s.contact_id from contact_file c join file f on f.id = c.file_id join file_subject s on s.file_id = f.id where c.id = $1',
      [added.json.id],
    )
    expect(rows).toEqual([{ id: expect.any(String), contact_id: bo }])
    await test.asSuperuser('delete from file where id = $1', [rows[0]?.id])
    expect((await knock('owner', 'GET', `/contacts/${bo}/files`)).json.items).toEqual([])
  })
})
