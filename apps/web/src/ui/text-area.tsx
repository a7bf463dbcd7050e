import type { ComponentProps, RefObject } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'

/** What `TextArea` is given. */
export type TextAreaProps = FieldProps<string> &
  Pick<
    ComponentProps<'textarea'>,
    | 'maxLength'
    | 'placeholder'
    | 'rows'
    | 'onKeyDown'
    | 'onBlur'
    | 'autoFocus'
    | 'aria-autocomplete'
    | 'aria-haspopup'
    | 'aria-controls'
    | 'aria-activedescendant'
  > & {
    /** The box itself, for whoever has to know where the caret is. */
    readonly area?: RefObject<HTMLTextAreaElement | null>
  }

/** Several lines of text. Grows with what is written. */
export function TextArea({ label, hint, error, optional, quiet, value, onChange, rows = 3, area, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet}>
      {(control) => (
        <textarea
          {...rest}
          {...control}
          {...(area ? { ref: area } : {})}
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
