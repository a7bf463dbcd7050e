import { createHash } from 'node:crypto'
import { PolicyKind } from '@frontdesk/contract'
import { locales } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { archiveContact } from '../../contacts/testing.ts'
import { addProcessor } from '../registers/processors.ts'
import { changePrivacySettings } from '../settings/change-privacy-settings.ts'
import { newestSettings } from '../settings/read-privacy-settings.ts'
import { suppress } from '../suppression/suppress.ts'
import { channelsOf, publishPolicy } from './publish-policy.ts'
import { draftOf, listPolicies, listVersions, showDraft } from './read-policies.ts'
import { testPublisher } from './testing.ts'
import { acknowledgePolicy, listTold, policyNews } from './told-list.ts'
import { writeParagraphs } from './write-paragraphs.ts'

const test = await testDatabase()
const publisher = await testPublisher(test)
const { place, inside, publish, open, settle, mailsTo, slug } = publisher
const { owner, admin, member, privacy_officer: officer } = place.as

let dnt: 'honor' | 'ignore' = 'ignore'
/** Changes something that the privacy notice says. */
async function changeSomething(): Promise<void> {
  dnt = dnt === 'ignore' ? 'honor' : 'ignore'
  await set({ 'signals.dnt': dnt })
}
const set = (changes: Parameters<typeof changePrivacySettings>[2]['changes']) =>
  inside(async (tx) => changePrivacySettings(tx, owner, { changes, version: (await newestSettings(tx)).version }))
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('publishing refuses', () => {
  it('whoever may not, a draft that changed since it was looked at, and what says the same', async () => {
    const seal = await inside(async (tx) => (await draftOf(tx, 'privacy')).seal)
    await expect(inside((tx) => publishPolicy(tx, admin, { kind: 'privacy', weight: 'minor', seal }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    await changeSomething()
    await expect(inside((tx) => publishPolicy(tx, owner, { kind: 'privacy', weight: 'minor', seal }))).rejects.toMatchObject({
      type: 'privacy/draft-changed',
    })
    await publish(owner, 'privacy', 'minor')
    await expect(publish(owner, 'privacy', 'material')).rejects.toMatchObject({ type: 'privacy/nothing-to-publish' })
  })

  it('a new use with another document, or as a small change', async () => {
    const newUse = { key: 'survey_study', says: { en: 'A study', es: 'Un estudio', fr: 'Une étude' } }
    await expect(publish(owner, 'terms', 'material', newUse)).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(publish(owner, 'privacy', 'notable', newUse)).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it('own words in a section that is not there, or over those of somebody else', async () => {
    const paragraphs = [{ section: 'terms/book', locale: 'en' as const, text: 'Deposits are kept.' }]
    await expect(inside((tx) => writeParagraphs(tx, owner, { kind: 'privacy', paragraphs, version: 1 }))).rejects.toMatchObject({
      type: 'http/invalid-request',
    })
    await inside((tx) => writeParagraphs(tx, owner, { kind: 'terms', paragraphs, version: 1 }))
    await expect(inside((tx) => writeParagraphs(tx, officer, { kind: 'terms', paragraphs: [], version: 1 }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
  })
})

describe('the documents of a business', () => {
  it('say before the first version how it works now, and that nothing was published', async () => {
    const { status, text } = await open(`/legal/${slug}/cookies`)
    expect(status).toBe(200)
    expect(text).toContain('has not been published as a version yet')
    expect((await open(`/legal/${slug}`)).text).toContain('Not published as a version yet')
  })

  it('name who looks after privacy, and tell whoever publishes that nobody was chosen yet [O7]', async () => {
    const { officer: shown } = await inside((tx) => listPolicies(tx, owner))
    expect(shown).toEqual({ name: 'The owner', chosen: false })
    expect((await open(`/legal/${slug}/privacy`)).text).toContain('The owner')
  })

  it('show the short line beside each section, which counts where they differ [N8]', async () => {
    for (const locale of locales) {
      const { text } = await open(`/legal/${slug}/privacy?lang=${locale}`)
      const sections = [...text.matchAll(/<section class="clauses"[\s\S]*?<\/section>/g)].map(([section]) => section)
      expect(sections.length).toBeGreaterThan(5)
      for (const section of sections) expect(section).toMatch(/<p class="short"><span class="label">[^<]+<\/span> [^<]{10,}<\/p>/)
      expect(text).toContain({ en: 'the section counts', es: 'vale la sección', fr: 'c’est la section qui compte' }[locale])
    }
  })

  it('name each recipient with the way to its own policy [K12]', async () => {
    await inside((tx) =>
      addProcessor(tx, owner, {
        connection: null,
        name: 'Pay <Co>',
        kind: 'payment_provider',
        purposes: ['account'],
        categories: ['name', 'financial'],
        region: 'US',
        mechanism: 'none',
        contractRef: 'C-9',
        contractOn: null,
        policyUrl: 'https://pay.example/privacy',
        adheres: false,
        ended: false,
      }),
    )
    const { text } = await open(`/legal/${slug}/privacy`)
    expect(text).toContain('Pay &lt;Co&gt; (<a href="https://pay.example/privacy">pay.example/privacy</a>)')
  })

  it('are each at an address of their own, in every language, with the business’s name as text', async () => {
    for (const kind of PolicyKind.options) {
      if (kind !== 'privacy') await publish(owner, kind, 'minor')
      const { status, text } = await open(`/legal/${slug}/${kind}?lang=es`)
      expect(status, kind).toBe(200)
      expect(text).toContain('lang="es"')
      expect(text).not.toContain('Salón <Ana>')
    }
    expect((await open(`/legal/${slug}/anything`)).status).toBe(404)
    expect((await open('/legal/nobody/privacy')).status).toBe(404)
    expect((await open(`/legal/${slug}/privacy/versions/0`)).status).toBe(404)
    expect((await open(`/legal/${slug}/privacy/versions/99`)).status).toBe(404)
  })

  it('keep every version at its address, with the hash of the text that is served there [N1]', async () => {
    const first = await inside(async (tx) => (await listVersions(tx, owner, { kind: 'terms', limit: 10 })).items[0])
    const before = await open(`/legal/${slug}/terms/versions/1/text?lang=en`)
    expect(first?.texts.find(({ locale }) => locale === 'en')?.sha256).toBe(sha256(before.text))
    await inside((tx) =>
      writeParagraphs(tx, owner, {
        kind: 'terms',
        paragraphs: [{ section: 'terms/book', locale: 'en', text: 'Tips are welcome.' }],
        version: 2,
      }),
    )
    await publish(owner, 'terms', 'minor')
    expect(await open(`/legal/${slug}/terms/versions/1/text?lang=en`)).toEqual(before)
    expect((await open(`/legal/${slug}/terms/versions/1`)).text).toContain('This is an earlier version')
    const now = await open(`/legal/${slug}/terms`)
    expect(now.text).toContain('Tips are welcome.')
    expect(now.text).toContain(sha256((await open(`/legal/${slug}/terms/versions/2/text?lang=en`)).text))
    const { items } = await inside((tx) => listVersions(tx, owner, { kind: 'terms', limit: 10 }))
    expect(items.map(({ version, status }) => [version, status])).toEqual([
      [2, 'current'],
      [1, 'superseded'],
    ])
  })

  it('are revised on the day, and at the moment, of their publishing [N2]', async () => {
    test.clock.advance({ hours: 48 })
    await changeSomething()
    const { publishedAt, version } = await publish(owner, 'privacy', 'minor')
    expect(publishedAt).toBe(test.clock().toString())
    expect((await open(`/legal/${slug}/privacy`)).text).toContain(`datetime="${publishedAt}"`)
    expect((await open(`/legal/${slug}/privacy/versions/${version}/text`)).text).toContain(publishedAt)
  })

  it('say at once what a setting changed, before the next version has it [J16]', async () => {
    const plain = async () => (await open(`/legal/${slug}/privacy`)).text
    expect(await plain()).not.toContain('What has changed since')
    await changeSomething()
    const text = await plain()
    expect(text).toContain('What has changed since and counts already')
    expect(text).toMatch(/<del>Do Not Track.*<\/del>.*<ins>Do Not Track/s)
    const draft = await inside((tx) => showDraft(tx, owner, { kind: 'privacy', locale: 'fr' }))
    expect(draft.changes.map(({ id }) => id)).toEqual(['is/signals.dnt'])
    const { documents } = await inside((tx) => listPolicies(tx, owner))
    expect(documents.find(({ kind }) => kind === 'privacy')?.changes).toBe(1)
  })
})

describe('a change is told', () => {
  it('by its weight, as the settings have it [N7]', () => {
    expect(channelsOf('minor', 'email+banner')).toEqual({ banner: false, mail: false })
    expect(channelsOf('notable', 'email+banner')).toEqual({ banner: true, mail: false })
    expect(channelsOf('material', 'email+banner')).toEqual({ banner: true, mail: true })
    expect(channelsOf('material', 'banner')).toEqual({ banner: true, mail: false })
    expect(channelsOf('material', 'post_only')).toEqual({ banner: false, mail: false })
  })

  it('by mail to everybody who is active and can be written to, once, with what became of it; a small one to nobody [N3]', async () => {
    const active = await place.newContact('active@home.example')
    const stopped = await place.newContact('stopped@home.example')
    await inside((tx) => suppress(tx, owner, { kind: 'email', value: 'stopped@home.example', scope: 'all', cause: 'asked' }))
    const gone = await place.newContact('gone@home.example')
    await inside((tx) => archiveContact(tx, owner, gone))
    await publish(owner, 'privacy', 'minor')
    await settle()
    expect(await mailsTo(active)).toEqual([])

    await changeSomething()
    const { id, telling } = await publish(officer, 'privacy', 'material')
    expect(telling).toBe('running')
    await settle()
    await settle()
    expect((await mailsTo(active)).map(({ subject }) => subject)).toEqual(['A change at Salón <Ana>: the privacy notice'])
    // A legal notice passes every stop; who was put aside is not written to.
    expect(await mailsTo(stopped)).toHaveLength(1)
    expect(await mailsTo(gone)).toEqual([])
    const told = await inside((tx) => listTold(tx, owner, { versionId: id, limit: 1 }))
    expect(told.counts).toMatchObject({ mailed: 2, refused: 0 })
    expect(told.items).toMatchObject([{ contactId: active, outcome: 'mailed' }])
    expect(told.next).not.toBeNull()
    const rest = await inside((tx) => listTold(tx, owner, { versionId: id, limit: 5, cursor: told.next ?? '' }))
    expect(rest.items).toMatchObject([{ contactId: stopped, outcome: 'mailed' }])
    await expect(inside((tx) => listTold(tx, member, { versionId: id, limit: 5 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('by a notice on the pages and in the desk, until it is acknowledged or its time is over [N4]', async () => {
    await changeSomething()
    const { id } = await publish(owner, 'privacy', 'notable')
    const news = (by = member) => inside(async (tx) => (await policyNews(tx, by)).items.map(({ versionId }) => versionId))
    const onPages = async () => (await open(`/legal/${slug}/terms`)).text.includes('class="policy-news"')
    expect(await onPages()).toBe(true)
    expect(await news()).toContain(id)
    for (const versionId of await news()) await inside((tx) => acknowledgePolicy(tx, member, versionId))
    await inside((tx) => acknowledgePolicy(tx, member, id))
    expect(await news()).toEqual([])
    expect(await news(admin)).toContain(id)
    test.clock.advance({ hours: 24 * 31 })
    expect(await onPages()).toBe(false)
    expect(await news(admin)).toEqual([])
  })

  it('to nobody by mail where the settings say so', async () => {
    await set({ 'policy.notice': 'banner' })
    const contact = await place.newContact('banner@home.example')
    const { telling, noticeUntil } = await publish(owner, 'privacy', 'material')
    await settle()
    expect(telling).toBeNull()
    expect(noticeUntil).not.toBeNull()
    expect(await mailsTo(contact)).toEqual([])
    await set({ 'policy.notice': 'email+banner' })
  })
})
