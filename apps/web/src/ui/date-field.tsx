import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'

const pickerLook = cx(
  inputLook,
  'figures block [&::-webkit-calendar-picker-indicator]:cursor-pointer [&::-webkit-calendar-picker-indicator]:opacity-60 [&::-webkit-calendar-picker-indicator]:[filter:light-dark(none,invert(1))]',
)

/** What `DateField` is given. */
export type DateFieldProps = FieldProps<string> & {
  /** `2026-11-22`; earlier days cannot be chosen. */
  readonly min?: string
  readonly max?: string
  readonly className?: string
}

/** A calendar day, `2026-11-22`; empty text is no day. The browser's own picker, which knows the reader's calendar and screen reader. */
export function DateField({ label, hint, error, optional, quiet, className, value, onChange, ...rest }: DateFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} className={className}>
      {(control) => (
        <input {...rest} {...control} type="date" value={value} onChange={(event) => onChange(event.target.value)} className={pickerLook} />
      )}
    </Field>
  )
}

/** What `TimeField` is given. */
export type TimeFieldProps = FieldProps<string> & {
  /** In minutes; 15 where a day is planned in quarters. */
  readonly step?: number
  readonly className?: string
}

/** A wall-clock time, `09:30`; empty text is no time. Shown on the reader's 12 or 24 hours by the browser. */
export function TimeField({ label, hint, error, optional, quiet, className, value, onChange, step = 5, ...rest }: TimeFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} className={className}>
      {(control) => (
        <input
          {...rest}
          {...control}
          type="time"
          step={step * 60}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={pickerLook}
        />
      )}
    </Field>
  )
}
