import type { SubjectFacts } from '@frontdesk/contact-rules'
import { type ContactId, noOwnRules } from '@frontdesk/contract'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createContact, findOrCreateContact, recordBounce } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { giveConsent } from '../consents/give-consent.ts'
import { restrictContact } from '../erasure/index.ts'
import { addOptOut } from '../suppression/opt-out.ts'
import { changeContactPolicy, readContactPolicy } from './contact-policy.ts'
import type { PermitAnswer, Touch } from './permit-answer.ts'
import { requestPermit } from './request-permit.ts'
import { mostAtOnce, requestPermits } from './request-permits.ts'
import { subjectSources } from './subject-sources.ts'
import { usePermit } from './use-permit.ts'

const test = await testDatabase()
let place: TestWorkspace
const known = new Map<string, SubjectFacts & { contactId: ContactId | null }>()
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const people: ContactId[] = []
const nobody = '019b0000-0000-7000-8000-00000000dead' as ContactId
const campaign = '019b0000-0000-7000-8000-00000000ca11'
const closed = '019b0000-0000-7000-8000-00000000c105'
const bookingOf = (contactId: ContactId) => `019b0000-0000-7000-9000-${contactId.slice(-12)}`

beforeAll(async () => {
  // A Tuesday afternoon in New York.
  test.clock.set('2026-10-20T16:00:00Z')
  place = await testWorkspace(test)
  const facts = async (_tx: WorkspaceTx, { id }: Touch['about'], contactId: ContactId) => {
    const found = known.get(id)
    return found && (found.contactId === null || found.contactId === contactId) ? found : null
  }
  subjectSources.provide('one', { types: ['campaign'], facts, newest: async () => null })
  subjectSources.provide('many', {
    types: ['booking', 'conversation', 'campaign'],
    facts,
    newest: async () => null,
    factsOfMany: (tx, asked) => Promise.all(asked.map(({ about, contactId }) => facts(tx, about, contactId))),
  })
  known.set(campaign, { open: true, startedBy: 'us', contactId: null })
  known.set(closed, { open: false, startedBy: 'us', contactId: null })
  for (let n = 0; n < 8; n++) people.push(await person(n))
  await unusual()
  people.push(await inside((tx) => createContact(tx, place.as.owner, { name: 'Without', points: [], tags: [] })), nobody)
})

async function person(n: number): Promise<ContactId> {
  const number = `+1${['212', '305', '213', '416'][n % 4]}555${2000 + n}`
  const email = `many${n}@home.example`
  const { contactId } = await inside((tx) =>
    findOrCreateContact(tx, place.visitor, { name: `Person ${n}`, email, phone: number, source: 'booking' }),
  )
  known.set(bookingOf(contactId), { open: true, startedBy: 'contact', since: test.clock(), contactId })
  if (n % 2 === 0) await agree(contactId, 'email', email)
  if (n % 3 === 0) await agree(contactId, 'call', number)
  return contactId
}

const agree = (contactId: ContactId, channel: 'email' | 'call', value: string) =>
  inside((tx) =>
    giveConsent(tx, place.as.owner, {
      contactId,
      point: { kind: channel === 'call' ? 'phone' : 'email', value },
      channel,
      purpose: 'marketing',
      level: 'pewc',
      automated: true,
      wording: { key: 'own', edition: '1', locale: 'en', words: 'I agree that Salon Ana reaches me with offers, also by a machine.' },
      how: 'paper',
    }),
  )

/** One who stopped offers, one whose data is kept, one whose mail came back, one who became another. */
async function unusual(): Promise<void> {
  const [stopped, kept, bounced, merged, became] = people as [ContactId, ContactId, ContactId, ContactId, ContactId]
  await inside((tx) => addOptOut(tx, place.as.member, { contactId: stopped, scope: 'marketing' }))
  await inside((tx) => restrictContact(tx, place.as.privacy_officer, { contactId: kept, ground: 'accuracy_contested' }))
  const { rows } = await test.asSuperuser(`select id from contact_point where contact_id = $1 and kind = 'email'`, [bounced])
  await inside((tx) => recordBounce(tx, rows[0].id, { retryAfter: null }))
  await test.asSuperuser('delete from contact_point where contact_id = $1', [merged])
  await test.asSuperuser('update contact set merged_into = $2 where id = $1', [merged, became])
}

const touches: fc.Arbitrary<Touch> = fc
  .record({
    who: fc.nat({ max: 9 }),
    way: fc.constantFrom<Partial<Touch>>(
      { channel: 'email' },
      { channel: 'email', writer: 'person' },
      { channel: 'call', voice: 'human', dialing: 'by_hand' },
      { channel: 'call', voice: 'artificial', dialing: 'automatic' },
      { channel: 'sms' },
    ),
    what: fc.constantFrom('booking', 'offer', 'closed', 'misfit'),
    sent: fc.boolean(),
  })
  .map(({ who, way, what, sent }) => {
    const contactId = people[who] as ContactId
    const about =
      what === 'booking' || what === 'misfit'
        ? { type: 'booking', id: bookingOf(contactId) }
        : { type: 'campaign', id: what === 'closed' ? closed : campaign }
    const send = sent ? { sendId: crypto.randomUUID() } : {}
    return { contactId, ...way, purpose: what === 'booking' ? 'service' : 'marketing', about, ...send } as Touch
  })

/** What does not depend on when a row was made: everything but its id. */
const told = (answer: PermitAnswer | null) => {
  if (answer === null) return null
  const { decisionId, contact, ...rest } = answer
  const permit = answer.allowed ? { permit: { ...answer.permit, id: null, expiresAt: answer.permit.expiresAt.toString() } } : {}
  const nextMoment = answer.allowed ? {} : { nextMoment: answer.nextMoment?.toString() ?? null }
  return { ...rest, contactId: contact.contactId, ...permit, ...nextMoment }
}

const undo = new Error('Nothing of this stays.')
/** Asks in a transaction that is undone, and answers what was told and what was stored. */
async function tried(ask: (tx: WorkspaceTx) => Promise<(PermitAnswer | null)[]>) {
  let seen: unknown
  await inside(async (tx) => {
    const answers = await ask(tx)
    const rows = await tx.db.selectFrom('permit').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id').execute()
    const byId = new Map(rows.map(({ id, ...row }) => [id, JSON.stringify(row)]))
    seen = answers.map((answer) => [told(answer), answer && byId.get(answer.decisionId)])
    throw undo
  }).catch((error: unknown) => {
    if (error !== undo) throw error
  })
  return seen
}

const oneByOne = (list: readonly Touch[]) => async (tx: WorkspaceTx) => {
  const answers: (PermitAnswer | null)[] = []
  for (const touch of list) answers.push(touch.contactId === nobody ? null : await requestPermit(tx, touch))
  return answers
}

async function rules(change: Partial<typeof noOwnRules>): Promise<void> {
  await inside(async (tx) => {
    const { version } = await readContactPolicy(tx, place.as.owner)
    await changeContactPolicy(tx, place.as.owner, { rules: { ...noOwnRules, ...change }, version })
  })
}

describe('many touches asked about at once', () => {
  it('are refused when they are more than the gate takes at a time', async () => {
    const touch = { contactId: people[4] as ContactId, channel: 'email', purpose: 'marketing', about: { type: 'campaign', id: campaign } }
    const many = Array.from({ length: mostAtOnce + 1 }, () => touch as Touch)
    await expect(inside((tx) => requestPermits(tx, many))).rejects.toThrow('1000 touches at once, not 1001')
    expect(await inside((tx) => requestPermits(tx, []))).toEqual([])
  })

  it.each([
    ['under the law alone', {}],
    ['under a cap of the business, which the first of them fill', { caps: [{ count: 1, hours: 24 }] }],
  ])('get the same answers and the same rows as one after the other, %s', async (_name, change) => {
    await rules(change)
    await fc.assert(
      fc.asyncProperty(fc.array(touches, { minLength: 1, maxLength: 40 }), async (list) => {
        expect(await tried((tx) => requestPermits(tx, list))).toEqual(await tried(oneByOne(list)))
      }),
      { numRuns: process.env.FRONTDESK_PROVE ? 500 : 25 },
    )
    await rules({})
  })

  it('give no more than a cap leaves, whoever else asks at the same moment', async () => {
    await rules({ caps: [{ count: 1, hours: 24 }] })
    const contactId = people[4] as ContactId
    const touch = { contactId, channel: 'email', purpose: 'marketing', about: { type: 'campaign', id: campaign } } as Touch
    const answers = await Promise.all(Array.from({ length: 4 }, () => inside((tx) => requestPermits(tx, [touch, touch]))))
    expect(answers.flat().filter((answer) => answer?.allowed)).toHaveLength(1)
    await rules({})
    await test.asSuperuser('delete from permit')
  })

  it('are stored as used where their sends go out at once, each once', async () => {
    const contactId = people[6] as ContactId
    const ids = [crypto.randomUUID(), crypto.randomUUID()]
    const touch = { contactId, channel: 'email', purpose: 'marketing', about: { type: 'campaign', id: campaign } } as const
    await inside(async (tx) => {
      const answers = await requestPermits(
        tx,
        ids.map((sendId) => ({ ...touch, sendId })),
      )
      for (const [place, answer] of answers.entries()) {
        if (!answer?.allowed) throw new Error('The gate should have allowed this.')
        const use = { sendId: ids[place] as string, contactId, channel: 'email' as const }
        await expect(usePermit(tx, answer.permit, { ...use, sendId: crypto.randomUUID() })).rejects.toThrow('used before')
        await expect(usePermit(tx, answer.permit, use)).rejects.toThrow('used before')
      }
    })
    const { rows } = await test.asSuperuser('select used_by from permit where contact_id = $1 order by id', [contactId])
    expect(rows.map(({ used_by }) => used_by)).toEqual(ids)
  })
})

it('a permit that was stored as used carries its own send, in its own transaction, once', async () => {
  const contactId = people[6] as ContactId
  const about = { type: 'campaign', id: campaign } as const
  const use = { sendId: crypto.randomUUID(), contactId, channel: 'email' as const }
  const ask = (tx: WorkspaceTx, sendId: string) => requestPermit(tx, { contactId, channel: 'email', purpose: 'marketing', about, sendId })
  const kept = await inside(async (tx) => {
    const answer = await ask(tx, use.sendId)
    if (!answer.allowed) throw new Error('The gate should have allowed this.')
    await usePermit(tx, answer.permit, use)
    await expect(usePermit(tx, answer.permit, use)).rejects.toThrow('used before')
    const other = await ask(tx, crypto.randomUUID())
    if (!other.allowed) throw new Error('The gate should have allowed this.')
    return other.permit
  })
  await expect(inside((tx) => usePermit(tx, kept, use))).rejects.toThrow('used before')
  await expect(inside((tx) => ask(tx, use.sendId))).rejects.toMatchObject({ code: '23505' })
})
