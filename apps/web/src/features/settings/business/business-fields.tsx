import { locales } from '@frontdesk/i18n'
import { tagFor, useLanguages } from '../../../app/languages.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { logoAddress } from '../../../lib/logo.ts'
import { ColorField } from '../../../ui/color-field.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import type { FormState } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { ZonePicker } from '../../../ui/zone-picker.tsx'
import { knownCountries, knownCurrencies } from '../../accounts/region.ts'
import { PagePreview } from '../../onboarding/page-preview.tsx'
import type { BusinessValues } from './business-form.ts'
import { LogoSection } from './logo-section.tsx'
import type { Workspace } from './queries.ts'
import { SlugField } from './slug-field.tsx'
import { businessWords } from './words.ts'

export type BusinessFieldsProps = {
  readonly form: FormState<BusinessValues>
  /** As it is now, the logo included. */
  readonly workspace: Workspace
  /** The public address that the form began with. */
  readonly present: string
}

/** Everything that is set about a business. */
export function BusinessFields({ form, workspace, present }: BusinessFieldsProps) {
  const t = useWords(businessWords)
  return (
    <>
      <Section title={t('nameTitle')}>
        <div className="grid max-w-104 gap-4">
          <TextField label={t('name')} hint={t('nameHint')} maxLength={120} autoComplete="organization" {...form.field('name')} />
          <SlugField {...form.field('slug')} present={present} />
          <TextField label={t('industry')} optional maxLength={120} {...form.field('industry')} />
        </div>
      </Section>
      <LogoSection workspace={workspace} />
      <Section title={t('lookTitle')} intro={t('lookIntro')}>
        <ColorField label={t('brandColour')} {...form.field('brandColour')} />
        <div className="-mx-4 max-w-96">
          <PagePreview business={form.values.name} brand={form.values.brandColour} zone={form.values.zone} logo={logoAddress(workspace)} />
        </div>
      </Section>
      <Region form={form} />
      <Section title={t('reachTitle')} intro={t('reachIntro')}>
        <div className="grid max-w-104 gap-4">
          <TextField label={t('phone')} optional type="tel" autoComplete="tel" {...form.field('phone')} />
          <TextField label={t('email')} optional type="email" autoComplete="email" {...form.field('email')} />
          <TextField label={t('website')} optional type="url" autoComplete="url" placeholder="https://" {...form.field('website')} />
          <TextArea label={t('address')} optional rows={2} maxLength={500} {...form.field('address')} />
        </div>
      </Section>
    </>
  )
}

function Region({ form }: { readonly form: FormState<BusinessValues> }) {
  const t = useWords(businessWords)
  const { tag } = useReader()
  const { choices } = useLanguages()
  const money = new Intl.DisplayNames([tag], { type: 'currency' })
  const places = new Intl.DisplayNames([tag], { type: 'region' })
  const countries = knownCountries
    .map((code) => ({ value: code, label: places.of(code) ?? code, note: code, words: [code] }))
    .toSorted((a, b) => a.label.localeCompare(b.label, tag))
  const locale = form.field('locale')
  return (
    <Section title={t('regionTitle')} intro={t('regionIntro')}>
      <div className="grid max-w-104 gap-4">
        <ZonePicker label={t('zone')} hint={t('zoneHint')} {...form.field('zone')} />
        <Select
          label={t('locale')}
          {...locale}
          value={locales.find((one) => locale.value.startsWith(one)) ?? 'en'}
          onChange={(chosen) => locale.onChange(tagFor(chosen, [locale.value, ...navigator.languages]))}
          options={choices}
        />
        <Combobox
          label={t('currency')}
          hint={t('currencyHint')}
          {...form.field('currency')}
          options={withPresent(knownCurrencies, form.values.currency).map((code) => ({
            value: code,
            label: money.of(code) ?? code,
            note: code,
            words: [code],
          }))}
        />
        <Combobox label={t('country')} optional {...form.field('country')} options={[{ value: '', label: t('noCountry') }, ...countries]} />
      </div>
    </Section>
  )
}

const withPresent = (codes: readonly string[], present: string): readonly string[] =>
  codes.includes(present) ? codes : [present, ...codes]
