import type { Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { expireFile, tidyFiles } from '../../platform/files/index.ts'
import { mediaSample } from '../../platform/files/testing.ts'
import { createHttpServer } from '../../platform/http/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { testWorkspace } from '../contacts/testing.ts'
import { conversationsRoom } from './index.ts'
import { testDesk } from './testing.ts'

const { test, place, files, inside, someone, confirmed, answer, messages } = await testDesk()
let who: Principal | undefined
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: conversationsRoom.routes,
  authenticate: async () => ({ byCookie: true, ...(who ? { principal: who } : {}) }),
  trustedProxies: [],
  files,
})

type Part = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }
const mailWith = (parts: readonly Part[]): string =>
  [
    'From: a@b.example',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'See the files',
    ...parts.flatMap(({ name, type, bytes }) => [
      '--b',
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(bytes).toString('base64'),
    ]),
    '--b--',
    '',
  ].join('\r\n')

const page = new TextEncoder().encode('<!doctype html><script>fetch("/api/v1/me")</script>')
const sentFiles: readonly Part[] = [
  { name: 'Überweisung "neu" 日本.pdf', type: 'application/pdf', bytes: mediaSample.pdf },
  { name: 'photo.png', type: 'image/png', bytes: mediaSample.png },
  { name: 'harmless.txt', type: 'text/plain', bytes: page },
  { name: '../../evil\u202Efdp.exe', type: 'application/x-msdownload', bytes: new Uint8Array([0x4d, 0x5a, 0, 1]) },
]

/** A conversation in which she sent these files. */
async function conversationWith(parts: readonly Part[]) {
  const contact = await someone()
  const { mailId, conversationId } = await confirmed(contact)
  await answer(contact, mailId, { raw: mailWith(parts) })
  const attachments = (await messages(conversationId)).find(({ direction }) => direction === 'in')?.attachments ?? []
  return {
    conversationId,
    attachments,
    at: (fileId: string | null | undefined) => `/api/v1/conversations/${conversationId}/attachments/${fileId}`,
  }
}
let talk: Awaited<ReturnType<typeof conversationWith>>
beforeAll(async () => {
  talk = await conversationWith(sentFiles)
})

const get = async (by: Principal | undefined, url: string) => {
  who = by
  const { statusCode: status, headers, rawPayload } = await app.inject({ url })
  return { status, headers, bytes: rawPayload, text: rawPayload.toString() }
}

describe('a file that a customer sent is kept from', () => {
  it('nobody, and a person who works elsewhere', async () => {
    const url = talk.at(talk.attachments[0]?.fileId)
    expect((await get(undefined, url)).status).toBe(401)
    const elsewhere = await testWorkspace(test, 'Elsewhere')
    const refused = await get(elsewhere.as.owner, url)
    expect([refused.status, refused.text]).toEqual([404, expect.not.stringContaining('PDF')])
  })

  it('the role that reads no messages, and a key without the scope', async () => {
    const url = talk.at(talk.attachments[0]?.fileId)
    const { owner } = place.as
    expect(await get({ ...owner, role: 'billing' } as Principal, url)).toMatchObject({
      status: 403,
      text: expect.not.stringContaining('%PDF'),
    })
    const key = {
      kind: 'api_key',
      workspaceId: place.workspaceId,
      keyId: owner.workspaceId,
      scopes: ['contacts.read'],
    } as unknown as Principal
    expect((await get(key, url)).status).toBe(403)
  })

  it('a representative whose contact it is not', async () => {
    const { owner } = place.as
    expect((await get({ ...owner, role: 'representative' } as Principal, talk.at(talk.attachments[0]?.fileId))).status).toBe(404)
  })

  it('whoever names it in another conversation, and there are no other files behind this door', async () => {
    const other = await conversationWith([])
    expect((await get(place.as.owner, other.at(talk.attachments[0]?.fileId))).status).toBe(404)
    const { rows } = await test.asSuperuser(`select id from file where purpose <> 'attachment'`)
    for (const { id } of [...rows, { id: '01890a5d-ac96-774b-bcce-b302099a8057' }])
      expect((await get(place.as.owner, talk.at(id))).status).toBe(404)
  })
})

describe('a file that a customer sent', () => {
  it('is named, typed by its content and measured', () => {
    expect(talk.attachments.map(({ name, type, size }) => [name, type, size])).toEqual([
      ['Überweisung "neu" 日本.pdf', 'application/pdf', mediaSample.pdf.length],
      ['photo.png', 'image/png', mediaSample.png.length],
      ['harmless.txt', 'text/html', page.length],
      ['evilfdp.exe', 'application/x-msdownload', 4],
    ])
  })

  it.each([0, 1, 2, 3])('is given byte by byte, to be saved and never to be shown (%i) [F4]', async (index) => {
    const [file, sent] = [talk.attachments[index], sentFiles[index]]
    const { status, headers, bytes } = await get(place.as.member, talk.at(file?.fileId))
    expect([status, bytes.equals(Buffer.from(sent?.bytes ?? []))]).toEqual([200, true])
    expect(headers).toMatchObject({
      'content-type': file?.type,
      'content-length': String(file?.size),
      'content-disposition': expect.stringMatching(/^attachment; /),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*; sandbox$/),
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
  })

  it('keeps its name, in both of the forms that a name is sent in', async () => {
    const { headers } = await get(place.as.member, talk.at(talk.attachments[0]?.fileId))
    expect(headers['content-disposition']).toBe(
      `attachment; filename="_berweisung _neu_ __.pdf"; filename*=UTF-8''%C3%9Cberweisung%20%22neu%22%20%E6%97%A5%E6%9C%AC.pdf`,
    )
  })

  it('is named but not kept once there are more than twenty', async () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ name: `${index}.pdf`, type: 'application/pdf', bytes: mediaSample.pdf }))
    const { attachments } = await conversationWith(many)
    expect(attachments.map(({ name, fileId }) => [name, fileId !== null])).toEqual(many.map(({ name }, index) => [name, index < 20]))
  })

  it('says that it was erased', async () => {
    const { attachments, at } = await conversationWith(sentFiles.slice(0, 1))
    const id = attachments[0]?.fileId
    if (!id) throw new Error('The file was not kept.')
    await files.erase({ workspaceId: place.workspaceId, id })
    expect(await get(place.as.owner, at(id))).toMatchObject({ status: 404, text: expect.stringContaining('was erased') })
    await inside((tx) => expireFile(tx, id, test.clock()))
    await tidyFiles(files, place.workspaceId, test.clock(), inside)
    expect((await get(place.as.owner, at(id))).status).toBe(404)
  })
})
