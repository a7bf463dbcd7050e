import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { FieldNote, type FieldProps } from './field.tsx'

const boxLook = cx(
  'relative mt-px grid size-4.5 shrink-0 appearance-none place-items-center border border-line-control bg-surface',
  'checked:border-solid checked:bg-solid aria-invalid:border-no-mark aria-invalid:inset-ring aria-invalid:inset-ring-no-mark',
  'disabled:border-line disabled:bg-sunken disabled:checked:border-mark-2 disabled:checked:bg-mark-2 forced-colors:appearance-auto',
)
const tick =
  "rounded-xs checked:after:h-[5px] checked:after:w-[9px] checked:after:-translate-y-px checked:after:-rotate-45 checked:after:border-b-[1.75px] checked:after:border-l-[1.75px] checked:after:border-on-solid checked:after:content-[''] forced-colors:after:hidden"
const point =
  "rounded-full checked:after:size-1.5 checked:after:rounded-full checked:after:bg-on-solid checked:after:content-[''] forced-colors:after:hidden"

/** What `Checkbox` is given. */
export type CheckboxProps = Omit<FieldProps<boolean>, 'label' | 'quiet' | 'optional'> & { readonly label: ReactNode }

/** Yes or no, taken with the rest of a form. What is true at once is a `Switch`. */
export function Checkbox({ label, hint, error, value, onChange, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <div className="grid gap-1">
      <label className="flex min-h-(--control) items-start gap-3 py-1 text-sm phone:py-2.5">
        <input
          {...rest}
          type="checkbox"
          checked={value}
          onChange={(event) => onChange(event.target.checked)}
          className={cx(boxLook, tick)}
          {...(error || hint ? { 'aria-describedby': id } : {})}
          {...(error ? { 'aria-invalid': true } : {})}
        />
        <span className="min-w-0">{label}</span>
      </label>
      <div className="ps-7.5 empty:hidden">
        <FieldNote id={id} hint={hint} error={error} />
      </div>
    </div>
  )
}

/** One of the choices. */
export type RadioChoice<Value extends string> = {
  readonly value: Value
  readonly label: ReactNode
  /** A second, softer line. */
  readonly note?: ReactNode
  readonly disabled?: boolean
}

/** What `RadioGroup` is given. */
export type RadioGroupProps<Value extends string> = FieldProps<Value> & {
  readonly choices: readonly RadioChoice<Value>[]
  /** `boxes` gives each choice a frame of its own, where the choice matters. */
  readonly look?: 'lines' | 'boxes'
}

/** One of a few that are worth reading in full. */
export function RadioGroup<Value extends string>({
  label,
  hint,
  error,
  quiet,
  value,
  onChange,
  choices,
  look = 'lines',
  name,
  disabled,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset className="grid min-w-0 gap-2" {...(error || hint ? { 'aria-describedby': `${id}-note` } : {})} disabled={disabled}>
      <legend className={cx('mb-1.5 text-sm font-medium', quiet && 'sr-only')}>{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={cx(
            'flex items-start gap-3 text-sm',
            look === 'lines'
              ? 'min-h-(--control) py-1 phone:py-2.5'
              : 'rounded-lg border border-line-strong p-3 has-checked:border-solid has-checked:bg-selected has-checked:inset-ring has-checked:inset-ring-solid',
          )}
        >
          <input
            type="radio"
            name={name ?? id}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
            className={cx(boxLook, point)}
            {...(error ? { 'aria-invalid': true } : {})}
          />
          <span className="grid min-w-0 flex-1">
            <span className={cx(Boolean(choice.note) && 'font-medium')}>{choice.label}</span>
            {choice.note && <span className="text-xs text-ink-3">{choice.note}</span>}
          </span>
        </label>
      ))}
      <FieldNote id={`${id}-note`} hint={hint} error={error} />
    </fieldset>
  )
}
