import { catalogProblems } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { mediaSample } from '../../../platform/files/testing.ts'
import { answerRequest, resolveComplaint } from './answer-request.ts'
import { loadRequest } from './find-request.ts'
import { readRequestFile } from './read-request-file.ts'
import { requestWords } from './request.words.ts'
import { proofPath, statusPath } from './request-link.ts'
import { testOffice } from './testing.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open, portal } = office

const form = { kind: 'access', name: 'Ann Lee', email: 'ann@home.example', forWhom: 'self', region: 'europe', details: '', website: '' }
const count = async () => Number((await office.rowsOf('select count(*) as n from request'))[0]?.n)
/** Sends the form and gives back the page it leads to; the limit counts by the clock. */
async function send(fields: Partial<typeof form>) {
  test.clock.advance({ hours: 1 })
  const sent = await open(portal, { ...form, ...fields })
  expect(sent.status).toBe(303)
  const id = await office.newest()
  await office.opened(id)
  return { id, location: sent.location, page: await open(sent.location) }
}

describe('the portal refuses', () => {
  it('a form with faults, beside each of them, and keeps what was typed', async () => {
    const answer = await open(portal, { ...form, kind: 'everything', email: 'nobody', name: 'Zoë "Z" <i>' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="kind-fault"')
    expect(answer.text).toContain('id="email-fault"')
    expect(answer.text).toContain('Zoë &quot;Z&quot; &lt;i&gt;')
    expect(await count()).toBe(0)
  })

  it('a machine, which learns nothing', async () => {
    expect(await open(portal, { ...form, website: 'http://spam.example' })).toMatchObject({ status: 303, location: portal })
    expect(await count()).toBe(0)
  })

  it('a business that is not there, and links that are forged', async () => {
    expect((await open('/rights/no-such-business')).status).toBe(404)
    expect((await open('/rights/status/nonsense')).status).toBe(410)
    expect((await open('/rights/confirm/nonsense')).status).toBe(410)
  })

  it('the eleventh request of ten minutes', async () => {
    test.clock.advance({ hours: 1 })
    const statuses = []
    for (let n = 0; n < 11; n += 1) statuses.push((await open(portal, { ...form, kind: 'none' })).status)
    expect(statuses.at(-2)).toBe(422)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('the portal', () => {
  it('says the same in every language', () => {
    expect(catalogProblems(requestWords)).toEqual([])
  })

  it.each(['en-US', 'es-MX', 'fr-CA'])('stands in %s without script', async (language) => {
    const page = await open(portal, undefined, language)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<html lang="${language.slice(0, 2)}"`)
    expect(page.text).toContain('Salón &lt;Ana&gt;')
    expect(page.text).not.toContain('<script')
  })

  it('answers the same whether or not somebody is known, and mails nobody who is not [M16] [M19]', async () => {
    await place.newContact('known@home.example')
    const known = await send({ email: 'known@home.example' })
    const unknown = await send({ email: 'unknown@home.example' })
    const plain = (text: string) => text.replace(/\/rights\/status\/[\w.~-]+/g, '').replace(/\b[12]\b/g, '#')
    expect(plain(known.page.text)).toBe(plain(unknown.page.text))
    expect(known.page.text).toContain('role="status"')
    const mailed = await office.rowsOf("select to_address from mail where audience = 'contact'")
    expect(mailed).toEqual([{ to_address: 'known@home.example' }])
  })

  it('keeps no card or Social Security number that somebody typed, and tells the business that there was one [W1] [B1]', async () => {
    const { id } = await send({ email: 'card@home.example', details: 'Delete my card 4111-1111-1111-1111 and 219-45-6789' })
    expect((await office.rowsOf('select details from request where id = $1', [id]))[0]).toEqual({
      details: 'Delete my card ••••1111 and ••••6789',
    })
    const noted = await office.rowsOf("select kind, contact_id from masked_number where source = 'request' order by kind")
    expect(noted).toEqual([
      { kind: 'card', contact_id: null },
      { kind: 'ssn', contact_id: null },
    ])
  })

  it('proves who she is by the link to the address on file, which opening alone does not [M16]', async () => {
    const contactId = await place.newContact('proves@home.example')
    const { id } = await send({ email: 'Proves@Home.example' })
    const path = await inside(async (tx) => proofPath(tx, id))
    for (let n = 0; n < 2; n += 1) expect((await open(path)).text).toContain('<form method="post"')
    expect((await office.rowsOf('select state from request where id = $1', [id]))[0]).toEqual({ state: 'verifying' })
    expect((await open(path, {})).status).toBe(303)
    expect((await open(path, {})).status).toBe(303)
    expect((await office.rowsOf('select state, contact_id from request where id = $1', [id]))[0]).toEqual({
      state: 'in_progress',
      contact_id: contactId,
    })
  })

  it('shows the answer to whoever reads the address on file, and to nobody who only typed it', async () => {
    await place.newContact('victim@home.example')
    const { id, location } = await send({ email: 'victim@home.example' })
    await open(await inside(async (tx) => proofPath(tx, id)), {})
    await inside((tx) => answerRequest(tx, place.as.owner, { requestId: id, text: 'All her secrets' }))
    const typed = await open(location)
    expect(typed.text).not.toContain('All her secrets')
    expect(typed.text).not.toContain('/appeal')
    expect((await open(`${location.split('?')[0]}/appeal`, { reason: 'Mine' })).status).toBe(410)
    const whole = await inside(async (tx) => statusPath(tx, id, 'whole'))
    expect((await open(whole)).text).toContain('All her secrets')
    expect((await open(`${whole}/appeal`, { reason: ' ' })).location).toContain('fault=reason')
    expect((await open(`${whole}/appeal`, { reason: 'Not all of it' })).status).toBe(303)
    expect((await office.rowsOf('select state from request where id = $1', [id]))[0]).toEqual({ state: 'appealed' })
  })

  it('stops offers at once without any proof, for an address that nobody knows as well [M10] [M15]', async () => {
    const before = Number((await office.rowsOf('select count(*) as n from suppression'))[0]?.n)
    await send({ kind: 'opt_out', email: 'stranger@home.example' })
    const rows = await office.rowsOf('select scope, cause from suppression order by id')
    expect(rows.slice(before)).toEqual([{ scope: 'marketing', cause: 'page' }])
  })

  it('takes complaints, with the name of whoever looks after them [O1] [O4]', async () => {
    expect((await open(portal)).text).toContain('The owner')
    const { id } = await send({ kind: 'complaint', email: 'complains@home.example', details: 'You wrote to me at night' })
    expect((await office.rowsOf('select state, details from request where id = $1', [id]))[0]).toEqual({
      state: 'acknowledged',
      details: 'You wrote to me at night',
    })
  })

  it('says why it asks, and takes no agent without a name', async () => {
    const page = await open(portal)
    expect(page.text).toContain('to find your data and to answer you')
    const answer = await open(portal, { ...form, forWhom: 'agent' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="agentName-fault"')
  })

  it('leads whoever asks the platform to the business whose data it is, which then acknowledges [M17]', async () => {
    test.clock.advance({ hours: 1 })
    expect((await open('/rights')).status).toBe(200)
    expect((await open('/rights?business=nobody-at-all')).status).toBe(404)
    const slug = portal.replace('/rights/', '')
    for (const typed of [slug, `https://desk.example/b/${slug}/cut`, `/b/${slug}`])
      expect((await open(`/rights?business=${encodeURIComponent(typed)}`)).location).toBe(portal)
    const { id, page } = await send({ email: 'platform@home.example' })
    expect((await office.rowsOf('select workspace_id from request where id = $1', [id]))[0]?.workspace_id).toBe(place.workspaceId)
    expect(page.text).toContain('role="status"')
  })
})

describe('files that come with a complaint', () => {
  const owner = place.as.owner
  /** Sends the form as a browser does, with files. */
  async function sendWith(files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]) {
    test.clock.advance({ hours: 1 })
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...form, kind: 'complaint', email: 'files@home.example' })) body.set(name, value)
    for (const { name, type, bytes } of files) body.append('files', new File([new Uint8Array(bytes)], name, { type }))
    const request = new Request('https://desk.example', { method: 'POST', body })
    const answer = await office.app.inject({
      method: 'POST',
      url: portal,
      payload: Buffer.from(await request.arrayBuffer()),
      headers: { 'content-type': request.headers.get('content-type') ?? '', 'accept-language': 'en-US' },
    })
    return { status: answer.statusCode, text: answer.body }
  }

  it('are refused where they are not what they say, are too many or too large, and nothing is kept [O1]', async () => {
    const before = await count()
    const script = { name: 'photo.png', type: 'image/png', bytes: Buffer.from('<script>alert(1)</script>') }
    const refused = await sendWith([script])
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('id="files-fault"')
    const png = { name: 'a.png', type: 'image/png', bytes: mediaSample.png }
    expect((await sendWith([png, png, png, png])).status).toBe(422)
    expect((await sendWith([{ ...png, bytes: Buffer.alloc(10_000_001) }])).status).toBe(422)
    expect(await count()).toBe(before)
    expect(await office.rowsOf('select 1 from file')).toEqual([])
  })

  it('keep no card number where they are text, and tell the business that there was one [W1] [B1]', async () => {
    const text = { name: 'why.txt', type: 'text/plain', bytes: Buffer.from('You charged 4111 1111 1111 1111 twice.') }
    expect((await sendWith([text])).status).toBe(303)
    const id = await office.newest()
    const [file] = await office.rowsOf(
      'select file_id as id, size from request_file join file on file.id = file_id where request_id = $1',
      [id],
    )
    const where = { workspaceId: place.workspaceId, id: file?.id, size: file?.size }
    const kept = Buffer.concat(await Array.fromAsync(await office.files.get(where)))
    expect(kept.toString()).toBe('You charged ••••1111 twice.')
    const noted = await office.rowsOf("select kind from masked_number where source = 'request' order by id desc limit 1")
    expect(noted).toEqual([{ kind: 'card' }])
    await test.asSuperuser('delete from request_file where request_id = $1', [id])
    await test.asSuperuser('delete from file where id = $1', [file?.id])
  })

  it('are in the case, for those who look after it, and go thirty days after it was settled [O1]', async () => {
    const contactId = await place.newContact('files@home.example')
    expect((await sendWith([{ name: 'letter.pdf', type: 'application/pdf', bytes: mediaSample.pdf }])).status).toBe(303)
    const id = await office.newest()
    await office.opened(id)
    const found = await inside((tx) => loadRequest(tx, owner, id))
    expect(found.files).toMatchObject([{ name: 'letter.pdf', mediaType: 'application/pdf' }])
    expect(await office.rowsOf('select contact_id from file_subject')).toEqual([{ contact_id: contactId }])
    const fileId = found.files[0]?.id ?? ''
    expect(await inside((tx) => readRequestFile(tx, owner, { requestId: id, fileId }))).toMatchObject({ name: 'letter.pdf' })
    await expect(inside((tx) => readRequestFile(tx, place.as.admin, { requestId: id, fileId }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
    await inside((tx) => resolveComplaint(tx, owner, { requestId: id, outcome: 'Settled' }))
    const expires = async () => (await office.rowsOf('select expires_at from file where id = $1', [fileId]))[0]?.expires_at
    test.clock.advance({ hours: 24 * 29 })
    await office.watched(id)
    expect(await expires()).toBeNull()
    test.clock.advance({ hours: 24 })
    await office.watched(id)
    expect(await expires()).not.toBeNull()
  })
})
