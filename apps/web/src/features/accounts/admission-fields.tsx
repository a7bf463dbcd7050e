import { everyCountry } from '../../lib/countries.ts'
import { type TranslatorOf, useReader, useWords } from '../../lib/i18n.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import type { Faults, FormState } from '../../ui/form.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { SignUpPolicy } from './sign-up-policy.ts'
import { accountsWords } from './words.ts'

/** What somebody is asked before she has an account or a place; of age and country neither is kept. */
export type AdmissionValues = { age: string; country: string; agreed: boolean }

/** What is asked here. */
export type AdmissionAsks = {
  readonly age: boolean
  readonly country: boolean
  readonly transfer: SignUpPolicy['transfer']
}

/** Nothing said yet. */
export const admissionStart: AdmissionValues = { age: '', country: '', agreed: false }

/** Where its refusals stand. */
export const admissionBeside = {
  'accounts/country-not-served': 'country',
  'accounts/too-young': 'age',
  'accounts/age-not-confirmed': 'age',
  'accounts/transfer-not-agreed': 'agreed',
} as const

const goesAbroad = ({ transfer }: AdmissionAsks, country: string): boolean =>
  transfer !== null && country !== '' && !transfer.home.includes(country)

/** What is missing. */
export const admissionFaults = (
  { age, country, agreed }: AdmissionValues,
  asks: AdmissionAsks,
  t: TranslatorOf<typeof accountsWords>,
): Faults<AdmissionValues> => ({
  age: !asks.age || (/^\d{1,3}$/.test(age.trim()) && Number(age) <= 150) ? undefined : t('signUp/ageWrong'),
  country: asks.country && country === '' ? t('signUp/countryWrong') : undefined,
  agreed: goesAbroad(asks, country) && !agreed ? t('signUp/transferWrong') : undefined,
})

/** Her agreement as the API takes it, where she gave one. */
export const transferSaid = ({ transfer }: AdmissionAsks, { agreed }: AdmissionValues, locale: 'en' | 'es' | 'fr') =>
  transfer !== null && agreed ? { transfer: { destination: transfer.destination, edition: transfer.edition, locale } } : {}

/** What `AdmissionFields` is given. */
export type AdmissionFieldsProps = {
  readonly form: Pick<FormState<AdmissionValues>, 'field' | 'values' | 'faults'>
  readonly asks: AdmissionAsks
  /** The countries whose people are served; null: all. */
  readonly countries: readonly string[] | null
}

/** How old she is, where she lives, and whether her data may go to another country. */
export function AdmissionFields({ form, asks, countries }: AdmissionFieldsProps) {
  const t = useWords(accountsWords)
  const { tag, locale } = useReader()
  const names = new Intl.DisplayNames([tag], { type: 'region' })
  const { transfer } = asks
  return (
    <>
      {asks.age && (
        <TextField
          label={t('signUp/howOld')}
          hint={t('signUp/howOldHint')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={3}
          {...form.field('age')}
        />
      )}
      {asks.country && (
        <Combobox
          label={t('signUp/country')}
          hint={t('signUp/countryHint')}
          options={(countries ?? everyCountry).map((code) => ({ value: code, label: names.of(code) ?? code, words: [code] }))}
          {...form.field('country')}
        />
      )}
      {/* A proxy may see another country than the one she named: then the refusal brings it up. */}
      {transfer && (goesAbroad(asks, form.values.country) || form.values.agreed || form.faults.agreed) && (
        <Checkbox label={transfer.words[locale]} {...form.field('agreed')} />
      )}
    </>
  )
}
