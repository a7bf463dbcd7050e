import type { ContactId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { eraseContact } from '../../apps/server/src/modules/privacy/index.ts'
import { listNotices, settleNotice } from '../../apps/server/src/modules/privacy/registers/disclosures/recipient-notices.ts'
import { recordDisclosure } from '../../apps/server/src/modules/privacy/registers/disclosures/record-disclosure.ts'
import { tidyRegistersJob } from '../../apps/server/src/modules/privacy/registers/tidy-registers.ts'
import { answerRequest, closeRequest } from '../../apps/server/src/modules/privacy/requests/answer-request.ts'
import { testOffice } from '../../apps/server/src/modules/privacy/requests/testing.ts'
import { restrictForRequest } from '../../apps/server/src/modules/privacy/requests/work-on-request.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { enqueue } from '../../apps/server/src/platform/jobs/index.ts'
import { testErasure } from './desk.ts'

const test = await testDatabase()
testErasure(test)
const office = await testOffice(test)
const tidying = await backgroundOf(test, { jobs: [tidyRegistersJob] })
const { place, inside, cases } = office
const { owner, privacy_officer: officer } = place.as

let counter = 0
async function someone() {
  counter += 1
  const email = `erased${counter}@home.example`
  const name = `Gerda Gone${counter}`
  return { contactId: await place.newContact(email, name), email, name }
}
const gave = (contactId: ContactId, recipient: string) =>
  inside((tx) =>
    recordDisclosure(tx, owner, { recipientKind: 'adviser', recipient, purpose: 'advice', contactId, people: 1, categories: ['name'] }),
  )
const erase = async (contactId: ContactId, ground: 'person_asked' | 'retention' = 'person_asked') => {
  await inside((tx) => eraseContact(tx, officer, { contactId, mode: 'erase', ground, bookingsAhead: 'cancel', neverContactAgain: false }))
  await office.settle()
  expect(await office.rowsOf('select from contact where id = $1', [contactId])).toEqual([])
}
const open = async () => (await inside((tx) => listNotices(tx, owner, { state: 'open', limit: 50 }))).items
const settle = (noticeId: string) =>
  inside((tx) => settleNotice(tx, officer, { noticeId, how: 'mail', proof: 'Answer of 7 January, ref 12' }))
/** Every text of every table that a search of a stolen database would read. */
const readable = async (text: string) => {
  const { rows: tables } = await test.asSuperuser(
    "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await test.asSuperuser(`select count(*)::int as n from ${name} t where strpos(t::text, $1) > 0`, [text])
    if (rows[0].n > 0) found.push(name)
  }
  return found
}

describe('whoever received data of somebody who was erased', () => {
  it('is told, with what it finds her by kept encrypted until then and gone afterwards; who was told stays provable [M5]', async () => {
    const { contactId, email, name } = await someone()
    await gave(contactId, 'Books Co')
    expect(await readable(email)).not.toEqual([])
    await erase(contactId)
    const [notice] = await open()
    expect(notice).toMatchObject({ news: 'erased', recipient: 'Books Co', contactId: null, state: 'open' })
    for (const words of ['To Books Co', `– ${name}`, `– ${email}`, 'GDPR Art. 17 and 19', 'erase them as well'])
      expect(notice?.draft).toContain(words)
    for (const hers of [email, name]) expect(await readable(hers)).toEqual([])
    const told = await settle(notice?.id ?? '')
    expect(told).toMatchObject({ state: 'told', recipient: 'Books Co', draft: null })
    const [row] = await office.rowsOf('select sealed from recipient_notice where id = $1', [told.id])
    const where = { workspaceId: place.workspaceId, table: 'recipient_notice', column: 'sealed', rowId: told.id }
    expect(await inside(async (tx) => JSON.parse(tx.keys.decrypt(row?.sealed, where)))).toEqual({ recipient: 'Books Co', named: [] })
    const settled = await inside((tx) => listNotices(tx, owner, { state: 'settled', limit: 50 }))
    expect(settled.items).toMatchObject([
      { recipient: 'Books Co', news: 'erased', proof: 'Answer of 7 January, ref 12', by: 'The privacy_officer' },
    ])
  })

  it('waits thirty days at most with what names her; then it is only written down what became of it', async () => {
    const { contactId } = await someone()
    await gave(contactId, 'Slow Ltd')
    await erase(contactId)
    const tidy = async () => {
      await inside((tx) => enqueue(tx, tidyRegistersJob, {}))
      await tidying.settle()
    }
    test.clock.advance({ hours: 24 * 29 })
    await tidy()
    expect((await open())[0]?.draft).toContain('Slow Ltd')
    test.clock.advance({ hours: 24 * 2 })
    await tidy()
    const [late] = await open()
    expect(late).toMatchObject({ recipient: 'Slow Ltd', state: 'open', draft: null })
    expect(await settle(late?.id ?? '')).toMatchObject({ state: 'told' })
  })

  it('holds the case open until it was told, and she reads on its page who was and when [M5] [M7]', async () => {
    const { contactId, email } = await someone()
    await gave(contactId, 'Books Co')
    const id = await cases.proven({ kind: 'erasure', contactId, email })
    const whole = await cases.pageOf(id, 'whole')
    await cases.erase(id, 'Your data is deleted')
    await office.lettersLeave(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    const close = () => inside((tx) => closeRequest(tx, officer, id))
    await expect(close()).rejects.toMatchObject({ type: 'http/conflict' })
    expect((await office.open(whole)).text).not.toContain('Books Co')
    const [notice] = (await inside((tx) => listNotices(tx, owner, { requestId: id, limit: 50 }))).items
    await settle(notice?.id ?? '')
    expect(await close()).toMatchObject({ state: 'closed' })
    expect((await office.open(whole)).text).toMatch(/<li>Books Co, [^<]+ \(of the erasure\)/)
  })

  it('is not told of what was still to be told of her otherwise, nor where only our own time for keeping was over', async () => {
    const { contactId, email } = await someone()
    await gave(contactId, 'Books Co')
    const id = await cases.proven({ kind: 'restriction', contactId, email })
    await inside((tx) => restrictForRequest(tx, officer, { requestId: id, ground: 'unlawful' }))
    await inside((tx) => answerRequest(tx, officer, { requestId: id, text: 'Kept' }))
    await erase(contactId)
    expect((await open()).map(({ news }) => news)).toEqual(['erased'])
    expect(await inside((tx) => closeRequest(tx, officer, id))).toMatchObject({ state: 'closed' })
    for (const { id: noticeId } of await open()) await settle(noticeId)
    const other = await someone()
    await gave(other.contactId, 'Books Co')
    await erase(other.contactId, 'retention')
    expect(await open()).toEqual([])
  })
})
