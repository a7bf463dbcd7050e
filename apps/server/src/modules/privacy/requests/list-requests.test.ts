import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { answerRequest, refuseRequest } from './answer-request.ts'
import { testCases } from './cases.testing.ts'
import { listRequests } from './list-requests.ts'
import { assignRequest } from './look-after.ts'
import { changeOffice } from './office.ts'
import { refileRequest } from './refile-request.ts'
import { requestFigures } from './request-figures.ts'
import { testOffice } from './testing.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside, open } = office
const { owner, privacy_officer: officer } = place.as
const { asked, proven, state, letters } = testCases(office)
const conflict = { type: 'http/conflict' }
const wrong = { type: 'http/invalid-request' }

describe('a case that was read wrongly', () => {
  it('is taken up as another kind with its own day, proof and clock, and counts once', async () => {
    const { id, contactId } = await asked('complaint')
    test.clock.advance({ hours: 48 })
    const before = await state(id)
    const figures = async () =>
      (await inside((tx) => requestFigures(tx, owner, {}))).kinds.filter(({ kind }) => kind === 'complaint' || kind === 'rectification')
    const counted = new Map((await figures()).map(({ kind, received }) => [kind, received]))
    const taken = await inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'rectification' }))
    await office.opened(taken.id)
    expect(await state(taken.id)).toMatchObject({ kind: 'rectification', state: 'verifying', receivedAt: before.receivedAt, contactId })
    expect(await state(id)).toMatchObject({ state: 'resolved', outcome: `→ ${taken.number}`, acts: [] })
    for (const { kind, received } of await figures())
      expect(received, kind).toBe((counted.get(kind) ?? 0) + (kind === 'rectification' ? 1 : -1))
    expect((await letters(contactId)).at(-1)).toContain('confirm your request')
    await expect(inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'access' }))).rejects.toMatchObject(conflict)
  })

  it('stays what it is once it was proven or answered', async () => {
    const { id } = await proven()
    await expect(inside((tx) => refileRequest(tx, owner, { requestId: id, kind: 'erasure' }))).rejects.toMatchObject(conflict)
  })
})

describe('the queue', () => {
  it('shows what is mine, what is late, and complaints apart', async () => {
    const mine = await asked('access', { region: 'us' })
    await inside((tx) => assignRequest(tx, owner, { requestId: mine.id, memberId: officer.memberId }))
    const complaint = await asked('complaint')
    const ids = async (list: 'open' | 'mine' | 'overdue' | 'complaints' | 'done', by = officer) =>
      (await inside((tx) => listRequests(tx, by, { list, limit: 200 }))).items.map(({ id }) => id)
    expect(await ids('mine')).toEqual([mine.id])
    expect(await ids('mine', owner)).not.toContain(mine.id)
    expect((await ids('complaints'))[0]).toBe(complaint.id)
    expect(await ids('complaints')).not.toContain(mine.id)
    expect(await ids('overdue')).not.toContain(mine.id)
    test.clock.advance({ hours: 24 * 46 })
    expect(await ids('overdue')).toEqual(expect.arrayContaining([mine.id, complaint.id]))
    const first = await inside((tx) => listRequests(tx, owner, { list: 'open', limit: 1 }))
    const second = await inside((tx) => listRequests(tx, owner, { list: 'open', limit: 1, cursor: first.next ?? undefined }))
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id)
  })

  it('counts the year by kind, for those who may see it [M23]', async () => {
    const figuresOf = async (by = owner) =>
      new Map((await inside((tx) => requestFigures(tx, by, {}))).kinds.map(({ kind, ...figures }) => [kind, figures]))
    const before = (await figuresOf()).get('portability')
    expect(before).toMatchObject({ received: 0, complied: 0, refused: 0, open: 0, medianDays: null })
    const [quick, slow, refused] = [await proven('portability'), await proven('portability'), await proven('portability')]
    await asked('portability')
    await inside((tx) => answerRequest(tx, owner, { requestId: quick.id, text: 'Here' }))
    test.clock.advance({ hours: 24 * 4 })
    await inside((tx) => answerRequest(tx, owner, { requestId: slow.id, text: 'Here' }))
    await inside((tx) => refuseRequest(tx, owner, { requestId: refused.id, ground: 'repeated', text: 'Last week' }))
    expect((await figuresOf()).get('portability')).toMatchObject({ received: 4, complied: 2, refused: 1, open: 1, medianDays: 4 })
    expect((await figuresOf(place.as.admin)).has('complaint')).toBe(false)
    expect((await figuresOf()).has('complaint')).toBe(true)
  })
})

describe('the office', () => {
  it('publishes how it is reached, and takes no private key and no place in another country', async () => {
    const wish = { officerMemberId: null, appealDays: 45, version: 1 }
    const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEZ\n-----END PGP PUBLIC KEY BLOCK-----'
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, pgpKey: key.replaceAll('PUBLIC', 'PRIVATE') }))).rejects.toMatchObject(
      wrong,
    )
    await expect(inside((tx) => changeOffice(tx, owner, { ...wish, region: 'ca-on' }))).rejects.toMatchObject(wrong)
    await inside((tx) => changeOffice(tx, owner, { ...wish, pgpKey: key, publishedEmail: 'privacy@salon.example', region: 'us-la' }))
    const page = await open(office.portal)
    expect(page.text).toContain('mailto:privacy@salon.example')
    expect(page.text).toContain('BEGIN PGP PUBLIC KEY BLOCK')
    const { id } = await asked('complaint')
    const [row] = await office.rowsOf('select calendars from request where id = $1', [id])
    expect(row).toEqual({ calendars: ['us-la'] })
  })
})
