import type { Subject, SubjectFacts } from '@frontdesk/contact-rules'
import type { ContactId, Role } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { recordBounce } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { addSuppression, liftSuppression, listSuppressions, suppress } from '../suppression/suppress.ts'
import { mayContact } from './may-contact.ts'
import type { Touch } from './permit-answer.ts'
import { requestPermit } from './request-permit.ts'
import { subjectSources } from './subject-sources.ts'
import { usePermit } from './use-permit.ts'

const test = await testDatabase()
let place: TestWorkspace
const bookingId = '019b0000-0000-7000-8000-00000000b001'
const facts = new Map<string, SubjectFacts & { contactId: ContactId }>()

beforeAll(async () => {
  place = await testWorkspace(test)
  subjectSources.provide('test', {
    types: ['booking', 'conversation', 'request'],
    facts: async (_tx, about, contactId) => {
      const found = facts.get(about.id)
      return found && found.contactId === contactId ? found : null
    },
    newest: async (_tx, contactId): Promise<Subject | null> =>
      [...facts.values()].some((one) => one.contactId === contactId) ? { type: 'booking', id: bookingId } : null,
  })
})
beforeEach(() => facts.clear())

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
const someone = async (subject: Partial<SubjectFacts> | null = {}): Promise<{ contactId: ContactId; email: string }> => {
  counter += 1
  const email = `gate${counter}@home.example`
  const contactId = await place.newContact(email)
  if (subject) facts.set(bookingId, { open: true, startedBy: 'contact', ...subject, contactId })
  return { contactId, email }
}
const touch = (contactId: ContactId, change: Partial<Touch> = {}): Touch =>
  ({ contactId, channel: 'email', purpose: 'service', about: { type: 'booking', id: bookingId }, ...change }) as Touch
const ask = (wish: Touch) => inside((tx) => requestPermit(tx, wish))
const codes = (answer: { readonly reasons?: readonly { readonly code: string }[] }) => answer.reasons?.map(({ code }) => code)
const stored = async (contactId: ContactId) =>
  (await test.asSuperuser('select decision, purpose, reasons, remedy, used_by from permit where contact_id = $1 order by id', [contactId]))
    .rows

describe('the gate refuses', () => {
  it('a contact that is not here', async () => {
    const other = await testWorkspace(test, 'Other')
    const foreign = await other.newContact('foreign@home.example')
    await expect(ask(touch(foreign))).rejects.toMatchObject({ type: 'http/not-found' })
  })

  it('what hangs on nothing, on something closed, or on somebody else’s', async () => {
    const { contactId } = await someone(null)
    expect(codes((await ask(touch(contactId))) as never)).toContain('subject_missing')
    facts.set(bookingId, { open: false, startedBy: 'us', contactId })
    expect(await ask(touch(contactId))).toMatchObject({ allowed: false, remedy: 'reopen_subject' })
    const { contactId: another } = await someone(null)
    expect(codes((await ask(touch(another))) as never)).toContain('subject_missing')
  })

  it('a reply to what the contact did not begin', async () => {
    const { contactId } = await someone({ startedBy: 'us' })
    expect(codes((await ask(touch(contactId, { purpose: 'reply', about: { type: 'conversation', id: bookingId } }))) as never)).toContain(
      'contact_did_not_start_it',
    )
  })

  it('a purpose that does not follow from the object, and an offer without consent', async () => {
    const { contactId } = await someone()
    expect(codes((await ask(touch(contactId, { purpose: 'reply' }))) as never)).toContain('purpose_does_not_fit')
    expect(codes((await ask(touch(contactId, { purpose: 'marketing', about: { type: 'broadcast', id: bookingId } }))) as never)).toContain(
      'consent_missing',
    )
    expect(codes((await ask(touch(contactId, { channel: 'sms' }))) as never)).toContain('channel_not_set_up')
  })

  it('an address to which mail came back, for good or for a day', async () => {
    const { contactId } = await someone()
    const first = await ask(touch(contactId))
    const pointId = first.allowed ? (first.permit.pointId as never) : undefined
    await inside((tx) => recordBounce(tx, pointId as never, { retryAfter: null }))
    expect(await ask(touch(contactId))).toMatchObject({ allowed: false, remedy: 'correct_contact_point' })
    const retryAfter = test.clock().add({ hours: 24 })
    await inside((tx) => recordBounce(tx, pointId as never, { retryAfter }))
    expect(await ask(touch(contactId))).toMatchObject({ allowed: false, nextMoment: retryAfter })
  })

  it('who asked not to be reached, in any writing of her address, but for legal notices', async () => {
    const { contactId, email } = await someone()
    await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email.toUpperCase(), scope: 'all', cause: 'asked' }))
    expect(await ask(touch(contactId))).toMatchObject({ allowed: false, remedy: 'ask_her_to_opt_in' })
    expect(await ask(touch(contactId, { purpose: 'legal', about: { type: 'request', id: bookingId } }))).toMatchObject({ allowed: true })
  })

  it('lets marketing stops pass what is not marketing', async () => {
    const { contactId, email } = await someone()
    await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'marketing', cause: 'asked' }))
    expect(await ask(touch(contactId))).toMatchObject({ allowed: true })
  })
})

describe('a permit', () => {
  it('is stored with its reasons, yes or no', async () => {
    const { contactId } = await someone()
    await ask(touch(contactId))
    facts.clear()
    await ask(touch(contactId))
    expect(await stored(contactId)).toMatchObject([
      {
        decision: 'allowed',
        purpose: 'service',
        reasons: [{ code: 'her_own_business', effect: 'allows', params: { type: 'booking' } }],
        used_by: null,
      },
      { decision: 'refused', reasons: [{ code: 'subject_missing', effect: 'blocks' }] },
    ])
  })

  it('is refused when it is used twice, late, for another contact, on another way or elsewhere [G3]', async () => {
    const { contactId } = await someone()
    const use = (sendId: string) => ({ sendId, contactId, channel: 'email' as const })
    const answer = await ask(touch(contactId))
    if (!answer.allowed) throw new Error('The gate should have allowed this.')
    const sendId = '019b0000-0000-7000-8000-00000000aaaa'
    const other = await testWorkspace(test, 'Other')
    await expect(test.database.inWorkspace(other.workspaceId, (tx) => usePermit(tx, answer.permit, use(sendId)))).rejects.toThrow(
      'gate has to be asked again',
    )
    const another = await place.newContact('another@home.example', 'Bob')
    await expect(inside((tx) => usePermit(tx, answer.permit, { ...use(sendId), contactId: another }))).rejects.toThrow('another contact')
    await expect(inside((tx) => usePermit(tx, answer.permit, { ...use(sendId), channel: 'sms' }))).rejects.toThrow('another contact')
    await inside((tx) => usePermit(tx, answer.permit, use(sendId)))
    await expect(inside((tx) => usePermit(tx, answer.permit, use(sendId)))).rejects.toThrow('used before')

    const second = await ask(touch(contactId))
    if (!second.allowed) throw new Error('The gate should have allowed this.')
    await expect(inside((tx) => usePermit(tx, second.permit, use(sendId)))).rejects.toMatchObject({ code: '23505' })
    test.clock.advance({ minutes: 6 })
    await expect(inside((tx) => usePermit(tx, second.permit, use('019b0000-0000-7000-8000-00000000bbbb')))).rejects.toThrow('expired')
  })

  it('carries one send, whoever asks at the same moment', async () => {
    const { contactId } = await someone()
    const answer = await ask(touch(contactId))
    if (!answer.allowed) throw new Error('The gate should have allowed this.')
    const ids = Array.from({ length: 8 }, (_, index) => `019b0000-0000-7000-8000-0000000c000${index}`)
    const outcomes = await Promise.allSettled(
      ids.map((id) => inside((tx) => usePermit(tx, answer.permit, { sendId: id, contactId, channel: 'email' }))),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('suppression', () => {
  it.each<[Role, 'add' | 'lift' | 'list']>([
    ['read_only', 'add'],
    ['billing', 'add'],
    ['member', 'lift'],
    ['representative', 'lift'],
    ['member', 'list'],
  ])('does not let the role %s %s', async (role, act) => {
    const by = place.as[role]
    const attempt = {
      add: () => inside((tx) => addSuppression(tx, by, { kind: 'email', value: 'x@y.example', scope: 'all', cause: 'asked' })),
      lift: () => inside((tx) => liftSuppression(tx, by, { suppressionId: bookingId, because: 'mistake' })),
      list: () => inside((tx) => listSuppressions(tx, by, { limit: 10, lifted: 'no' })),
    }[act]
    await expect(attempt()).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('keeps no address, and survives the contact', async () => {
    const { contactId, email } = await someone()
    const { id } = await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'all', cause: 'asked' }))
    const { rows } = await test.asSuperuser('select * from suppression where id = $1', [id])
    expect(JSON.stringify(rows)).not.toContain(email)
    await test.asSuperuser('delete from timeline_event where contact_id = $1', [contactId])
    await test.asSuperuser('delete from contact where id = $1', [contactId])
    const again = await place.newContact(email)
    facts.set(bookingId, { open: true, startedBy: 'contact', contactId: again })
    expect(await ask(touch(again))).toMatchObject({ allowed: false })
    expect(await inside((tx) => listSuppressions(tx, place.as.owner, { limit: 50, lifted: 'no' }))).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id, contactId: null })]),
    })
  })

  it('holds after the key was rotated', async () => {
    const { contactId, email } = await someone()
    await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'all', cause: 'asked' }))
    test.keys.rotate('hash', test.clock())
    expect(await ask(touch(contactId))).toMatchObject({ allowed: false })
    await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'all', cause: 'asked' }))
    const { rows } = await test.asSuperuser('select from suppression where contact_id = $1', [contactId])
    expect(rows).toHaveLength(1)
  })

  it('is one row, however many ask at the same moment', async () => {
    const ids = await Promise.all(
      Array.from({ length: 6 }, () =>
        inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value: 'race@home.example', scope: 'all', cause: 'member' })),
      ),
    )
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
  })

  it('can be lifted, which stays on record and on the timeline', async () => {
    const { contactId, email } = await someone()
    const { id } = await inside((tx) =>
      addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'channel', cause: 'asked' }),
    )
    await inside((tx) => liftSuppression(tx, place.as.manager, { suppressionId: id, because: 'person_asked', note: 'She called' }))
    expect(await ask(touch(contactId))).toMatchObject({ allowed: true })
    const lifted = await inside((tx) => listSuppressions(tx, place.as.owner, { limit: 50, lifted: 'yes' }))
    expect(lifted.items.find((one) => one.id === id)?.liftedAt).not.toBeNull()
    const { rows } = await test.asSuperuser(
      `select kind from timeline_event where contact_id = $1 and kind like 'suppression.%' order by id`,
      [contactId],
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['suppression.added', 'suppression.lifted'])
    expect(
      await inside((tx) => addSuppression(tx, place.as.member, { kind: 'email', value: email, scope: 'channel', cause: 'asked' })),
    ).not.toMatchObject({ id })
  })

  it('takes numbers as people write them', async () => {
    await expect(
      inside((tx) => addSuppression(tx, place.as.owner, { kind: 'phone', value: '12', scope: 'all', cause: 'asked' })),
    ).rejects.toMatchObject({ type: 'contacts/not-a-phone-number' })
    const one = await inside((tx) =>
      addSuppression(tx, place.as.owner, { kind: 'phone', value: '(212) 555-0188', scope: 'all', cause: 'asked' }),
    )
    expect(
      await inside((tx) => addSuppression(tx, place.as.owner, { kind: 'phone', value: '+1 212 555 0188', scope: 'all', cause: 'asked' })),
    ).toEqual(one)
  })
})

describe('why may we, why may we not', () => {
  it('answers for each channel and purpose without storing anything', async () => {
    const { contactId } = await someone()
    const answer = await inside((tx) => mayContact(tx, place.as.member, contactId))
    const of = (channel: string, purpose: string, voice: string | null = null) =>
      answer.answers.find((one) => one.channel === channel && one.purpose === purpose && one.voice === voice)
    expect(of('email', 'reply')).toMatchObject({ allowed: false })
    expect(of('email', 'legal')).toMatchObject({ allowed: false })
    expect(of('email', 'service')).toMatchObject({
      allowed: true,
      about: { type: 'booking', id: bookingId },
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'her_own_business' })]),
    })
    expect(of('sms', 'service')).toMatchObject({ allowed: false, remedy: 'add_contact_point' })
    for (const { allowed, reasons } of answer.answers) {
      expect(reasons.some(({ effect }) => (allowed ? effect === 'allows' : effect === 'blocks' || effect === 'defers'))).toBe(true)
    }
    expect(answer).toMatchObject({ stops: [], origin: { source: 'booking', memberName: null } })
    expect(await stored(contactId)).toEqual([])
  })

  it('is not for eyes that may not see the contact', async () => {
    const { contactId } = await someone()
    await expect(inside((tx) => mayContact(tx, place.as.representative, contactId))).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(inside((tx) => mayContact(tx, place.as.billing, contactId))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })
})
