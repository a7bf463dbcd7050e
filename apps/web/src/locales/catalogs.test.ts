import { globSync } from 'node:fs'
import path from 'node:path'
import { type Catalog, catalogProblems, locales, type Words } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'

const folder = import.meta.dirname
const features = globSync('en/*.ts', { cwd: folder }).map((file) => path.basename(file, '.ts'))

const load = async (locale: string, feature: string): Promise<Words> =>
  ((await import(path.join(folder, locale, `${feature}.ts`))) as { words: Words }).words

describe('the words of the screens', () => {
  it('are in every language', () => {
    expect(features.length).toBeGreaterThan(5)
    for (const locale of locales) {
      const found = globSync(`${locale}/*.ts`, { cwd: folder }).map((file) => path.basename(file, '.ts'))
      expect(found.sort(), locale).toEqual([...features].sort())
    }
  })

  it.each(features)('say the same everywhere: %s', async (feature) => {
    const catalog: Catalog = { en: await load('en', feature), es: await load('es', feature), fr: await load('fr', feature) }
    expect(catalogProblems(catalog)).toEqual([])
  })

  it.each(features)('are plain and calm: %s', async (feature) => {
    for (const locale of locales) {
      const texts = Object.values(await load(locale, feature)).flatMap((word) => (typeof word === 'string' ? [word] : Object.values(word)))
      expect(
        texts.filter((text) => /!$|!\s/.test(text)),
        locale,
      ).toEqual([])
    }
  })
})
