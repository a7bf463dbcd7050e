import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { FieldNote, type FieldProps } from './field.tsx'

/** What `Switch` is given. */
export type SwitchProps = Omit<FieldProps<boolean>, 'label' | 'optional'> & { readonly label: ReactNode }

/** On or off, at once. With `quiet` the label is for screen readers only. */
export function Switch({ label, hint, error, quiet, value, onChange, ...rest }: SwitchProps) {
  const id = useId()
  return (
    <div className="grid gap-0.5">
      <label className="flex min-h-(--control) items-center gap-3 text-sm">
        <input
          {...rest}
          type="checkbox"
          role="switch"
          checked={value}
          aria-checked={value}
          onChange={(event) => onChange(event.target.checked)}
          className={cx(
            'relative h-4.5 w-8 shrink-0 appearance-none rounded-full bg-mark-2 transition-colors checked:bg-solid forced-colors:appearance-auto',
            "after:absolute after:start-0.5 after:top-0.5 after:size-3.5 after:rounded-full after:bg-on-solid after:transition-[inset-inline-start] after:content-[''] checked:after:start-4 forced-colors:after:hidden",
            'disabled:cursor-not-allowed disabled:opacity-50',
          )}
          {...(error || hint ? { 'aria-describedby': id } : {})}
        />
        <span className={cx('min-w-0', quiet && 'sr-only')}>{label}</span>
      </label>
      <div className="ps-11 empty:hidden">
        <FieldNote id={id} hint={hint} error={error} />
      </div>
    </div>
  )
}
