import type { ComponentProps, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'
import { Icon, type IconName } from './icon.tsx'

/** What `TextField` is given. */
export type TextFieldProps = FieldProps<string> &
  Pick<
    ComponentProps<'input'>,
    | 'autoComplete'
    | 'inputMode'
    | 'maxLength'
    | 'placeholder'
    | 'spellCheck'
    | 'autoCapitalize'
    | 'onBlur'
    | 'onKeyDown'
    | 'autoFocus'
    | 'readOnly'
  > & {
    readonly type?: 'text' | 'email' | 'tel' | 'url' | 'search'
    readonly icon?: IconName
    /** What stands inside the box at its ends, such as a currency or a unit. */
    readonly before?: ReactNode
    readonly after?: ReactNode
    /** Words at the end of the label's line. */
    readonly aside?: ReactNode
    /** Figures are of one width and start at the end of the box. */
    readonly figures?: boolean
    readonly ref?: Ref<HTMLInputElement>
    readonly className?: string
  }

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    hint,
    error,
    optional,
    quiet,
    aside,
    className,
    value,
    onChange,
    type = 'text',
    icon,
    before,
    after,
    figures,
    ...rest
  } = props
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} aside={aside} className={className}>
      {(control) => (
        <span className="relative flex min-w-0 items-center">
          {icon && <Icon name={icon} className="pointer-events-none absolute start-2.5 text-ink-3" />}
          {before && <span className="pointer-events-none absolute start-2.5 text-md text-ink-3">{before}</span>}
          <input
            {...rest}
            {...control}
            type={type}
            value={value}
            // An address or a number is written from left to right in every language.
            dir={type === 'text' || type === 'search' ? 'auto' : 'ltr'}
            onChange={(event) => onChange(event.target.value)}
            className={cx(
              inputLook,
              Boolean(icon) && 'ps-8',
              Boolean(before) && 'ps-9',
              Boolean(after) && 'pe-14',
              figures && 'figures text-end',
              type !== 'text' && type !== 'search' && 'rtl:text-end',
            )}
          />
          {after && <span className="absolute end-2.5 text-sm text-ink-3">{after}</span>}
        </span>
      )}
    </Field>
  )
}
