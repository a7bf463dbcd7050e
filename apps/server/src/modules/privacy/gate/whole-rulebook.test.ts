import type { SubjectFacts } from '@frontdesk/contact-rules'
import { type ContactId, noOwnRules } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createContact, findOrCreateContact } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { giveConsent } from '../consents/give-consent.ts'
import { clearRegistry } from '../suppression/clear-registry.ts'
import { beginRegistry, finishRegistry, loadLines } from '../suppression/load-registry.ts'
import { addOptOut } from '../suppression/opt-out.ts'
import { changeContactPolicy, readContactPolicy } from './contact-policy.ts'
import { mayContact } from './may-contact.ts'
import { mayContactList } from './may-contact-list.ts'
import type { PermitAnswer, Touch } from './permit-answer.ts'
import { requestPermit } from './request-permit.ts'
import { subjectSources } from './subject-sources.ts'
import { usePermit } from './use-permit.ts'

const test = await testDatabase()
await backgroundOf(test, { jobs: [clearRegistry], subscribers: [] })
let place: TestWorkspace
const known = new Map<string, SubjectFacts & { contactId: ContactId }>()
beforeAll(async () => {
  place = await testWorkspace(test)
  subjectSources.provide('test', {
    types: ['booking', 'broadcast', 'campaign', 'missed_call'],
    facts: async (_tx, { id }, contactId) => {
      const found = known.get(id)
      return found?.contactId === contactId ? found : null
    },
    newest: async () => null,
  })
})
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
// A Tuesday: 20 October 2026 in New York, in whose time the area code 212 lies.
const noon = '2026-10-20T16:00:00Z'
const night = '2026-10-21T02:30:00Z' // half past ten in the evening
beforeEach(() => test.clock.set(noon))

let counter = 0
/** Somebody who booked with this number and an address of her own. */
async function someone(area = '212'): Promise<{ contactId: ContactId; aboutId: string; number: string; email: string }> {
  counter += 1
  const number = `+1${area}555${String(2000 + counter)}`
  const email = `whole${counter}@home.example`
  const { contactId } = await inside((tx) =>
    findOrCreateContact(tx, place.visitor, {
      name: `Person ${counter}`,
      email,
      phone: number,
      source: 'booking',
    }),
  )
  const aboutId = `019b0000-0000-7000-8000-${String(counter).padStart(12, '0')}`
  known.set(aboutId, { contactId, open: true, startedBy: 'contact', since: test.clock() })
  return { contactId, aboutId, number, email }
}
type Who = Awaited<ReturnType<typeof someone>>
const call = ({ contactId, aboutId }: Who, type: 'booking' | 'campaign' | 'missed_call'): Touch => ({
  contactId,
  channel: 'call',
  voice: 'human',
  dialing: 'by_hand',
  purpose: type === 'booking' ? 'service' : type === 'campaign' ? 'marketing' : 'reply',
  about: { type, id: aboutId },
})
const aiCall = (who: Who): Touch => ({ ...call(who, 'campaign'), channel: 'call', voice: 'artificial', dialing: 'automatic' })
const offer = ({ contactId, aboutId }: Who): Touch => ({
  contactId,
  channel: 'email',
  purpose: 'marketing',
  about: { type: 'broadcast', id: aboutId },
})
const ask = (touch: Touch) => inside((tx) => requestPermit(tx, touch))
const standing = (answer: PermitAnswer): string[] =>
  answer.allowed ? [] : answer.reasons.filter(({ effect }) => effect === 'blocks' || effect === 'defers').map(({ code }) => code)

describe('the whole rulebook refuses, with the step that would allow it,', () => {
  it('an offer by telephone while no register is loaded, and allows it once one is [U11, G4]', async () => {
    const who = await someone()
    // Nobody who dealt with us lately, or the register would not bind us.
    await test.asSuperuser('delete from dealing where contact_id = $1', [who.contactId])
    const refused = await ask(call(who, 'campaign'))
    expect(standing(refused)).toContain('registry_not_loaded')
    await load('us.national', ['212,5550000'])
    expect(standing(await ask(call(who, 'campaign')))).not.toContain('registry_not_loaded')
    await load('us.national', [who.number.slice(2), '212,5550000'])
    expect(standing(await ask(call(who, 'campaign')))).toContain('on_registry')
  })

  it('an offer by telephone at night, with the next moment, and lets “your 7:30 is cancelled” go [G8]', async () => {
    const who = await someone()
    test.clock.set(night)
    const offered = await ask(call(who, 'campaign'))
    expect(standing(offered)).toContain('outside_hours')
    expect(await ask({ ...call(who, 'booking'), channel: 'email', writer: 'machine' } as Touch)).toMatchObject({ allowed: true })
    expect(await ask(call(who, 'booking'))).toMatchObject({ allowed: true })
    const card = await inside((tx) => mayContact(tx, place.as.owner, who.contactId))
    const answers = card.answers.filter(({ channel, purpose, voice }) => channel === 'call' && purpose === 'marketing' && voice === 'human')
    expect(answers[0]?.reasons.map(({ code }) => code)).toContain('outside_hours')
  })

  it('a call by an artificial voice without her consent, and allows it with a written one [H6]', async () => {
    const who = await someone()
    const refused = await ask(aiCall(who))
    expect(standing(refused)).toContain('consent_missing')
    expect(refused).toMatchObject({ allowed: false })
    await agree(who)
    expect(standing(await ask(aiCall(who)))).not.toContain('consent_missing')
  })

  it('a text that is an offer and calls itself service', async () => {
    const who = await someone()
    const sent = await ask({ ...offer(who), channel: 'sms', purpose: 'service' } as Touch)
    expect(standing(sent)).toContain('purpose_does_not_fit')
  })

  it('what she asked not to get, and lets pass what she did not mean', async () => {
    const who = await someone()
    await inside((tx) => addOptOut(tx, place.as.member, { contactId: who.contactId, scope: 'marketing' }))
    expect(standing(await ask(offer(who)))).toContain('suppressed')
    expect(await ask(call(who, 'booking'))).toMatchObject({ allowed: true })
    await inside((tx) => addOptOut(tx, place.as.member, { contactId: who.contactId, scope: 'calls' }))
    expect(standing(await ask(call(who, 'booking')))).toContain('suppressed')
  })
})

it('calls back whoever called and did not reach anybody, without any register', async () => {
  const who = await someone()
  expect(await ask(call(who, 'missed_call'))).toMatchObject({ allowed: true })
})

describe('how a call may be recorded', () => {
  const recording = async (area: string) => {
    const answer = await ask(call(await someone(area), 'booking'))
    return answer.allowed ? answer.recording : null
  }
  const move = (address: string | null) =>
    test.asSuperuser(
      `insert into location (workspace_id, id, name, address, is_default, created_at, version) values ($1, gen_random_uuid(), 'Main', $2, true, now(), 1)
      on conflict (workspace_id) where is_default do update set address = excluded.address`,
      [place.workspaceId, address],
    )

  it('follows from where the business stands and where she may be; not known means that everybody has to know', async () => {
    expect(await recording('212')).toMatchObject({ consent: 'announce', places: ['unknown'] })
    await move('1 Broadway, New York, NY 10004')
    expect(await recording('212')).toMatchObject({ consent: 'one_party' })
    expect(await recording('213')).toMatchObject({ consent: 'announce', places: ['US-CA'] })
    await move('1 Broadway, somewhere')
    expect(await recording('212')).toMatchObject({ consent: 'announce', places: ['unknown'] })
  })
})

describe('the rules of the business', () => {
  it('are set with the version that was read, by those who may', async () => {
    const { version } = await inside((tx) => readContactPolicy(tx, place.as.read_only))
    await expect(inside((tx) => changeContactPolicy(tx, place.as.member, { rules: noOwnRules, version }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    await inside((tx) => changeContactPolicy(tx, place.as.manager, { rules: noOwnRules, version }))
    await expect(inside((tx) => changeContactPolicy(tx, place.as.manager, { rules: noOwnRules, version }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
  })

  it('only add to the law: a way that is off is off, and hours that are wider open nothing', async () => {
    const who = await someone()
    await rules({ channelsOff: ['email'] })
    expect(standing(await ask(offer(who)))).toContain('business_channel_off')
    await rules({ hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 }] })
    test.clock.set(night)
    expect(standing(await ask(call(who, 'campaign')))).toContain('outside_hours')
    await rules({})
  })

  it('give one slot of a cap to one of those who ask at the same moment, over all channels', async () => {
    const who = await someone()
    await agree(who, 'email')
    await rules({ caps: [{ count: 2, hours: 168 }] })
    expect(await ask(offer(who))).toMatchObject({ allowed: true })
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(offer(who))))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
    expect(answers.flatMap(standing)).toContain('business_cap_reached')
    expect(standing(await ask(call(who, 'campaign')))).toContain('business_cap_reached')
    // A permit that was not used gives its slot back when its time is over.
    test.clock.advance({ minutes: 6 })
    expect(await ask(offer(who))).toMatchObject({ allowed: true })
    await rules({})
  })

  it('count what was sent, and not what was asked', async () => {
    const who = await someone()
    await agree(who, 'email')
    await rules({ caps: [{ count: 1, hours: 168 }] })
    const first = await ask(offer(who))
    if (!first.allowed) throw new Error('The first offer should have been allowed.')
    await inside((tx) => usePermit(tx, first.permit, { sendId: tx.newId(), contactId: who.contactId, channel: 'email' }))
    test.clock.advance({ hours: 24 })
    expect(standing(await ask(offer(who)))).toContain('business_cap_reached')
    test.clock.advance({ hours: 24 * 7 })
    expect(await ask(offer(who))).toMatchObject({ allowed: true })
    await rules({})
  })
})

describe('a list before a launch', () => {
  it('is counted reason by reason, in parts that add up, and nothing is stored', async () => {
    const tagged: ContactId[] = []
    for (let n = 0; n < 3; n++) {
      tagged.push(
        await inside((tx) =>
          createContact(tx, place.as.owner, {
            name: `Listed ${n}`,
            points: [{ kind: 'email', value: `listed${n}@home.example` }],
            tags: ['Launch'],
          }),
        ),
      )
    }
    await inside((tx) => createContact(tx, place.as.owner, { name: 'Without', points: [], tags: ['Launch'] }))
    await inside((tx) => addOptOut(tx, place.as.member, { contactId: tagged[0] as ContactId, scope: 'marketing' }))
    const before = await test.asSuperuser('select count(*)::int as n from permit')
    const answer = await inside((tx) =>
      mayContactList(tx, place.as.read_only, { tag: 'launch', channel: 'email', purpose: 'marketing', voice: 'human' }),
    )
    expect(answer).toMatchObject({ checked: 4, next: null })
    expect(answer.reasons.find(({ code }) => code === 'suppressed')).toMatchObject({ count: 1, remedy: 'ask_her_to_opt_in' })
    expect(answer.reasons.find(({ code }) => code === 'no_contact_point')).toMatchObject({ count: 1, remedy: 'add_contact_point' })
    expect((await test.asSuperuser('select count(*)::int as n from permit')).rows).toEqual(before.rows)
  })

  it('is not for roles that may not ask', async () => {
    await expect(
      inside((tx) => mayContactList(tx, place.as.billing, { channel: 'email', purpose: 'marketing', voice: 'human' })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
  })
})

async function rules(change: Partial<typeof noOwnRules>): Promise<void> {
  await inside(async (tx) => {
    const { version } = await readContactPolicy(tx, place.as.owner)
    await changeContactPolicy(tx, place.as.owner, { rules: { ...noOwnRules, ...change }, version })
  })
}

async function load(registry: string, lines: string[]): Promise<void> {
  const { id: snapshotId } = await inside((tx) =>
    beginRegistry(tx, place.as.owner, { registry, asOf: test.clock().toString().slice(0, 10) }),
  )
  await inside((tx) => loadLines(tx, place.as.owner, { snapshotId, from: 0, lines }))
  await inside((tx) => finishRegistry(tx, place.as.owner, snapshotId))
}

/** A written consent to offers: by an artificial voice, or by mail. */
async function agree({ contactId, number, email }: Who, channel: 'call' | 'email' = 'call'): Promise<void> {
  await inside((tx) =>
    giveConsent(tx, place.as.owner, {
      contactId,
      point: channel === 'call' ? { kind: 'phone', value: number } : { kind: 'email', value: email },
      channel,
      purpose: 'marketing',
      level: 'pewc',
      automated: true,
      wording: {
        key: 'own',
        edition: '1',
        locale: 'en',
        words: 'I agree that Salon Ana reaches me with offers, also by an artificial voice.',
      },
      how: 'paper',
    }),
  )
}
