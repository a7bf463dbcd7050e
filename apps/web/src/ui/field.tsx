import { type ReactNode, useId } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import { uiWords } from './words.ts'

/** What every field of a form takes. `onChange` gives the value, not the event. */
export type FieldProps<Value> = {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** One sentence below: why we ask, or how to write it. */
  readonly hint?: ReactNode
  /** What is wrong and what to do. Stands in the place of the hint. */
  readonly error?: string | undefined
  /** Written beside the label, because most fields are needed. */
  readonly optional?: boolean
  /** Part of the name under which server faults and drafts find the field. */
  readonly name?: string
  /** Keep the label for screen readers only, where the place says what it is. */
  readonly quiet?: boolean
  readonly disabled?: boolean
}

/** What the control inside a field has to carry. */
export type ControlIds = {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** What `FieldShell` is given. */
export type FieldShellProps = Pick<FieldProps<unknown>, 'label' | 'hint' | 'error' | 'optional' | 'quiet'> & {
  /** Words at the end of the label's line, such as "Forgot it?". */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: (control: ControlIds) => ReactNode
}

/** Label, control, and below it the hint or the error. */
export function Field({ label, hint, error, optional, quiet, aside, className, children }: FieldShellProps) {
  const t = useWords(uiWords)
  const id = useId()
  const noteId = `${id}-note`
  const control: ControlIds = {
    id,
    ...(error || hint ? { 'aria-describedby': noteId } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  }
  return (
    <div className={cx('grid min-w-0 content-start gap-1.5', className)}>
      <div className={cx('flex items-baseline gap-2', quiet && !aside && 'sr-only')}>
        <label htmlFor={id} className={cx('text-sm font-medium', quiet && 'sr-only')}>
          {label}
        </label>
        {optional && <span className="text-xs text-ink-3">{t('optional')}</span>}
        {aside && <span className="ms-auto text-xs">{aside}</span>}
      </div>
      {children(control)}
      <FieldNote id={noteId} hint={hint} error={error} />
    </div>
  )
}

/** The line below a control. An error is announced when it appears. */
export function FieldNote({ id, hint, error }: { readonly id: string; readonly hint?: ReactNode; readonly error?: string | undefined }) {
  if (error) {
    return (
      <p id={id} className="flex gap-1.5 text-xs text-no-ink">
        <Icon name="alert" size="sm" className="mt-px" />
        {error}
      </p>
    )
  }
  return hint ? (
    <p id={id} className="text-xs text-ink-3">
      {hint}
    </p>
  ) : null
}

/** The look of a box one types into. */
export const inputLook = cx(
  'h-control w-full min-w-0 rounded-md border border-line-control bg-surface px-2.5 text-md text-ink',
  'focus-visible:border-transparent focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-focus',
  'aria-invalid:border-no-mark aria-invalid:inset-ring aria-invalid:inset-ring-no-mark',
  'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3',
)
