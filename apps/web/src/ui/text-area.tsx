import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'

/** What `TextArea` is given. */
export type TextAreaProps = FieldProps<string> &
  Pick<ComponentProps<'textarea'>, 'maxLength' | 'placeholder' | 'rows' | 'onKeyDown' | 'autoFocus'>

/** Several lines of text. Grows with what is written. */
export function TextArea({ label, hint, error, optional, quiet, value, onChange, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet}>
      {(control) => (
        <textarea
          {...rest}
          {...control}
          rows={rows}
          dir="auto"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={cx(inputLook, 'h-auto! max-h-96 [field-sizing:content] min-h-(--control-lg) py-2')}
        />
      )}
    </Field>
  )
}
