import { PrivacySettings } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { words } from '../../../locales/en/privacy-settings.ts'
import { wordOf } from './words.ts'

/** Every value that a setting can have, as its schema lists them. */
const valuesOf = (schema: object): readonly unknown[] => ('values' in schema && schema.values instanceof Set ? [...schema.values] : [])

describe('the words of the settings', () => {
  it('name every setting, and say what every choice means', () => {
    for (const [key, schema] of Object.entries(PrivacySettings.shape)) {
      expect(() => wordOf(`name/${key}`), key).not.toThrow()
      for (const value of valuesOf(schema)) expect(() => wordOf(`choice/${key}/${value}`), key).not.toThrow()
    }
  })

  it('are about settings that exist, and about nothing else', () => {
    const spoken = Object.keys(words)
      .filter((word) => /^(name|choice)\//.test(word))
      .map((word) => word.split('/')[1])
    expect(new Set(spoken)).toEqual(new Set(Object.keys(PrivacySettings.shape)))
  })
})
