import { type ReactNode, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { Field, type FieldProps, inputLook } from './field.tsx'
import { Icon } from './icon.tsx'
import { uiWords } from './words.ts'

/** What `PasswordField` is given. */
export type PasswordFieldProps = FieldProps<string> & {
  readonly autoComplete: 'current-password' | 'new-password'
  readonly aside?: ReactNode
  readonly autoFocus?: boolean
}

/** A password, which can be shown: mistakes that one cannot see cost more than a glance over the shoulder. Never kept in a draft. */
export function PasswordField({ label, hint, error, optional, quiet, aside, value, onChange, ...rest }: PasswordFieldProps) {
  const t = useWords(uiWords)
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error} optional={optional} quiet={quiet} aside={aside}>
      {(control) => (
        <span className="relative flex items-center">
          <input
            {...rest}
            {...control}
            type={shown ? 'text' : 'password'}
            value={value}
            dir="ltr"
            maxLength={200}
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
            className={cx(inputLook, 'pe-11')}
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-label={t('showPassword')}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-0 grid w-(--control-lg) place-items-center rounded-md text-ink-2 hover:text-ink focus-visible:-outline-offset-2"
          >
            <Icon name={shown ? 'hidden' : 'eye'} />
          </button>
        </span>
      )}
    </Field>
  )
}
