import { useWords } from '../../../lib/i18n.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { OwnField } from '../../contacts/fields/queries.ts'
import { type Line, Lines, newLine } from '../lines.tsx'
import type { FormFieldOf } from './queries.ts'
import { type FormsTranslator, formsWords } from './words.ts'

/** One field of a form as it is edited. */
export type FormLine = Line & {
  readonly kind: FormFieldOf['kind']
  /** Which own field; of a question the key that it has already. */
  readonly fieldKey?: string
  readonly label: string
  readonly help: string
  readonly required: boolean
}

/** A field that is there, as a line to edit. */
export const lineOf = ({ key, kind, label, help, required }: FormFieldOf): FormLine => ({
  key,
  kind,
  ...(kind === 'own' || kind === 'question' ? { fieldKey: key } : {}),
  label: label ?? '',
  help: help ?? '',
  required,
})

const built = ['name', 'email', 'phone', 'message'] as const

/** What a field is called where nobody wrote words for it. */
export function nameOfLine(t: FormsTranslator, { kind, fieldKey, label }: FormLine, own: readonly OwnField[]): string {
  if (label.trim() !== '') return label
  if (kind === 'own') return own.find(({ key }) => key === fieldKey)?.label ?? t('field')
  return t(`kind/${kind}`)
}

/** The fields of a form in their order, each with its words. */
export function FieldLines({
  lines,
  own,
  onChange,
  error,
}: {
  readonly lines: readonly FormLine[]
  readonly own: readonly OwnField[]
  readonly onChange: (lines: readonly FormLine[]) => void
  readonly error?: string | undefined
}) {
  const t = useWords(formsWords)
  const chosenOf = ({ kind, fieldKey }: FormLine) => (kind === 'own' ? `own:${fieldKey}` : kind)
  const chosen = (line: FormLine, value: string): FormLine => {
    const { fieldKey: _before, ...rest } = line
    return value.startsWith('own:')
      ? { ...rest, kind: 'own', fieldKey: value.slice(4) }
      : { ...rest, kind: value as FormLine['kind'], required: value === 'name' || line.required }
  }
  return (
    <Lines<FormLine>
      label={t('fields')}
      add={t('addField')}
      lines={lines}
      least={1}
      nameOf={(line) => nameOfLine(t, line, own)}
      make={() => ({ ...newLine(), kind: 'question', label: '', help: '', required: false })}
      onChange={onChange}
      error={error}
    >
      {(line, set) => (
        <span className="grid min-w-0 flex-1 grid-cols-2 gap-2 phone:grid-cols-1">
          <Select
            label={t('field')}
            quiet
            value={chosenOf(line)}
            options={[
              ...built.map((value) => ({ value: value as string, label: t(`kind/${value}`) })),
              { value: 'question', label: t('kind/question') },
              ...(own.length === 0
                ? []
                : [{ label: t('ownFields'), options: own.map(({ key, label }) => ({ value: `own:${key}`, label })) }]),
            ]}
            onChange={(value) => set(chosen(line, value))}
          />
          <TextField
            label={t('fieldLabel')}
            quiet
            placeholder={
              line.kind === 'question'
                ? t('fieldLabel')
                : line.kind === 'own'
                  ? nameOfLine(t, { ...line, label: '' }, own)
                  : t('fieldWords')
            }
            maxLength={120}
            value={line.label}
            onChange={(label) => set({ ...line, label })}
          />
          <TextField
            label={t('fieldHelp')}
            quiet
            placeholder={t('fieldHelp')}
            maxLength={200}
            value={line.help}
            onChange={(help) => set({ ...line, help })}
          />
          <Checkbox
            label={t('required')}
            disabled={line.kind === 'name'}
            value={line.kind === 'name' || line.required}
            onChange={(required) => set({ ...line, required })}
          />
        </span>
      )}
    </Lines>
  )
}
