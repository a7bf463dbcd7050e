import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Checkbox, RadioGroup } from '../../ui/checkbox.tsx'
import { HueField } from '../../ui/color-field.tsx'
import type { Faults, FormState } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { staffQuery } from '../calendar/queries.ts'
import { type ServiceValues, withCurrent } from './service-form.ts'
import { servicesWords } from './words.ts'

type SectionProps = { readonly form: FormState<ServiceValues> & { readonly faults: Faults<ServiceValues> } }

/** What a field needs, with the faults that the server named differently. */
const fieldOf = ({ form }: SectionProps) =>
  function field<Name extends keyof ServiceValues>(name: Name) {
    return { ...form.field(name), error: form.faults[name] }
  }

/** Name, words, length, price, colour. */
export function WhatSection({ form, currency }: SectionProps & { readonly currency: string }) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const field = fieldOf({ form })
  const minutes = Number(form.values.minutes)
  return (
    <Section title={t('what')}>
      <div className="grid gap-4">
        <TextField label={t('name')} maxLength={80} autoComplete="off" {...field('name')} />
        <TextArea label={t('description')} hint={t('descriptionHint')} optional maxLength={2000} {...field('description')} />
        <div className="grid gap-4 desk:grid-cols-2">
          <TextField
            label={t('length')}
            hint={minutes >= 60 ? t('lengthHint', { length: formats.durationInWords(minutes) }) : undefined}
            inputMode="numeric"
            after={t('minutes')}
            autoComplete="off"
            maxLength={4}
            {...field('minutes')}
          />
          <MoneyField label={t('price')} hint={t('priceHint')} optional currency={currency} {...field('price')} />
        </div>
        <HueField label={t('colour')} {...field('hue')} />
      </div>
    </Section>
  )
}

const places = ['address', 'phone', 'video', 'at_customer'] as const

/** Where it takes place. */
export function PlaceSection({ form }: SectionProps) {
  const t = useWords(servicesWords)
  const field = fieldOf({ form })
  const { placeKind } = form.values
  const detail = field('placeDetail')
  return (
    <Section title={t('where')}>
      <div className="grid gap-4">
        <RadioGroup
          quiet
          label={t('place')}
          {...field('placeKind')}
          onChange={(kind) => form.set({ placeKind: kind, placeDetail: '' })}
          choices={places.map((value) => ({ value, label: t(`place/${value}`), note: t(`place/${value}Note`) }))}
        />
        {placeKind === 'address' && (
          <TextField label={t('placeAddress')} hint={t('placeAddressHint')} optional maxLength={300} autoComplete="off" {...detail} />
        )}
        {placeKind === 'phone' && (
          <TextField
            label={t('placePhone')}
            hint={t('placePhoneHint')}
            optional
            type="tel"
            maxLength={300}
            autoComplete="off"
            {...detail}
          />
        )}
        {placeKind === 'video' && (
          <TextField
            label={t('placeVideo')}
            hint={t('placeVideoHint')}
            optional
            type="url"
            maxLength={300}
            autoComplete="off"
            {...detail}
          />
        )}
      </div>
    </Section>
  )
}

/** Who gives it. */
export function PeopleSection({ form }: SectionProps) {
  const t = useWords(servicesWords)
  const people = useQuery(staffQuery).data ?? []
  const { staffIds } = form.values
  const toggle = (id: string, on: boolean) => form.set({ staffIds: on ? [...staffIds, id] : staffIds.filter((other) => other !== id) })
  return (
    <Section title={t('who')} intro={t('whoIntro')}>
      <fieldset className="grid gap-x-6 desk:grid-cols-2">
        <legend className="sr-only">{t('who')}</legend>
        {people.map((person) => (
          <Checkbox
            key={person.id}
            label={<bdi>{person.name}</bdi>}
            value={staffIds.includes(person.id)}
            onChange={(on) => toggle(person.id, on)}
          />
        ))}
      </fieldset>
      {staffIds.length === 0 && <Note tone="wait">{t('whoNobody')}</Note>}
      {staffIds.length > 1 && <Switch label={t('choosePerson')} hint={t('choosePersonHint')} {...form.field('choosePerson')} />}
    </Section>
  )
}

const steps = [5, 10, 15, 20, 30, 45, 60, 90, 120]
const notices = [0, 30, 60, 120, 240, 480, 720, 1440, 2880, 4320, 10080, 20160]
const horizons = [7, 14, 30, 60, 90, 120, 180, 365, 730]
const buffers = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120]

/** When it can be booked: steps, notice, how far ahead, what stays free around it. */
export function RulesSection({ form }: SectionProps) {
  const t = useWords(servicesWords)
  const formats = useFormats()
  const length = useLength()
  const field = fieldOf({ form })
  const { values } = form
  return (
    <Section title={t('rules')}>
      <div className="grid gap-4 desk:grid-cols-2">
        <Select
          label={t('notice')}
          hint={t('noticeHint')}
          {...field('notice')}
          options={withCurrent(notices, values.notice).map((value) => ({
            value,
            label: value === '0' ? t('noNotice') : t('before', { length: length(Number(value)) }),
          }))}
        />
        <Select
          label={t('horizon')}
          hint={t('horizonHint')}
          {...field('horizon')}
          options={withCurrent(horizons, values.horizon).map((value) => ({
            value,
            label: t('ahead', { length: length(Number(value) * 1440) }),
          }))}
        />
        <Select
          label={t('bufferBefore')}
          {...field('bufferBefore')}
          options={withCurrent(buffers, values.bufferBefore).map((value) => ({
            value,
            label: value === '0' ? t('noBuffer') : formats.duration(Number(value)),
          }))}
        />
        <Select
          label={t('bufferAfter')}
          hint={t('bufferHint')}
          {...field('bufferAfter')}
          options={withCurrent(buffers, values.bufferAfter).map((value) => ({
            value,
            label: value === '0' ? t('noBuffer') : formats.duration(Number(value)),
          }))}
        />
        <Select
          label={t('step')}
          hint={t('stepHint')}
          {...field('step')}
          options={withCurrent(steps, values.step).map((value) => ({ value, label: formats.duration(Number(value)) }))}
        />
      </div>
    </Section>
  )
}

const answerLengths = [60, 120, 240, 720, 1440, 2880, 4320, 10080]
const offerLengths = [15, 30, 60, 120, 240, 480, 1440]
const changeNotices = [0, 60, 120, 240, 720, 1440, 2880, 4320, 10080]

/** What is asked of customers, and what they may do themselves. */
export function CustomerSection({ form }: SectionProps) {
  const t = useWords(servicesWords)
  const length = useLength()
  const field = fieldOf({ form })
  return (
    <Section title={t('customers')}>
      <div className="grid gap-4">
        <div className="grid gap-4 desk:grid-cols-2">
          <Select
            label={t('askPhone')}
            {...field('phone')}
            options={(['hidden', 'optional', 'required'] as const).map((value) => ({ value, label: t(`phone/${value}`) }))}
          />
          <Select
            label={t('changeNotice')}
            {...field('changeNotice')}
            options={withCurrent(changeNotices, form.values.changeNotice).map((value) => ({
              value,
              label: value === '0' ? t('changeAlways') : t('until', { length: length(Number(value)) }),
            }))}
          />
        </div>
        <Switch label={t('discreet')} hint={t('discreetHint')} {...form.field('discreet')} />
        <Switch label={t('approval')} hint={t('approvalHint')} {...form.field('approval')} />
        {form.values.approval && (
          <Select
            label={t('answerLength')}
            hint={t('answerLengthHint')}
            {...field('answerMinutes')}
            options={withCurrent(answerLengths, form.values.answerMinutes).map((value) => ({ value, label: length(Number(value)) }))}
          />
        )}
        <Switch label={t('waitlist')} hint={t('waitlistHint')} {...form.field('waitlist')} />
        {form.values.waitlist && (
          <Select
            label={t('offerLength')}
            hint={t('offerLengthHint')}
            {...field('offerMinutes')}
            options={withCurrent(offerLengths, form.values.offerMinutes).map((value) => ({ value, label: length(Number(value)) }))}
          />
        )}
        <TextField label={t('address')} hint={t('slugHint')} spellCheck={false} autoComplete="off" maxLength={60} {...field('slug')} />
        <TextField
          label={t('afterBooking')}
          hint={t('afterBookingHint')}
          optional
          type="url"
          autoComplete="off"
          maxLength={500}
          {...field('afterBooking')}
        />
      </div>
    </Section>
  )
}

/** A length in the largest unit that fits: "2 hours", "3 days", "2 weeks". */
function useLength(): (minutes: number) => string {
  const t = useWords(servicesWords)
  const formats = useFormats()
  return (minutes) => {
    if (minutes % 10080 === 0) return t('weeks', { count: minutes / 10080 })
    return minutes % 1440 === 0 ? t('days', { count: minutes / 1440 }) : formats.durationInWords(minutes)
  }
}
