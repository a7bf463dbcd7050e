import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { archiveContact } from '../../contacts/testing.ts'
import { changePrivacySettings } from '../settings/change-privacy-settings.ts'
import { newestSettings } from '../settings/read-privacy-settings.ts'
import { suppress } from '../suppression/suppress.ts'
import { collectedUnder } from './collected-under.ts'
import { decideUse, type UseFacts } from './data-use.rules.ts'
import { answerUse, mayShareForMarketing, mayUse } from './data-use.ts'
import { newUsePath } from './new-use-link.ts'
import { inEveryLanguage, testPublisher } from './testing.ts'

const test = await testDatabase()
const { place, inside, publish, open, settle, mailsTo, lettersTo, rowsOf } = await testPublisher(test)
const { owner, member } = place.as
const set = (changes: Parameters<typeof changePrivacySettings>[2]['changes']) =>
  inside(async (tx) => changePrivacySettings(tx, owner, { changes, version: (await newestSettings(tx)).version }))
const may = (contactId: Awaited<ReturnType<typeof place.newContact>>, key: string) => inside((tx) => mayUse(tx, contactId, key))

const silent: UseFacts = {
  mode: 'opt_in',
  answer: null,
  objected: false,
  saidNoToSharing: false,
  underAge: false,
  named: false,
  told: false,
  stopped: false,
  inactive: false,
}

describe('a new use', () => {
  it.each<[string, Partial<UseFacts>, boolean, string]>([
    ['switched off', { mode: 'off', answer: 'yes' }, false, 'switched_off'],
    ['somebody put aside or restricted', { inactive: true, answer: 'yes' }, false, 'inactive'],
    ['somebody under age, whatever she said', { underAge: true, answer: 'yes' }, false, 'under_age'],
    ['a decided objection', { objected: true, answer: 'yes', named: true }, false, 'objected'],
    ['the signal of a browser, whatever was agreed to', { saidNoToSharing: true, answer: 'yes' }, false, 'said_no_to_sharing'],
    ['a no, whatever the notice said', { answer: 'no', named: true }, false, 'said_no'],
    ['a yes', { answer: 'yes' }, true, 'said_yes'],
    ['somebody who ended offers', { stopped: true, told: true, mode: 'opt_out' }, false, 'opted_out'],
    ['data that came under a notice with it', { named: true }, true, 'named_when_collected'],
    ['silence where a yes is needed', { told: true }, false, 'not_asked'],
    ['silence where she was told and could say no', { mode: 'opt_out', told: true }, true, 'told'],
    ['silence where the law lets it rest on an interest', { mode: 'until_objected' }, true, 'not_objected'],
    ['a no where the law lets it rest on an interest', { mode: 'until_objected', answer: 'no' }, false, 'said_no'],
    ['silence of somebody whom nobody told', { mode: 'opt_out' }, false, 'not_asked'],
  ])('%s', (_what, change, allowed, reason) => {
    expect(decideUse({ ...silent, ...change })).toEqual({ allowed, reason })
  })

  it('leaves data of before unused until a yes, asks nobody who opted out, and heeds a later no [N5] [M22]', async () => {
    await publish(owner, 'privacy', 'minor')
    test.clock.advance({ hours: 1 })
    const early = await place.newContact('early@home.example')
    const quiet = await place.newContact('quiet@home.example')
    await inside((tx) => suppress(tx, owner, { kind: 'email', value: 'quiet@home.example', scope: 'marketing', cause: 'asked' }))
    const gone = await place.newContact('gone@home.example')
    await inside((tx) => archiveContact(tx, owner, gone))
    test.clock.advance({ hours: 1 })
    await publish(owner, 'privacy', 'material', {
      key: 'study',
      says: inEveryLanguage('A study on satisfaction, with your name left out.'),
    })
    await settle()
    await settle()

    expect(await may(early, 'study')).toEqual({ allowed: false, reason: 'not_asked' })
    expect(await may(quiet, 'study')).toEqual({ allowed: false, reason: 'opted_out' })
    expect(await may(gone, 'study')).toEqual({ allowed: false, reason: 'inactive' })
    expect(await mailsTo(gone)).toEqual([])
    // She is told of the change with the question; whoever ended offers is told of the change alone.
    expect((await lettersTo(early))[0]).toContain('A study on satisfaction')
    expect((await lettersTo(early))[0]).toContain('https://desk.example/new-use/')
    expect(await lettersTo(quiet)).toHaveLength(1)
    expect((await lettersTo(quiet))[0]).not.toMatch(/A study on satisfaction|new-use/)
    const [use] = await rowsOf('select id from data_use where key = $1', ['study'])
    const link = await inside(async (tx) => newUsePath(tx, early, 'study'))
    const asked = await open(link)
    expect(asked.text).toContain('A study on satisfaction')
    expect(asked.text).not.toMatch(/checked|selected/)
    expect(await may(early, 'study')).toMatchObject({ allowed: false })
    expect((await open(link, { answer: 'yes' })).text).toContain('You said yes.')
    expect(await may(early, 'study')).toEqual({ allowed: true, reason: 'said_yes' })
    await inside((tx) => answerUse(tx, member, { contactId: early, useId: use.id, answer: 'no', how: 'told', locale: 'en-US' }))
    expect(await may(early, 'study')).toEqual({ allowed: false, reason: 'said_no' })
    expect(await rowsOf('select answer, how from data_use_answer order by id')).toEqual([
      { answer: 'yes', how: 'link' },
      { answer: 'no', how: 'told' },
    ])
    expect((await open('/new-use/forged')).status).toBe(410)
    const later = await place.newContact('later@home.example')
    expect(await may(later, 'study')).toEqual({ allowed: true, reason: 'named_when_collected' })
  })

  it('is each a question of its own: what nobody introduced is unused, and a yes to one is no yes to another [K11]', async () => {
    const contact = await place.newContact('other@home.example')
    test.clock.advance({ hours: 1 })
    await publish(owner, 'privacy', 'material', { key: 'partner_study', says: inEveryLanguage('A study of the university.') })
    await settle()
    await settle()
    const [use] = await rowsOf('select id from data_use where key = $1', ['partner_study'])
    await inside((tx) => answerUse(tx, member, { contactId: contact, useId: use.id, answer: 'yes', how: 'told', locale: 'en-US' }))
    expect(await may(contact, 'partner_study')).toEqual({ allowed: true, reason: 'said_yes' })
    for (const other of ['anything_else', 'third_party_marketing', 'profiling', 'training'])
      expect(await may(contact, other)).toMatchObject({ allowed: false })
    expect(await may(contact, 'anything_else')).toEqual({ allowed: false, reason: 'not_asked' })
  })

  it('leaves data under the version under which they came, also after the next one [N6]', async () => {
    const at = test.clock()
    const before = await inside((tx) => collectedUnder(tx, at))
    test.clock.advance({ hours: 1 })
    await set({ 'signals.dnt': 'honor' })
    const next = await publish(owner, 'privacy', 'minor')
    expect(await inside((tx) => collectedUnder(tx, at))).toEqual(before)
    expect(await inside((tx) => collectedUnder(tx, test.clock()))).toMatchObject({ version: next.version })
    expect(await inside((tx) => collectedUnder(tx, Temporal.Instant.from('2020-01-01T00:00:00Z')))).toBeNull()
  })
})

describe('data go to others who advertise', () => {
  it('to nobody while it is off; by a yes; or unless she said no, once she was asked [K2] [K6]', async () => {
    const contact = await place.newContact('shared@home.example')
    const share = () => inside((tx) => mayShareForMarketing(tx, contact))
    expect(await share()).toEqual({ allowed: false, reason: 'switched_off' })
    await set({ 'sharing.third_party_marketing': 'opt_in' })
    await publish(owner, 'privacy', 'material', {
      key: 'third_party_marketing',
      says: inEveryLanguage('Others may write to you about theirs.'),
    })
    await settle()
    await settle()
    expect(await share()).toEqual({ allowed: false, reason: 'not_asked' })
    await set({ 'sharing.third_party_marketing': 'opt_out' })
    expect(await share()).toEqual({ allowed: true, reason: 'told' })
    const [use] = await rowsOf('select id from data_use where key = $1', ['third_party_marketing'])
    const answer = (said: 'yes' | 'no') =>
      inside((tx) => answerUse(tx, member, { contactId: contact, useId: use.id, answer: said, how: 'told', locale: 'en' }))
    await answer('no')
    expect(await share()).toEqual({ allowed: false, reason: 'said_no' })
    await set({ 'sharing.third_party_marketing': 'opt_in' })
    await answer('yes')
    expect(await share()).toEqual({ allowed: true, reason: 'said_yes' })
    await set({ 'sharing.third_party_marketing': 'off' })
    expect(await share()).toEqual({ allowed: false, reason: 'switched_off' })
  })
})
