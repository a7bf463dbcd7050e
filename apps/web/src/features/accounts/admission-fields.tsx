import { everyCountry } from '../../lib/countries.ts'
import { type TranslatorOf, useReader, useWords } from '../../lib/i18n.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import type { Faults, FormState } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { accountsWords } from './words.ts'

/** What everybody is asked who opens an account herself; neither answer is kept. */
export type AdmissionValues = { age: string; country: string }

/** Nothing said yet. */
export const admissionStart: AdmissionValues = { age: '', country: '' }

/** Where its refusals stand. */
export const admissionBeside = { 'accounts/country-not-served': 'country', 'accounts/too-young': 'age' } as const

/** What is missing. */
export const admissionFaults = ({ age, country }: AdmissionValues, t: TranslatorOf<typeof accountsWords>): Faults<AdmissionValues> => ({
  age: /^\d{1,3}$/.test(age.trim()) && Number(age) <= 150 ? undefined : t('signUp/ageWrong'),
  country: country === '' ? t('signUp/countryWrong') : undefined,
})

/** What `AdmissionFields` is given. */
export type AdmissionFieldsProps = {
  readonly form: Pick<FormState<AdmissionValues>, 'field'>
  /** The countries whose people are served; null: all. */
  readonly countries: readonly string[] | null
}

/** How old she is, and where she lives. */
export function AdmissionFields({ form, countries }: AdmissionFieldsProps) {
  const t = useWords(accountsWords)
  const { tag } = useReader()
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  return (
    <>
      <TextField
        label={t('signUp/howOld')}
        hint={t('signUp/howOldHint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        {...form.field('age')}
      />
      <Combobox
        label={t('signUp/country')}
        hint={t('signUp/countryHint')}
        options={(countries ?? everyCountry).map((code) => ({ value: code, label: names.of(code) ?? code, words: [code] }))}
        {...form.field('country')}
      />
    </>
  )
}
