import { languageName, locales } from '@frontdesk/i18n'
import { useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import type { FormState } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ZonePicker } from '../../ui/zone-picker.tsx'
import { PlaceFields } from '../privacy/gate/place-fields.tsx'
import type { ContactValues } from './contact-form.ts'
import { PointsField } from './points-field.tsx'
import { membersQuery } from './queries.ts'
import { TagsField } from './tags-field.tsx'
import { contactsWords } from './words.ts'

export type ContactFieldsProps = {
  readonly form: FormState<ContactValues>
  /** With where she lives, as her own form has it. */
  readonly place?: boolean
}

/** All that can be filled in about somebody; what is rarely known is folded away. */
export function ContactFields({ form, place = false }: ContactFieldsProps) {
  const t = useWords(contactsWords)
  const members = useQuery(membersQuery).data?.items ?? []
  const { values, field } = form
  const languages = values.locale && !locales.some((locale) => locale === values.locale) ? [...locales, values.locale] : locales
  const details = useRef<HTMLDetailsElement>(null)
  const { livesCountry, livesAddress, livesSource, livesOn } = form.faults
  const placeIsWrong = [livesCountry, livesAddress, livesSource, livesOn].some(Boolean)
  useLayoutEffect(() => {
    // A fault that is folded away would be a form that does not go and does not say why.
    if (placeIsWrong && details.current) details.current.open = true
  }, [placeIsWrong])
  return (
    <>
      <TextField label={t('name')} hint={t('nameHint')} autoComplete="off" maxLength={200} {...field('name')} />
      <PointsField form={form} />
      <div className="grid gap-4 desk:grid-cols-2">
        <TextField label={t('company')} optional autoComplete="off" maxLength={200} {...field('company')} />
        <TextField label={t('companyRole')} optional autoComplete="off" maxLength={120} {...field('companyRole')} />
      </div>
      <TagsField value={values.tags} onChange={(tags) => form.set({ tags })} error={form.faults.tags} />
      <details ref={details} className="group rounded-lg border border-line px-4 py-2 open:pb-4">
        <summary className="flex min-h-(--control-sm) items-center gap-2 text-sm font-medium">
          <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
          {t('details')}
        </summary>
        <div className="grid gap-4 pt-3">
          <div className="grid gap-4 desk:grid-cols-2">
            <TextField label={t('givenName')} optional autoComplete="off" maxLength={120} {...field('givenName')} />
            <TextField label={t('familyName')} optional autoComplete="off" maxLength={120} {...field('familyName')} />
          </div>
          <Select
            label={t('language')}
            hint={t('languageHint')}
            {...field('locale')}
            options={[
              { value: '', label: t('businessLanguage') },
              ...languages.map((locale) => ({ value: locale as string, label: languageName(locale) })),
            ]}
          />
          <ZonePicker label={t('zone')} hint={t('zoneHint')} optional {...field('zone')} />
          {place && (
            <fieldset className="grid gap-4 rounded-md border border-line p-3">
              <legend className="px-1 text-sm font-medium">{t('lives')}</legend>
              <p className="text-xs text-ink-3">{t('livesHint')}</p>
              <PlaceFields
                country={field('livesCountry')}
                address={field('livesAddress')}
                source={field('livesSource')}
                asOf={field('livesOn')}
                optional
              />
            </fieldset>
          )}
          {members.length > 1 && (
            <Select
              label={t('owner')}
              {...field('ownerMemberId')}
              options={[{ value: '', label: t('nobody') }, ...members.map(({ id, name }) => ({ value: id as string, label: name }))]}
            />
          )}
        </div>
      </details>
    </>
  )
}
