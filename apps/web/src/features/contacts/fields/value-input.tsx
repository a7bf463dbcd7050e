import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { MoneyField } from '../../../ui/money-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { membersQuery } from '../queries.ts'
import type { TypedValue } from './own-value.ts'
import type { OwnField } from './queries.ts'
import { fieldsWords } from './words.ts'

export type ValueInputProps = {
  readonly field: OwnField
  readonly value: TypedValue
  readonly onChange: (value: TypedValue) => void
  readonly error?: string | undefined
  /** The label is for screen readers only. */
  readonly quiet?: boolean
  readonly autoFocus?: boolean
}

/** The input that fits the type of a field. What the contact has and is not offered any more is offered to her still. */
export function ValueInput({ field, value, onChange, error, quiet = false, autoFocus = false }: ValueInputProps) {
  const t = useWords(fieldsWords)
  const members = useQuery({ ...membersQuery, enabled: field.type === 'person' }).data?.items ?? []
  const text = typeof value === 'string' ? value : ''
  const chosen: readonly string[] = typeof value === 'string' ? [value] : value
  const choices = field.choices.filter(({ key, archived }) => !archived || chosen.includes(key))
  const shared = { label: field.label, error, quiet, onChange: (next: string) => onChange(next) }
  const focus = autoFocus ? { autoFocus: true } : {}
  switch (field.type) {
    case 'text':
      return <TextArea {...shared} {...focus} value={text} maxLength={2000} rows={1} />
    case 'number':
      return <TextField {...shared} {...focus} value={text} inputMode="decimal" autoComplete="off" maxLength={24} />
    case 'money':
      return <MoneyField {...shared} value={text} currency={field.currency ?? 'USD'} />
    case 'date':
      return <DateField {...shared} value={text} />
    case 'link':
      return <TextField {...shared} {...focus} value={text} type="url" autoComplete="off" maxLength={2000} />
    case 'choice':
      return (
        <Select
          {...shared}
          value={text}
          options={[{ value: '', label: t('none') }, ...choices.map(({ key, label }) => ({ value: key, label }))]}
        />
      )
    case 'person':
      return (
        <Select
          {...shared}
          value={text}
          options={[
            { value: '', label: t('none') },
            ...members.map(({ id, name }) => ({ value: id as string, label: name })),
            ...(text && !members.some(({ id }) => id === text) ? [{ value: text, label: t('somebody') }] : []),
          ]}
        />
      )
    case 'yes_no':
      return (
        <Select
          {...shared}
          value={text}
          options={[
            { value: '', label: t('none') },
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      )
    case 'choices':
      return (
        <fieldset className="grid min-w-0">
          <legend className={quiet ? 'sr-only' : 'mb-1 text-sm font-medium'}>{field.label}</legend>
          {choices.map(({ key, label }) => (
            <Checkbox
              key={key}
              label={<bdi>{label}</bdi>}
              value={chosen.includes(key)}
              onChange={(on) => onChange(on ? [...chosen, key] : chosen.filter((one) => one !== key))}
            />
          ))}
          {error && (
            <p role="alert" className="text-xs text-no-ink">
              {error}
            </p>
          )}
        </fieldset>
      )
  }
}
