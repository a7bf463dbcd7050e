import { DateField, TimeField } from '../../../ui/date-field.tsx'

/** A day and a time as a form keeps them. */
export type MomentText = { readonly day: string; readonly time: string }

/** The moment of a day and a time on the reader's clock; the beginning of the day without a time. */
export const momentOf = ({ day, time }: MomentText, zone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time || '00:00'}`)
    .toZonedDateTime(zone)
    .toInstant()
    .toString()

/** A moment as day and time on the reader's clock. */
export function textOf(moment: string | null, zone: string): MomentText {
  if (moment === null) return { day: '', time: '' }
  const at = Temporal.Instant.from(moment).toZonedDateTimeISO(zone)
  return { day: at.toPlainDate().toString(), time: at.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** A day, and beside it the time. */
export function MomentFields({
  labels,
  value,
  onChange,
  error,
  hint,
  optional,
}: {
  readonly labels: { readonly day: string; readonly time: string }
  readonly value: MomentText
  readonly onChange: (value: MomentText) => void
  readonly error?: string | undefined
  readonly hint?: string
  readonly optional?: boolean
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-3">
      <DateField
        label={labels.day}
        hint={hint}
        error={error}
        {...(optional ? { optional } : {})}
        value={value.day}
        onChange={(day) => onChange({ ...value, day })}
      />
      <TimeField label={labels.time} value={value.time} onChange={(time) => onChange({ ...value, time })} />
    </div>
  )
}
