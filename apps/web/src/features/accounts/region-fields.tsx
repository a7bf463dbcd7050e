import { formats, locales, zoneCity } from '@frontdesk/i18n'
import { useState } from 'react'
import { tagFor, useLanguages } from '../../app/languages.ts'
import { useMinute } from '../../lib/clock.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Select } from '../../ui/select.tsx'
import { ZonePicker } from '../../ui/zone-picker.tsx'
import { linkLook } from './entrance.tsx'
import { guessRegion, knownCurrencies } from './region.ts'
import { accountsWords } from './words.ts'

/** Where a business works: its clock, its money, the language of its customers. */
export type BusinessRegion = { readonly zone: string; readonly locale: string; readonly currency: string; readonly country: string }

/** A first guess from the browser. */
export function useRegion(): BusinessRegion {
  const { zone, locale } = useReader()
  const [region] = useState(() => ({ zone, locale: tagFor(locale, navigator.languages), ...guessRegion(navigator.languages, zone) }))
  return region
}

/** The guess in one line, and the fields behind "Change": nobody has to fill in what a browser knows. */
export function RegionFields({
  value,
  onChange,
}: {
  readonly value: BusinessRegion
  readonly onChange: (change: Partial<BusinessRegion>) => void
}) {
  const t = useWords(accountsWords)
  const { tag } = useReader()
  const now = useMinute()
  const { choices } = useLanguages()
  const [open, setOpen] = useState(false)
  const money = new Intl.DisplayNames([tag], { type: 'currency' })
  if (!open) {
    const zone = formats(tag, value.zone).zoneName(now)
    return (
      <p className="text-sm text-ink-2">
        {t('setup/guess', { zone: `${zone} (${zoneCity(value.zone)})`, currency: value.currency })}{' '}
        <button type="button" className={linkLook} onClick={() => setOpen(true)}>
          {t('setup/change')}
        </button>
      </p>
    )
  }
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
