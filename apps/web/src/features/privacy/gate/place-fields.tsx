import { useReader, useWords } from '../../../lib/i18n.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import type { FieldProps } from '../../../ui/field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { knownCountries } from '../../accounts/region.ts'
import { rulesWords } from './words.ts'

type Bound = Pick<FieldProps<string>, 'name' | 'value' | 'onChange' | 'error'>

export type PlaceFieldsProps = {
  readonly country: Bound
  readonly address: Bound
  /** How it is known. */
  readonly source: Bound
  readonly asOf: Bound
  /** Nothing of it has to be filled in. */
  readonly optional?: boolean
}

/** Where somebody lives, as far as the rules ask, with how it is known and since when. */
export function PlaceFields({ country, address, source, asOf, optional = false }: PlaceFieldsProps) {
  const t = useWords(rulesWords)
  const { tag } = useReader()
  const places = new Intl.DisplayNames([tag], { type: 'region' })
  return (
    <>
      <Combobox
        label={t('factCountry')}
        optional={optional}
        {...country}
        options={knownCountries
          .map((code) => ({ value: code, label: places.of(code) ?? code, note: code, words: [code] }))
          .toSorted((a, b) => a.label.localeCompare(b.label, tag))}
      />
      <TextField label={t('factAddress')} hint={t('factAddressHint')} optional={optional} maxLength={500} {...address} />
      <TextField label={t('placeFrom')} hint={t('placeFromHint')} optional={optional} maxLength={120} {...source} />
      <DateField label={t('placeOn')} hint={t('dayToday')} optional={optional} {...asOf} />
    </>
  )
}
