import { expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { registerWith } from '../cookies/cookie-register.ts'
import { declareTag, liveTags, removeTag } from '../cookies/page-tags.ts'
import { acceptTerms, readTerms } from '../registers/team/processing-terms.ts'
import { requireTerms } from '../registers/team/require-terms.ts'
import { showDraft } from './read-policies.ts'
import { testPublisher } from './testing.ts'
import { writeParagraphs } from './write-paragraphs.ts'

const test = await testDatabase()
const { place, inside, publish, open, slug } = await testPublisher(test)
const { owner } = place.as

it('the public cookie statement names exactly what the register has, what providers of the business keep included [J2]', async () => {
  const shown = async () => {
    const { status, text } = await open(`/legal/${slug}/cookies`)
    expect(status).toBe(200)
    return [...text.matchAll(/data-clause="cookie\/([^"]+)"/g)].map(([, name]) => name).sort()
  }
  const registered = () => inside(async (tx) => registerWith(await liveTags(tx)).map(({ name }) => name))
  const names = async () => [...new Set(await registered())].sort()
  await publish(owner, 'cookies', 'minor')
  expect(await shown()).toEqual(await names())
  const tag = await inside((tx) =>
    declareTag(tx, owner, {
      name: 'Counter',
      provider: 'Counting Ltd',
      host: 'stats.example',
      script: '/count.js',
      class: 'statistics',
      purpose: 'Counts visits of this page.',
      cookies: [{ name: '_count', days: 30 }],
    }),
  )
  await publish(owner, 'cookies', 'minor')
  expect(await shown()).toContain('_count')
  expect(await shown()).toEqual(await names())
  await inside((tx) => removeTag(tx, owner, tag.id))
  await publish(owner, 'cookies', 'minor')
  expect(await shown()).not.toContain('_count')
  expect(await shown()).toEqual(await names())
})

it('terms of processing are accepted by the version and hash of the published agreement, and a new version has to be accepted again [K10]', async () => {
  const accept = async () => {
    const { version, sha256: hash } = await inside((tx) => readTerms(tx, owner))
    return inside((tx) => acceptTerms(tx, owner, { version, sha256: hash }))
  }
  const shipped = await accept()
  await inside(requireTerms)
  const first = await publish(owner, 'dpa', 'notable')
  expect(await inside((tx) => readTerms(tx, owner))).toMatchObject({ version: 'dpa-1', accepted: false })
  await expect(inside(requireTerms)).rejects.toMatchObject({ type: 'privacy/terms-not-accepted' })
  await expect(inside((tx) => acceptTerms(tx, owner, { version: shipped.version, sha256: shipped.sha256 }))).rejects.toMatchObject({
    type: 'http/conflict',
  })
  const accepted = await accept()
  const inEnglish = first.texts.find(({ locale }) => locale === 'en')
  expect(accepted).toMatchObject({ accepted: true, version: 'dpa-1', sha256: inEnglish?.sha256 })
  expect(accepted.acceptances[0]).toMatchObject({ version: 'dpa-1', sha256: inEnglish?.sha256, by: 'The owner' })
  expect((await open(`/legal/${slug}/dpa`)).text).toContain(accepted.sha256)
  await inside(requireTerms)
  const { sections, version } = await inside((tx) => showDraft(tx, owner, { kind: 'dpa', locale: 'en' }))
  const paragraphs = [{ section: sections[0]?.id ?? '', locale: 'en' as const, text: 'Data stay in Canada.' }]
  await inside((tx) => writeParagraphs(tx, owner, { kind: 'dpa', paragraphs, version }))
  await publish(owner, 'dpa', 'material')
  await expect(inside(requireTerms)).rejects.toMatchObject({ type: 'privacy/terms-not-accepted' })
  expect(await accept()).toMatchObject({ accepted: true, version: 'dpa-2' })
  await inside(requireTerms)
})
