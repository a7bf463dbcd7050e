import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { linkLook } from '../../accounts/entrance.tsx'
import { settingsWords } from '../../settings/words.ts'
import { ChoicesField, type ChoiceValues, emptyChoice } from './choices-field.tsx'
import { fieldsQuery, type OwnField } from './queries.ts'
import { fieldsWords } from './words.ts'

const types = [
  'text',
  'number',
  'money',
  'date',
  'choice',
  'choices',
  'person',
  'link',
  'yes_no',
] as const satisfies readonly OwnField['type'][]
const categories = [
  'preference',
  'identifier',
  'contact_details',
  'appointment',
  'behaviour',
  'location',
  'financial',
  'free_text',
] as const satisfies readonly OwnField['category'][]

type Values = {
  readonly label: string
  readonly type: OwnField['type']
  readonly category: OwnField['category'] | ''
  readonly group: string
  readonly currency: string
  readonly required: boolean
  readonly filter: boolean
  readonly choices: readonly ChoiceValues[]
}

/** What the server told the name by. */
type Sounds = { readonly kind: string | null; readonly word: string }

export type FieldSheetProps = {
  /** Left out: a new one. */
  readonly field: OwnField | undefined
  readonly fields: readonly OwnField[]
  readonly onClose: () => void
}

/** Adds an own field, or changes one. What sounds like data that need protection is pointed to protected fields first. */
export function FieldSheet({ field, fields, onClose }: FieldSheetProps) {
  const t = useWords(fieldsWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { currency } = useWorkspace()
  const id = useId()
  const [sounds, setSounds] = useState<Sounds>()
  const [notSensitive, setNotSensitive] = useState(false)
  const title = field ? t('changeField', { field: field.label }) : t('addTitle')
  const form = useForm<Values>({
    start: valuesOf(field, currency),
    check: ({ label, type, category, choices }) => ({
      label: isBlank(label) ? shared('needed') : undefined,
      category: category === '' ? t('categoryNeeded') : undefined,
      choices: hasChoices(type) && choices.every((choice) => isBlank(choice.label)) ? t('choiceNeeded') : undefined,
    }),
    send: async (values, key) => {
      setSounds(undefined)
      const { label, type, category, group, required, filter } = values
      if (category === '') return
      const body = { label: label.trim(), category, group: group.trim() || null, required, filter, notSensitive }
      const choices = hasChoices(type) ? { choices: writtenChoices(values.choices) } : {}
      try {
        await (field
          ? call('PATCH /contact-fields/{fieldId}', {
              params: { fieldId: field.id },
              body: { ...body, ...choices },
              version: field.version,
            })
          : call('POST /contact-fields', {
              body: { ...body, ...choices, type, currency: type === 'money' ? values.currency.trim().toUpperCase() : null },
              idempotencyKey: key,
            }))
      } catch (error) {
        setSounds(soundsOf(error))
        throw error
      }
      await queries.invalidateQueries({ queryKey: fieldsQuery.queryKey })
      notices.show({ tone: 'ok', text: t(field ? 'saved' : 'added', { field: body.label }) })
      onClose()
    },
    onRefusal: ({ slug }) => slug === 'contacts/sensitive-field',
  })
  const { type } = form.values
  const groups = [...new Set(fields.flatMap(({ group }) => group ?? []))]
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {field ? t('save') : t('add')}
        </Button>
      }
    >
      <Form form={form} id={id} label={title}>
        <TextField label={t('label')} hint={t('labelHint')} maxLength={60} autoComplete="off" {...form.field('label')} />
        {sounds && <SoundsSensitive sounds={sounds} agreed={notSensitive} onAgree={setNotSensitive} />}
        {!field && (
          <Select
            label={t('type')}
            hint={t('typeHint')}
            {...form.field('type')}
            options={types.map((value) => ({ value, label: t(`type/${value}`) }))}
          />
        )}
        {!field && type === 'money' && (
          <TextField label={t('currency')} maxLength={3} autoCapitalize="characters" {...form.field('currency')} />
        )}
        {hasChoices(type) && (
          <ChoicesField
            choices={form.values.choices}
            onChange={(choices) => form.set({ choices })}
            error={form.faults.choices}
            hint={field && t('choicesKept')}
          />
        )}
        <Select
          label={t('category')}
          hint={t('categoryHint')}
          {...form.field('category')}
          options={[
            { value: '', label: t('category/none'), disabled: true },
            ...categories.map((value) => ({ value, label: t(`category/${value}`) })),
          ]}
        />
        <p className="text-xs text-ink-3">
          {t('protectedHint')} <ToProtected />
        </p>
        <TextField
          label={t('group')}
          hint={groups.length > 0 ? `${t('groupHint')} (${groups.join(', ')})` : t('groupHint')}
          optional
          maxLength={60}
          autoComplete="off"
          {...form.field('group')}
        />
        <div className="grid">
          <Checkbox label={t('makeRequired')} {...form.field('required')} />
          <Checkbox label={t('makeFilter')} {...form.field('filter')} />
        </div>
        <FormProblem />
      </Form>
    </Sheet>
  )
}

function SoundsSensitive({
  sounds,
  agreed,
  onAgree,
}: {
  readonly sounds: Sounds
  readonly agreed: boolean
  readonly onAgree: (agreed: boolean) => void
}) {
  const t = useWords(fieldsWords)
  return (
    <Note tone="wait" role="alert">
      <p>
        {t(sounds.kind === null ? 'sensitiveNone' : 'sensitiveKind', { word: sounds.word })} {sounds.kind !== null && <ToProtected />}
      </p>
      <Checkbox label={t('notSensitive')} value={agreed} onChange={onAgree} />
    </Note>
  )
}

function ToProtected() {
  const t = useWords(fieldsWords)
  const { slug } = useWorkspace()
  return (
    <Link to="/w/$workspace/privacy/sensitive" params={{ workspace: slug }} className={linkLook}>
      {t('toProtected')}
    </Link>
  )
}

const hasChoices = (type: OwnField['type']): boolean => type === 'choice' || type === 'choices'

const valuesOf = (field: OwnField | undefined, currency: string): Values => ({
  label: field?.label ?? '',
  type: field?.type ?? 'text',
  category: field?.category ?? '',
  group: field?.group ?? '',
  currency: field?.currency ?? currency,
  required: field?.required ?? false,
  filter: field ? field.filter !== 'off' : false,
  choices: field
    ? field.choices
        .filter(({ archived }) => !archived)
        .map((choice) => ({ row: choice.key, key: choice.key, label: choice.label, hue: choice.hue }))
    : [emptyChoice(newKey(), 0), emptyChoice(newKey(), 1)],
})

const writtenChoices = (choices: readonly ChoiceValues[]) =>
  choices
    .filter(({ label }) => !isBlank(label))
    .map(({ key, label, hue }) => ({ ...(key === undefined ? {} : { key }), label: label.trim(), hue }))

function soundsOf(error: unknown): Sounds | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'contacts/sensitive-field') return undefined
  const { kind, word } = error.details
  return { kind: typeof kind === 'string' ? kind : null, word: String(word ?? '') }
}
