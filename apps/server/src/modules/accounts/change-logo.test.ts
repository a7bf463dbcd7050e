import type { FileId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { recordFile, tidyFiles } from '../../platform/files/index.ts'
import { mediaSample } from '../../platform/files/testing.ts'
import { refusal, testRoom } from './testing.ts'

const test = await testRoom('open')
const { clock, database, files } = test
const dana = await test.ownerBrowser()
const { workspaceId } = dana
const member = await test.join(dana, 'member', 'max@example.com')

const upload = (bytes: Uint8Array<ArrayBuffer>, name = 'logo.png', who: Pick<typeof dana, 'call'> = dana) =>
  who.call('PUT /workspace/logo', { file: new File([bytes], name, { type: 'image/png' }) })
const logoOf = async () => (await dana.call('GET /workspace')).logoFileId
const isKept = (id: string | null) =>
  files.get({ workspaceId, id: id as FileId, size: mediaSample.png.length }).then(
    async (stream) => (await stream.toArray()).length > 0,
    () => false,
  )
const tidy = () => tidyFiles(files, workspaceId, clock(), (work) => database.inWorkspace(workspaceId, work))
const bringBack = async (logoFileId: string | null) => {
  const { version } = await dana.call('GET /workspace')
  return dana.call('PATCH /workspace', { body: { logoFileId: logoFileId as FileId }, version })
}

describe('a logo is refused', () => {
  it('from a member who may not change the workspace', async () => {
    expect((await refusal(upload(mediaSample.png, 'logo.png', member))).slug).toBe('http/not-allowed')
    expect((await refusal(member.call('DELETE /workspace/logo'))).slug).toBe('http/not-allowed')
  })

  it.each([
    [
      'an SVG that calls itself a PNG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'files/refused',
      /image\/svg\+xml/,
    ],
    ['a page that calls itself a PNG', Buffer.from('<!doctype html><script>alert(1)</script>'), 'files/refused', /text\/html/],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'files/refused', /image\/gif/],
    ['an empty file', Buffer.alloc(0), 'files/refused', /empty/],
    ['more than 2 MB', Buffer.concat([mediaSample.png, Buffer.alloc(2_000_000)]), 'http/too-large', /up to 2 MB/],
  ])('that is %s', async (_what, bytes, slug, says) => {
    const refused = await refusal(upload(new Uint8Array(bytes)))
    expect([refused.slug, refused.details.detail]).toEqual([slug, expect.stringMatching(says)])
    expect(await logoOf()).toBeNull()
  })

  it('that is JSON, and that is no file at all', async () => {
    const send = (init: RequestInit) => dana.fetch('http://localhost/api/v1/workspace/logo', { method: 'PUT', ...init })
    expect((await send({ body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(415)
    const form = new FormData()
    form.set('file', 'only words')
    expect((await send({ body: form })).status).toBe(400)
  })

  it('that is another file of the workspace: what a customer sent must not be shown to the world', async () => {
    const put = { workspaceId, subjects: [], purpose: 'attachment', name: 'x-ray.png', maxBytes: 1000, now: clock() } as const
    const sent = await files.put(mediaSample.png, put)
    await database.inWorkspace(workspaceId, (tx) => recordFile(tx, sent))
    expect((await refusal(bringBack(sent.id))).slug).toBe('http/not-found')
    expect((await refusal(bringBack('01890a5d-ac96-774b-bcce-b302099a8057'))).slug).toBe('http/not-found')
    expect(await logoOf()).toBeNull()
  })
})

describe('a logo', () => {
  it.each([
    ['image/png', mediaSample.png],
    ['image/jpeg', mediaSample.jpeg],
    ['image/webp', mediaSample.webp],
  ])('may be %s, whatever its name says', async (type, bytes) => {
    const { logoFileId } = await upload(bytes, 'logo.exe')
    const { rows } = await test.asSuperuser('select media_type, purpose, expires_at from file where id = $1', [logoFileId])
    expect(rows).toEqual([{ media_type: type, purpose: 'picture', expires_at: null }])
    expect((await dana.call('GET /me')).workspaces[0]?.logoFileId).toBe(logoFileId)
  })

  it('is replaced and brought back within a day, and the other one goes after it', async () => {
    const first = await upload(mediaSample.png)
    const second = await upload(mediaSample.png)
    expect(second).toMatchObject({ version: first.version + 1, logoFileId: expect.not.stringMatching(first.logoFileId ?? '') })
    clock.advance({ hours: 23 })
    await tidy()
    expect((await bringBack(first.logoFileId)).logoFileId).toBe(first.logoFileId)
    clock.advance({ hours: 25 })
    await tidy()
    expect([await isKept(first.logoFileId), await isKept(second.logoFileId)]).toEqual([true, false])
    expect((await refusal(bringBack(second.logoFileId))).slug).toBe('http/not-found')
  })

  it('is taken away once, brought back, and erased a day after it was taken away for good', async () => {
    const { logoFileId, version } = await upload(mediaSample.png)
    const removed = await dana.call('DELETE /workspace/logo')
    expect(removed).toMatchObject({ logoFileId: null, version: version + 1 })
    expect((await dana.call('DELETE /workspace/logo')).version).toBe(removed.version)
    expect((await bringBack(logoFileId)).logoFileId).toBe(logoFileId)
    await dana.call('DELETE /workspace/logo')
    clock.advance({ hours: 25 })
    await tidy()
    expect(await isKept(logoFileId)).toBe(false)
  })

  it('leaves nothing in the store when its transaction fails', async () => {
    const before = await Array.fromAsync(files.fileKeys.ids(workspaceId))
    await test.asSuperuser('alter table file add constraint no_more check (false) not valid')
    expect((await refusal(upload(mediaSample.png))).slug).toBe('http/unexpected')
    await test.asSuperuser('alter table file drop constraint no_more')
    expect(await Array.fromAsync(files.fileKeys.ids(workspaceId))).toEqual(before)
  })
})
