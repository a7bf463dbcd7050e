import type { KitKey, Role, WordingLocale } from '@frontdesk/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { consentKit } from './consent-kit.ts'
import { listConsents } from './list-consents.ts'
import { adoptWording, returnToReady } from './own-wordings.ts'
import { recordConsent } from './record-consent.ts'
import { consentSurroundings } from './surroundings.ts'

const test = await testDatabase()
consentSurroundings.provide({
  database: test.database,
  files: { put: () => Promise.reject(new Error('no files here')), get: () => Promise.reject(new Error('no files here')) },
  publicUrl: () => 'https://desk.example',
})
let place: TestWorkspace
beforeEach(async () => {
  place = await testWorkspace(test, 'Salón $& Ana')
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const written = 'I want mail with offers from {business}. I can stop whenever I like, and I do not have to agree in order to buy.'
const spoken = 'May {business} mail you offers? You can stop whenever you like, and you do not have to agree in order to buy.'
const adopt = (version: number, change: { written?: string; locale?: WordingLocale; key?: KitKey; role?: Role } = {}) => {
  const { role = 'owner', ...rest } = change
  return inside((tx) => adoptWording(tx, place.as[role], { key: 'mail_offers', locale: 'en', written, spoken, version, ...rest }))
}
const wording = async (locale = 'en') =>
  (await inside((tx) => consentKit(tx, place.as.owner, locale))).wordings.find(({ key }) => key === 'mail_offers')

describe('own words', () => {
  it('are refused while something is missing, which is named', async () => {
    await expect(adopt(0, { written: 'I agree to mail from {business}.' })).rejects.toMatchObject({
      type: 'privacy/wording-incomplete',
      facts: { missing: { written: ['purpose', 'stop', 'free'], spoken: [] } },
    })
    await expect(adopt(0, { written: `${written} {name}` })).rejects.toMatchObject({ type: 'privacy/wording-incomplete' })
    expect(await wording()).toMatchObject({ own: null, edition: '2026-11-29' })
  })

  it.each<Role>(['member', 'support', 'auditor', 'read_only'])('are not changed by the role %s', async (role) => {
    await expect(adopt(0, { role })).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('are refused where somebody else was quicker', async () => {
    await adopt(0)
    await expect(adopt(0)).rejects.toMatchObject({ type: 'http/version-mismatch' })
    await expect(inside((tx) => returnToReady(tx, place.as.owner, { key: 'mail_offers', locale: 'en', version: 7 }))).rejects.toMatchObject(
      { type: 'http/version-mismatch' },
    )
  })

  it('count in their language from now on, and what was agreed to before keeps its own [N14]', async () => {
    const contactId = await place.newContact('ann@home.example')
    const agree = () =>
      inside((tx) => recordConsent(tx, place.as.owner, { contactId, how: 'spoken', wording: { key: 'mail_offers', locale: 'en' } }))
    await agree()
    expect(await adopt(0)).toMatchObject({ own: { edition: 1 }, edition: 'own-1', ready: { written: expect.stringContaining('news') } })
    test.clock.advance({ minutes: 1 })
    await agree()
    await adopt(1, { written: `${written} Thank you.` })
    expect(await wording()).toMatchObject({ own: { edition: 2 }, texts: { spoken } })
    expect((await wording())?.written).toBe(
      'I want mail with offers from Salón $& Ana. I can stop whenever I like, and I do not have to agree in order to buy. Thank you.',
    )
    expect(await wording('es')).toMatchObject({ own: null, edition: '2026-11-29' })
    const [second, first] = await inside((tx) => listConsents(tx, place.as.owner, contactId))
    expect(first?.wording).toMatchObject({ edition: '2026-11-29' })
    expect(second?.wording).toMatchObject({
      key: 'mail_offers/spoken',
      edition: 'own-1',
      words: 'May Salón $& Ana mail you offers? You can stop whenever you like, and you do not have to agree in order to buy.',
    })
  })

  it('make room for the ready ones again, and number on', async () => {
    await adopt(0)
    expect(await inside((tx) => returnToReady(tx, place.as.owner, { key: 'mail_offers', locale: 'en', version: 1 }))).toMatchObject({
      own: null,
      edition: '2026-11-29',
    })
    expect(await adopt(0)).toMatchObject({ own: { edition: 2 } })
  })
})
