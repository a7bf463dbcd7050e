import type { ContactId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { contactFacts, type PointFacts } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace, timelinePage } from '../../contacts/testing.ts'
import { type GiveConsent, giveConsent } from './give-consent.ts'
import { forgetDealing, noteDealing } from './note-dealing.ts'
import { standingOf, standingsOf } from './standing.ts'
import { withdrawConsent } from './withdraw-consent.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
const someone = async (): Promise<{ contactId: ContactId; email: PointFacts }> => {
  counter += 1
  const contactId = await place.newContact(`standing${counter}@home.example`)
  const [email] = (await inside((tx) => contactFacts(tx, contactId))).points
  if (!email) throw new Error('The contact should have an address.')
  return { contactId, email }
}
type Someone = Awaited<ReturnType<typeof someone>>
const wording = { key: 'mail_marketing', edition: '1', locale: 'en', words: 'Salon Ana may send me offers by mail.' }
const give = ({ contactId, email }: Someone, change: Partial<GiveConsent> = {}) =>
  inside((tx) =>
    giveConsent(tx, place.as.member, {
      contactId,
      point: email,
      channel: 'email',
      purpose: 'marketing',
      level: 'pewc',
      automated: false,
      wording,
      how: 'paper',
      ...change,
    }),
  )
const withdraw = ({ contactId, email }: Someone) =>
  inside((tx) => withdrawConsent(tx, place.as.member, { contactId, point: email, channel: 'email', how: 'told' }))
const standing = ({ contactId, email }: Someone) => inside((tx) => standingOf(tx, contactId, email))
const rowsOf = async (contactId: ContactId) =>
  (
    await test.asSuperuser('select action, purpose, level, recorded_by, point_hash from consent where contact_id = $1 order by id', [
      contactId,
    ])
  ).rows

describe('the ledger refuses', () => {
  it('a consent from the future', async () => {
    const who = await someone()
    await expect(give(who, { at: test.clock().add({ hours: 1 }) })).rejects.toMatchObject({ type: 'http/invalid-request' })
    expect(await rowsOf(who.contactId)).toEqual([])
  })

  it('to be changed or emptied by the application', async () => {
    const who = await someone()
    await give(who)
    await expect(inside((tx) => tx.db.updateTable('consent').set({ level: 'pec' }).execute())).rejects.toThrow(/permission denied/)
    await expect(inside((tx) => tx.db.deleteFrom('consent').execute())).rejects.toThrow(/permission denied/)
    await expect(inside((tx) => tx.db.updateTable('consent_wording').set({ words: 'x' }).execute())).rejects.toThrow(/permission denied/)
  })

  it('to write a withdrawal where nothing stands', async () => {
    const who = await someone()
    expect(await withdraw(who)).toEqual([])
    expect(await rowsOf(who.contactId)).toEqual([])
  })
})

describe('what stands', () => {
  it('is nothing for somebody unknown, for another address, and in another workspace', async () => {
    const who = await someone()
    const another = await someone()
    await give(who)
    expect((await standing(another)).consents).toEqual([])
    expect((await inside((tx) => standingOf(tx, who.contactId, another.email))).consents).toEqual([])
    const elsewhere = await testWorkspace(test, 'Other')
    expect((await test.database.inWorkspace(elsewhere.workspaceId, (tx) => standingOf(tx, who.contactId, who.email))).consents).toEqual([])
  })

  it('is what she gave, until she takes it back; what was given stays in the ledger [M11] [M12]', async () => {
    const who = await someone()
    await give(who)
    expect((await standing(who)).consents).toMatchObject([{ channel: 'email', purpose: 'marketing', level: 'pewc', automated: false }])
    await withdraw(who)
    expect((await standing(who)).consents).toEqual([])
    expect(await rowsOf(who.contactId)).toMatchObject([
      { action: 'given', level: 'pewc', recorded_by: `member:${place.as.member.memberId}` },
      { action: 'withdrawn', level: null, purpose: 'marketing' },
    ])
  })

  it('is known under the number itself and never in the clear', async () => {
    const who = await someone()
    await give(who)
    const [row] = await rowsOf(who.contactId)
    expect(row.point_hash).not.toContain('standing')
    expect(row.point_hash).toMatch(/^.+\..+$/)
  })

  it('is asked for many contacts at once, with the clocks of each', async () => {
    const [one, two] = [await someone(), await someone()]
    await give(one)
    const seen = test.clock().subtract({ hours: 48 })
    await inside((tx) =>
      noteDealing(tx, { contactId: two.contactId, kind: 'transaction', source: { type: 'booking', id: tx.newId() }, at: seen }),
    )
    const ask = await inside((tx) => standingsOf(tx, [one.contactId, two.contactId]))
    expect(ask(one.contactId, one.email)).toMatchObject({ consents: [{ purpose: 'marketing' }], dealings: { lastTransactionAt: null } })
    expect(ask(two.contactId, two.email)).toEqual({
      consents: [],
      dealings: { lastTransactionAt: seen, lastInquiryAt: null },
      preferences: {},
    })
  })

  it('keeps a text once, however many agree to it, and tells timeline, outbox and audit', async () => {
    const who = await someone()
    const first = await give(who)
    const second = await give(await someone())
    expect(second.wording_id).toBe(first.wording_id)
    const { items } = await inside((tx) => timelinePage(tx, place.as.owner, { contactId: who.contactId, limit: 10 }))
    expect(items[0]).toMatchObject({
      kind: 'consent.given',
      summary: { key: 'consent_given', values: { channel: 'email', purpose: 'marketing' } },
    })
    const outbox = await test.asSuperuser("select payload from outbox where type = 'consent.given' and payload->>'consentId' = $1", [
      first.id,
    ])
    expect(outbox.rows).toMatchObject([{ payload: { contactId: who.contactId } }])
    const audited = await test.asSuperuser('select action from audit_entry where object_id = $1', [first.id])
    expect(audited.rows).toEqual([{ action: 'consent.given' }])
  })
})

describe('the clocks', () => {
  it('move on with the newest of what started them, and never back', async () => {
    const { contactId, email } = await someone()
    const source = { type: 'conversation', id: '019b0000-0000-7000-8000-00000000c001' } as const
    const [early, late] = [test.clock().subtract({ hours: 10 }), test.clock().subtract({ hours: 2 })]
    await inside((tx) => noteDealing(tx, { contactId, kind: 'inquiry', source, at: late }))
    await inside((tx) => noteDealing(tx, { contactId, kind: 'inquiry', source, at: early }))
    expect((await standing({ contactId, email })).dealings).toEqual({ lastTransactionAt: null, lastInquiryAt: late })
  })

  it('stop again when what started them is taken back', async () => {
    const { contactId, email } = await someone()
    const visit = { kind: 'transaction', source: { type: 'booking', id: '019b0000-0000-7000-8000-00000000c002' } } as const
    await inside((tx) => noteDealing(tx, { ...visit, contactId }))
    await inside((tx) => forgetDealing(tx, visit))
    expect((await standing({ contactId, email })).dealings).toEqual({ lastTransactionAt: null, lastInquiryAt: null })
  })
})
