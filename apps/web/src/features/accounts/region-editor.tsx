import { locales } from '@frontdesk/i18n'
import { tagFor, useLanguages } from '../../app/languages.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Select } from '../../ui/select.tsx'
import { ZonePicker } from '../../ui/zone-picker.tsx'
import { knownCurrencies } from './region.ts'
import type { RegionFieldsProps } from './region-fields.tsx'
import { accountsWords } from './words.ts'

/** The fields behind the guess. */
export function RegionEditor({ value, onChange }: RegionFieldsProps) {
  const t = useWords(accountsWords)
  const { tag } = useReader()
  const { choices } = useLanguages()
  const money = new Intl.DisplayNames([tag], { type: 'currency' })
  return (
    <div className="grid gap-4">
      <ZonePicker label={t('setup/zone')} value={value.zone} onChange={(zone) => onChange({ zone })} />
      <Combobox
        label={t('setup/currency')}
        value={value.currency}
        onChange={(currency) => onChange({ currency })}
        options={knownCurrencies.map((code) => ({ value: code, label: money.of(code) ?? code, note: code, words: [code] }))}
      />
      <Select
        label={t('setup/language')}
        value={locales.find((locale) => value.locale.startsWith(locale)) ?? 'en'}
        onChange={(locale) => onChange({ locale: tagFor(locale, navigator.languages) })}
        options={choices}
      />
    </div>
  )
}
