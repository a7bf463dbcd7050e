import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { accessWords } from '../../settings/business/access-words.ts'
import { settingsWords } from '../../settings/words.ts'
import { type SensitiveField, type SensitiveFields, sensitiveFieldsQuery } from './queries.ts'
import { sensitiveWords } from './words.ts'

/** Roles that see contacts, so that they can be readers. */
const possible = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer'] as const
type Reader = (typeof possible)[number]

type Values = {
  readonly kind: SensitiveField['kind']
  readonly ground: SensitiveField['ground']
  readonly label: string
  readonly why: string
  readonly readers: readonly Reader[]
}

export type FieldDialogProps = { readonly fields: SensitiveFields; readonly field?: SensitiveField; readonly onClose: () => void }

/** Declares a protected field, or changes how one is called, why it is kept and who sees it. What it holds and its ground stay as people were told. */
export function FieldDialog({ fields, field, onClose }: FieldDialogProps) {
  const t = useWords(sensitiveWords)
  const roles = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const closed = fields.taxIds === 'off'
  const first = fields.kinds.find(({ taxId }) => !(taxId && closed))?.kind ?? 'insurance_number'
  const title = field ? t('changeField', { field: field.label }) : t('declare')
  const form = useForm<Values>({
    start: {
      kind: field?.kind ?? first,
      ground: field?.ground ?? groundsOf(fields, first)[0] ?? 'contract',
      label: field?.label ?? '',
      why: field?.why ?? '',
      readers: possible.filter((role) => (field ? field.readers.includes(role) : role === 'owner')),
    },
    check: ({ label, why, readers }) => ({
      label: isBlank(label) ? shared('needed') : undefined,
      why: isBlank(why) ? shared('needed') : undefined,
      readers: readers.length === 0 ? t('readersNeeded') : undefined,
    }),
    send: async ({ kind, ground, label, why, readers }, key) => {
      const body = { label: label.trim(), why: why.trim(), readers: [...readers] }
      await (field
        ? call('PUT /sensitive-fields/{fieldId}', { params: { fieldId: field.id }, body, version: field.version, idempotencyKey: key })
        : call('POST /sensitive-fields', { body: { kind, ground, ...body }, idempotencyKey: key }))
      await queries.invalidateQueries({ queryKey: sensitiveFieldsQuery.queryKey })
      notices.show({ tone: 'ok', text: t(field ? 'fieldSaved' : 'declared', { field: label.trim() }) })
      onClose()
    },
  })
  const facts = fields.kinds.find(({ kind }) => kind === form.values.kind)
  const { readers } = form.values
  return (
    <Dialog
      open
      size="md"
      onOpenChange={onClose}
      title={title}
      description={t('declareIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {field ? t('save') : t('declareDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={title}>
        {!field && (
          <>
            <Select
              label={t('what')}
              hint={facts?.law ? t('law', { name: facts.law.name, source: facts.law.source, date: facts.law.asOf }) : undefined}
              {...form.field('kind')}
              onChange={(kind) => form.set({ kind, ground: groundsOf(fields, kind)[0] ?? 'contract' })}
              options={fields.kinds.map(({ kind, taxId }) => ({
                value: kind,
                label: taxId && closed ? t('kindClosed', { kind: t(`kind/${kind}`) }) : t(`kind/${kind}`),
                disabled: taxId && closed,
              }))}
            />
            <Select
              label={t('ground')}
              {...form.field('ground')}
              options={groundsOf(fields, form.values.kind).map((ground) => ({ value: ground, label: t(`ground/${ground}`) }))}
            />
          </>
        )}
        <TextField label={t('label')} hint={t('labelHint')} maxLength={60} {...form.field('label')} />
        <TextArea label={t('why')} hint={t('whyHint')} maxLength={500} rows={2} {...form.field('why')} />
        <fieldset className="grid gap-0.5">
          <legend className="text-sm font-medium">{t('readers')}</legend>
          <p className="text-xs text-ink-3">{t('readersHint')}</p>
          <div className="grid gap-x-4 desk:grid-cols-2">
            {possible.map((role) => (
              <Checkbox
                key={role}
                label={roles(`role/${role}`)}
                value={readers.includes(role)}
                onChange={(on) => form.set({ readers: on ? [...readers, role] : readers.filter((each) => each !== role) })}
              />
            ))}
          </div>
          {form.faults.readers && (
            <p role="alert" className="text-xs text-no-ink">
              {form.faults.readers}
            </p>
          )}
        </fieldset>
        <FormProblem />
      </Form>
    </Dialog>
  )
}

const groundsOf = (fields: SensitiveFields, kind: SensitiveField['kind']) => fields.kinds.find((each) => each.kind === kind)?.grounds ?? []
