import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'
import { Icon } from './icon.tsx'

/** One choice of a `Select`. */
export type Option<Value extends string> = { readonly value: Value; readonly label: string; readonly disabled?: boolean }
/** Choices under a heading. */
export type OptionGroup<Value extends string> = { readonly label: string; readonly options: readonly Option<Value>[] }

/** What `Select` is given. */
export type SelectProps<Value extends string> = FieldProps<Value> & {
  readonly options: readonly (Option<Value> | OptionGroup<Value>)[]
  readonly className?: string
}

/**
 * One of a few. The browser's own list: it opens as a wheel on the phone, types ahead, and every screen reader knows it. For more than a dozen choices take
 * `Combobox`, which can be searched.
 */
export function Select<Value extends string>({
  label,
  hint,
  error,
  optional,
  quiet,
  className,
  value,
  onChange,
  options,
  ...rest
}: SelectProps<Value>) {
  const values = options.flatMap((option) => ('options' in option ? option.options : [option]))
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} className={className}>
      {(control) => (
        <span className="relative flex items-center">
          <select
            {...rest}
            {...control}
            value={value}
            onChange={(event) => {
              const chosen = values.find((option) => option.value === event.target.value)
              if (chosen) onChange(chosen.value)
            }}
            className={cx(inputLook, 'cursor-pointer appearance-none truncate pe-8 forced-colors:appearance-auto')}
          >
            {options.map((option) =>
              'options' in option ? (
                <optgroup key={option.label} label={option.label}>
                  {option.options.map(choice)}
                </optgroup>
              ) : (
                choice(option)
              ),
            )}
          </select>
          <Icon name="chevronDown" className="pointer-events-none absolute end-2 text-ink-3 forced-colors:hidden" />
        </span>
      )}
    </Field>
  )
}

const choice = ({ value, label, disabled }: Option<string>) => (
  <option key={value} value={value} disabled={disabled} className="bg-raised text-ink">
    {label}
  </option>
)
