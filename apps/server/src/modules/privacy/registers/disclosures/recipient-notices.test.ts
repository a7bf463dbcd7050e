import type { ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { liftRestriction, rectifyContact, restrictContact } from '../../erasure/index.ts'
import { gatherPersonData } from '../../erasure/person-data.ts'
import { answerRequest, closeRequest } from '../../requests/answer-request.ts'
import { testCases } from '../../requests/cases.testing.ts'
import { testOffice } from '../../requests/testing.ts'
import { rectifyForRequest, restrictForRequest } from '../../requests/work-on-request.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import { listNotices, settleNotice } from './recipient-notices.ts'
import { recordDisclosure } from './record-disclosure.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside } = office
const { owner, admin, member, privacy_officer: officer } = place.as
const { proven } = testCases(office)
beforeAll(() => testRegisters())

const gave = (contactId: ContactId | null, recipient: string, recipientKind: 'adviser' | 'partner' | 'person' = 'adviser', people = 1) =>
  inside((tx) => recordDisclosure(tx, owner, { recipientKind, recipient, purpose: 'advice', contactId, people, categories: ['name'] }))
const correct = (requestId: string, name: string) =>
  inside((tx) => rectifyForRequest(tx, officer, { requestId, changes: { name }, whatWasWrong: 'Her name was misspelt', contactVersion: 1 }))
const noticesOf = async (requestId: string) => (await inside((tx) => listNotices(tx, owner, { requestId, limit: 50 }))).items.reverse()

describe('whoever received data that were corrected', () => {
  it('is told once each, with a drafted letter and what shows it, before the case is closed; she sees who was [M4]', async () => {
    await gave(null, 'Before her time Ltd', 'adviser', 40)
    test.clock.advance({ hours: 1 })
    const { id, contactId, email } = await proven('rectification')
    await gave(contactId, 'Books Co')
    test.clock.advance({ hours: 24 })
    await gave(contactId, 'Books Co')
    test.clock.advance({ hours: 1 })
    await gave(null, 'Mailing House', 'partner', 40)
    await gave(contactId, 'Ann Lee', 'person')
    const other = await place.newContact('other@home.example')
    await gave(other, 'Not hers Ltd')
    await correct(id, 'Ann Leigh')

    const open = await noticesOf(id)
    expect(open.map(({ recipient, amongMany, state, fields }) => ({ recipient, amongMany, state, fields }))).toEqual([
      { recipient: 'Books Co', amongMany: false, state: 'open', fields: ['name'] },
      { recipient: 'Mailing House', amongMany: true, state: 'open', fields: ['name'] },
    ])
    const [books, house] = open
    for (const words of ['To Books Co', 'Salón <Ana>', '– Ann Leigh', `– ${email}`, 'GDPR Art. 16 and 19'])
      expect(books?.draft).toContain(words)
    const mailed = await office.rowsOf("select subject from mail where audience = 'member' order by id desc limit 1")
    expect(mailed).toEqual([{ subject: 'Others have to be told about somebody’s data' }])

    await inside((tx) => answerRequest(tx, officer, { requestId: id, text: 'It is right now' }))
    const close = () => inside((tx) => closeRequest(tx, officer, id))
    await expect(close()).rejects.toMatchObject({ type: 'http/conflict' })
    const settle = (noticeId: string, how: 'mail' | 'impossible', by = officer) =>
      inside((tx) => settleNotice(tx, by, { noticeId, how, proof: 'Answer of Mr Roy, ref 77' }))
    await expect(settle(books?.id ?? '', 'mail', admin)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => listNotices(tx, member, { limit: 50 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await settle(books?.id ?? '', 'mail')).toMatchObject({
      state: 'told',
      how: 'mail',
      proof: 'Answer of Mr Roy, ref 77',
      draft: null,
    })
    await expect(settle(books?.id ?? '', 'mail')).rejects.toMatchObject({ type: 'http/conflict' })
    await expect(close()).rejects.toMatchObject({ type: 'http/conflict' })
    expect(await settle(house?.id ?? '', 'impossible')).toMatchObject({ state: 'impossible', how: null })
    expect(await close()).toMatchObject({ state: 'closed' })
    const page = (await office.open(await office.cases.pageOf(id, 'whole'))).text
    expect(page).toContain('<li>Books Co, ')
    expect(page).not.toContain('<li>Mailing House')
  })

  it('is told too where it was corrected on the card, without a case; what nobody received opens nothing', async () => {
    const contactId = await place.newContact('card@home.example')
    const fix = (version: number, changes: { name?: string; tags?: string[] }) =>
      inside((tx) => rectifyContact(tx, officer, { contactId, version, changes, whatWasWrong: 'Misspelt' }))
    const waiting = async () =>
      (await inside((tx) => listNotices(tx, owner, { contactId, state: 'open', limit: 50 }))).items.filter((one) => !one.amongMany)
    await fix(1, { name: 'Bea Right' })
    expect(await waiting()).toEqual([])
    await gave(contactId, 'Books Co')
    await fix(2, { tags: ['vip'] }) // a word of the team, which nobody else has
    expect(await waiting()).toEqual([])
    await fix(3, { name: 'Bea Wright' })
    expect(await waiting()).toMatchObject([{ recipient: 'Books Co', requestId: null, state: 'open' }])
  })
})

describe('whoever received data that are only kept now', () => {
  const noticesOn = async (contactId: ContactId) =>
    (await inside((tx) => listNotices(tx, owner, { contactId, limit: 50 }))).items
      .reverse()
      .filter(({ amongMany }) => !amongMany)
      .map(({ recipient, news, state }) => [recipient, news, state])
  const restrict = (contactId: ContactId) => inside((tx) => restrictContact(tx, officer, { contactId, ground: 'unlawful' }))
  const lift = (contactId: ContactId) =>
    inside((tx) => liftRestriction(tx, officer, { contactId, because: 'It is settled', told: { how: 'phone', proof: 'Spoke with her' } }))
  const tell = async (contactId: ContactId, recipient: string) => {
    const open = (await inside((tx) => listNotices(tx, owner, { contactId, state: 'open', limit: 50 }))).items
    const notice = open.find((one) => one.recipient === recipient)
    await inside((tx) => settleNotice(tx, officer, { noticeId: notice?.id ?? '', how: 'mail', proof: 'Answered on Monday' }))
    return notice?.draft
  }

  it('is told of it, and of its end; who was not told of the one is told of neither [M9]', async () => {
    const contactId = await place.newContact('kept@home.example', 'Kim Kept')
    await gave(contactId, 'Books Co')
    await gave(contactId, 'Slow Ltd')
    await restrict(contactId)
    await restrict(contactId) // asked twice, told once
    expect(await noticesOn(contactId)).toEqual([
      ['Books Co', 'restricted', 'open'],
      ['Slow Ltd', 'restricted', 'open'],
    ])
    const letter = await tell(contactId, 'Books Co')
    for (const words of ['only kept and not used', '– Kim Kept', '– kept@home.example', 'GDPR Art. 18 and 19'])
      expect(letter).toContain(words)
    await lift(contactId)
    expect(await noticesOn(contactId)).toEqual([
      ['Books Co', 'restricted', 'told'],
      ['Slow Ltd', 'restricted', 'overtaken'],
      ['Books Co', 'restriction_ended', 'open'],
    ])
    const [ended] = (await inside((tx) => listNotices(tx, owner, { contactId, state: 'open', limit: 50 }))).items
    expect(ended?.draft).toContain('may be used again')
    // Restricted once more before it was told of the end: that is overtaken, and both are told anew.
    await restrict(contactId)
    expect((await noticesOn(contactId)).slice(2)).toEqual([
      ['Books Co', 'restriction_ended', 'overtaken'],
      ['Books Co', 'restricted', 'open'],
      ['Slow Ltd', 'restricted', 'open'],
    ])
  })

  it('keeps a case open until it was told, and stands on her page and in the copy of her data [M9]', async () => {
    const { id, contactId } = await proven('restriction')
    await gave(contactId, 'Books Co')
    await inside((tx) => restrictForRequest(tx, officer, { requestId: id, ground: 'needed_for_claims' }))
    await inside((tx) => answerRequest(tx, officer, { requestId: id, text: 'Kept and not used' }))
    const close = () => inside((tx) => closeRequest(tx, officer, id))
    await expect(close()).rejects.toMatchObject({ type: 'http/conflict' })
    const { items, next } = await inside((tx) => listNotices(tx, owner, { contactId, state: 'open', limit: 1 }))
    for (const one of [...items, ...(await inside((tx) => listNotices(tx, owner, { contactId, cursor: next ?? '', limit: 50 }))).items])
      await inside((tx) => settleNotice(tx, officer, { noticeId: one.id, how: 'letter', proof: 'Sent today' }))
    expect(await close()).toMatchObject({ state: 'closed' })
    expect((await office.open(await office.cases.pageOf(id, 'whole'))).text).toMatch(/<li>Books Co, [^<]+ \(that they are only kept\)/)
    const { data } = await inside((tx) => gatherPersonData(tx, roomInventory, [contactId]))
    expect(data.tables.recipient_notice).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ recipient: 'Books Co', news: 'restricted', state: 'told', done_at: expect.any(String) }),
      ]),
    )
  })
})
