import { channels, purposeOf, purposes, reasonTable } from '@frontdesk/contact-rules'
import { describe, expect, it } from 'vitest'
import { words } from '../../apps/web/src/locales/en/may-contact.ts'

// The other languages have every key of the English words by their type.
const missing = (keys: readonly string[]) => keys.filter((key) => !Object.hasOwn(words, key))

describe('the screens have words', () => {
  it('for every reason of the gate', () => {
    expect(missing(Object.keys(reasonTable).map((code) => `reason/${code}`))).toEqual([])
  })

  it('for every step that would allow it', () => {
    const steps = new Set(Object.values(reasonTable).flatMap(({ step }) => step ?? []))
    expect(missing([...steps].map((step) => `step/${step}`))).toEqual([])
  })

  it('for everything a touch can hang on', () => {
    expect(missing(Object.keys(purposeOf).map((type) => `type/${type}`))).toEqual([])
  })

  it('for every way to reach somebody and every purpose', () => {
    expect(missing([...channels.map((channel) => `channel/${channel}`), ...purposes.map((purpose) => `purpose/${purpose}`)])).toEqual([])
  })
})
