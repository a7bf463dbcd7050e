import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { DayPart } from './queries.ts'
import { waitlistWords } from './words.ts'

/** What suits somebody, as it is filled in. */
export type WishValues = {
  /** Empty for whoever is free. */
  readonly staffId: string
  readonly fromDate: string
  readonly untilDate: string
  readonly weekdays: readonly number[]
  readonly parts: readonly DayPart[]
}

/** Parts of the day in their order. */
export const allParts = ['morning', 'afternoon', 'evening'] as const
/** Every day of the week. */
export const allDays: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

/** The wishes as they are sent. */
export const sentWishes = (values: WishValues) => ({
  staffId: values.staffId || null,
  fromDate: values.fromDate,
  untilDate: values.untilDate,
  weekdays: values.weekdays.toSorted((a, b) => a - b),
  parts: allParts.filter((part) => values.parts.includes(part)),
})

export type WishesFieldsProps = {
  readonly values: WishValues
  readonly onChange: (change: Partial<WishValues>) => void
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly today: string
  readonly faults: { readonly [Name in keyof WishValues]?: unknown }
}

/** With whom, from when until when, on which days and at what time of day. */
export function WishesFields({ values, onChange, people, today, faults }: WishesFieldsProps) {
  const t = useWords(waitlistWords)
  const formats = useFormats()
  const said = (fault: unknown) => (typeof fault === 'string' ? fault : undefined)
  return (
    <>
      {people.length > 1 && (
        <Select
          label={t('person')}
          value={people.some(({ id }) => id === values.staffId) ? values.staffId : ''}
          options={[{ value: '', label: t('anybody') }, ...people.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(staffId) => onChange({ staffId })}
        />
      )}
      <div className="grid gap-4 desk:grid-cols-2">
        <DateField label={t('from')} min={today} value={values.fromDate} onChange={(fromDate) => onChange({ fromDate })} />
        <DateField
          label={t('until')}
          min={values.fromDate || today}
          value={values.untilDate}
          onChange={(untilDate) => onChange({ untilDate })}
          error={said(faults.untilDate)}
        />
      </div>
      <Boxes
        label={t('weekdays')}
        error={said(faults.weekdays)}
        all={allDays.map((day) => ({ key: day, label: formats.weekday(day) }))}
        chosen={values.weekdays}
        onChange={(weekdays) => onChange({ weekdays })}
      />
      <Boxes
        label={t('parts')}
        error={said(faults.parts)}
        all={allParts.map((part) => ({ key: part, label: t(part) }))}
        chosen={values.parts}
        onChange={(parts) => onChange({ parts })}
      />
    </>
  )
}

type BoxesProps<Key> = {
  readonly label: string
  readonly error: string | undefined
  readonly all: readonly { readonly key: Key; readonly label: string }[]
  readonly chosen: readonly Key[]
  readonly onChange: (chosen: readonly Key[]) => void
}

function Boxes<Key extends string | number>({ label, error, all, chosen, onChange }: BoxesProps<Key>) {
  return (
    <fieldset className="grid min-w-0 gap-1">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        {all.map(({ key, label: name }) => (
          <Checkbox
            key={key}
            label={name}
            value={chosen.includes(key)}
            onChange={(on) => onChange(on ? [...chosen, key] : chosen.filter((one) => one !== key))}
          />
        ))}
      </div>
      <FieldNote id={`${label}-note`} error={error} />
    </fieldset>
  )
}
