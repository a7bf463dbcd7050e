import { RefusalGround, RequestRegion as Regions } from '@frontdesk/contract'
import { locales } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { mayUse } from '../policies/data-use.ts'
import { changePrivacySettings } from '../settings/change-privacy-settings.ts'
import { closeRequest, refuseRequest } from './answer-request.ts'
import { testCases } from './cases.testing.ts'
import { loadRequest } from './find-request.ts'
import { extendRequest } from './pause-request.ts'
import { requestTranslator } from './request.words.ts'
import { testOffice } from './testing.ts'
import { confirmByLink } from './verify-request.ts'

const test = await testDatabase()
const office = await testOffice(test)
const { place, inside } = office
const { owner } = place.as
const { asked, proven, state } = testCases(office)
const conflict = { type: 'http/conflict' }

describe('somebody who lives in California', () => {
  const day = (id: string) => inside(async (tx) => (await loadRequest(tx, owner, id)).due?.day)
  it.each(['access', 'portability', 'erasure', 'rectification'] as const)(
    'has 45 days for %s that no check of identity stops, 90 with a notice, and the agency named [M23]',
    async (kind) => {
      const { id, contactId } = await asked(kind, { region: 'us_california' })
      const seen = await state(id)
      expect(seen).toMatchObject({ regime: 'ccpa.request', pauseReasons: [] })
      const from = Temporal.Instant.from(seen.receivedAt).toZonedDateTimeISO('America/New_York').toPlainDate()
      expect(await day(id)).toBe(from.add({ days: 45 }).toString())
      await inside((tx) => confirmByLink(tx, place.visitor, { requestId: id }))
      await inside((tx) => extendRequest(tx, owner, { requestId: id, because: 'Many files' }))
      expect(await day(id)).toBe(from.add({ days: 90 }).toString())
      await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'law_requires_keeping', text: 'The tax office wants it' }))
      expect((await office.lettersOf(contactId)).at(-1)?.text).toContain('California Privacy Protection Agency')
    },
  )

  it('is not sold, shared or profiled from the moment of asking, without any proof [M23]', async () => {
    const { id, contactId } = await asked('opt_out', { region: 'us_california' })
    expect(await state(id)).toMatchObject({ regime: 'ccpa.opt_out', proofLevel: 'none', work: [{ kind: 'opt_out', state: 'done' }] })
    expect(await office.rowsOf('select scope from suppression where contact_id = $1', [contactId])).toEqual([{ scope: 'marketing' }])
    for (const use of ['third_party_marketing', 'profile_sharing', 'profiling'])
      expect(await inside((tx) => mayUse(tx, contactId, use)), use).toMatchObject({ allowed: false })
    expect(await inside((tx) => mayUse(tx, contactId, 'profiling'))).toEqual({ allowed: false, reason: 'said_no_to_sharing' })
  })
})

describe('a refusal and the end of a case', () => {
  it.each(Regions.options)('name the authority of %s in the letter, in the page and in every language [O6]', async (region) => {
    for (const locale of ['en', 'es', 'fr'] as const)
      expect(requestTranslator(locale)(`authority/${region}`)).toMatch(/\w\.\w|authority|autor/i)
    const { id, contactId } = await proven('access', { region })
    await inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'unfounded', text: 'No' }))
    await inside((tx) => closeRequest(tx, owner, id))
    const authority = requestTranslator('en')(`authority/${region}`)
    const texts = (await office.lettersOf(contactId)).map(({ text }) => text.replace(/\s+/g, ' '))
    expect(texts.filter((text) => text.includes(authority))).toHaveLength(2)
    expect(texts.at(-2)).toContain(requestTranslator('en')('ground/unfounded'))
  })

  it('take the law of a place for no ground where the business gives everybody all rights [Q5]', async () => {
    const { id } = await proven('access', { region: 'elsewhere' })
    const refuse = () => inside((tx) => refuseRequest(tx, owner, { requestId: id, ground: 'outside_law', text: 'Not here' }))
    expect((await state(id)).grounds).not.toContain('outside_law')
    await expect(refuse()).rejects.toMatchObject(conflict)
    await inside((tx) => changePrivacySettings(tx, owner, { changes: { 'rights.extend_to_all': 'by_location' }, version: 1 }))
    expect((await state(id)).grounds).toContain('outside_law')
    await refuse()
    expect(await state(id)).toMatchObject({ state: 'refused', refusalGround: 'outside_law' })
  })

  it.each(locales)('have a sentence of its own for every ground, in %s', (locale) => {
    const t = requestTranslator(locale)
    const sentences = RefusalGround.options.map((ground) => t(`ground/${ground}`))
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.{10,}\.$/u)
    expect(new Set(sentences).size).toBe(RefusalGround.options.length)
  })
})
