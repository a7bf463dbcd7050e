import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { FieldNote } from '../../../ui/field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { fieldsQuery } from '../../contacts/fields/queries.ts'
import { kitQuery } from '../../privacy/consents/queries.ts'
import { consentWords } from '../../privacy/consents/words.ts'
import { pipelinesQuery } from '../queries.ts'
import { sourceOptions } from '../source-options.ts'
import { leadsWords } from '../words.ts'
import { FieldLines, type FormLine, lineOf } from './field-lines.tsx'
import { FormPreview } from './form-preview.tsx'
import { formQuery, type LeadForm } from './queries.ts'
import { type FormsTranslator, formsWords } from './words.ts'

const languages = ['', 'en', 'es', 'fr'] as const

/** What a form asks, what its page says, and what becomes of what is sent; beside it the page as it will be. */
export function FormEditor({ form: saved }: { readonly form: LeadForm }) {
  const t = useWords(formsWords)
  const leads = useWords(leadsWords)
  const kitNames = useWords(consentWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const note = useId()
  const pipelines = (useQuery(pipelinesQuery).data?.items ?? []).filter(({ archivedAt }) => archivedAt === null)
  const own = (useQuery(fieldsQuery).data?.items ?? []).filter(
    ({ archivedAt, type }) => archivedAt === null && type !== 'money' && type !== 'person',
  )
  const kit = useQuery(kitQuery(saved.locale ?? t.locale)).data?.wordings ?? []
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  const form = useForm({
    draft: `form-${saved.id}-${saved.version}`,
    start: {
      name: saved.name,
      locale: (saved.locale ?? '') as (typeof languages)[number],
      title: saved.title ?? '',
      intro: saved.intro ?? '',
      button: saved.button ?? '',
      fields: saved.fields.map(lineOf) as readonly FormLine[],
      consents: saved.consents as readonly string[],
      doubleOptIn: saved.doubleOptIn,
      thanks: saved.thanks ?? '',
      thanksUrl: saved.thanksUrl ?? '',
      pipelineId: saved.pipelineId ?? '',
      source: saved.source,
    },
    check: ({ name, fields, thanksUrl }) => ({
      name: name.trim() === '' ? t('nameMissing') : undefined,
      thanksUrl: thanksUrl.trim() !== '' && !/^https?:\/\/[^\s/]/.test(thanksUrl.trim()) ? t('thanksUrlWrong') : undefined,
      fields: fieldsFault(fields, t),
    }),
    send: async (values) => {
      const next = await call('PATCH /forms/{formId}', {
        params: { formId: saved.id },
        body: {
          name: values.name.trim(),
          locale: values.locale === '' ? null : values.locale,
          title: orNull(values.title),
          intro: orNull(values.intro),
          button: orNull(values.button),
          fields: values.fields.map(({ kind, fieldKey, label, help, required }) => ({
            kind,
            ...(fieldKey === undefined ? {} : { key: fieldKey }),
            label: orNull(label),
            help: orNull(help),
            required,
          })),
          consents: values.consents as LeadForm['consents'],
          doubleOptIn: values.doubleOptIn,
          thanks: orNull(values.thanks),
          thanksUrl: orNull(values.thanksUrl),
          pipelineId: values.pipelineId === '' ? null : values.pipelineId,
          source: values.source,
        },
        version: saved.version,
      })
      queries.setQueryData(formQuery(saved.id).queryKey, next)
      await queries.invalidateQueries({ queryKey: ['forms'] })
      notices.show({ tone: 'ok', text: t('saved') })
    },
  })
  const { values } = form
  return (
    <div className="grid min-w-0 items-start two:grid-cols-[minmax(0,1fr)_24rem]">
      <Form form={form} id={id} label={t('edit')}>
        <Section title={t('fields')} intro={t('fieldsIntro')}>
          <FieldLines
            lines={values.fields}
            own={own}
            onChange={(fields) => form.set({ fields })}
            error={form.faults.fields as string | undefined}
          />
        </Section>
        <Section title={t('page')}>
          <TextField label={t('name')} hint={t('newNameHint')} maxLength={80} {...form.field('name')} />
          <TextField label={t('heading')} hint={t('headingHint')} optional maxLength={120} {...form.field('title')} />
          <TextArea label={t('introLabel')} optional maxLength={600} rows={2} {...form.field('intro')} />
          <TextField label={t('button')} optional maxLength={40} {...form.field('button')} />
          <Select
            label={t('language')}
            hint={t('languageHint')}
            options={languages.map((value) => ({ value, label: t(`language/${value}`) }))}
            {...form.field('locale')}
          />
          <TextArea label={t('thanks')} optional maxLength={600} rows={2} {...form.field('thanks')} />
          <TextField label={t('thanksUrl')} optional maxLength={500} inputMode="url" {...form.field('thanksUrl')} />
        </Section>
        <Section title={t('consents')} intro={t('consentsIntro')}>
          <fieldset className="grid gap-2">
            <legend className="sr-only">{t('consents')}</legend>
            {kit.map(({ key }) => (
              <Checkbox
                key={key}
                label={kitNames(`kit/${key}`)}
                value={values.consents.includes(key)}
                onChange={(on) => form.set({ consents: on ? [...values.consents, key] : values.consents.filter((each) => each !== key) })}
              />
            ))}
            <FieldNote id={note} error={form.faults.consents as string | undefined} />
          </fieldset>
          {values.consents.length > 0 && <Switch label={t('doubleOptIn')} hint={t('doubleOptInHint')} {...form.field('doubleOptIn')} />}
        </Section>
        <Section title={t('becomes')} intro={t('joins')}>
          <Select
            label={t('pipeline')}
            options={[{ value: '', label: t('pipelineUsual') }, ...pipelines.map(({ id: value, name }) => ({ value, label: name }))]}
            {...form.field('pipelineId')}
          />
          <Select label={t('source')} options={sourceOptions(leads)} {...form.field('source')} />
          <FormProblem />
          <div>
            <Button type="submit" variant="solid" busy={form.sending}>
              {t('save')}
            </Button>
          </div>
        </Section>
      </Form>
      <FormPreview
        heading={values.title}
        intro={values.intro}
        button={values.button}
        fields={values.fields}
        own={own}
        consents={kit.filter(({ key }) => values.consents.includes(key)).map(({ key, written }) => ({ key, words: written }))}
      />
    </div>
  )
}

function fieldsFault(fields: readonly FormLine[], t: FormsTranslator): string | undefined {
  const names = fields.map(({ kind, fieldKey, key }) => (kind === 'own' ? `own ${fieldKey}` : kind === 'question' ? key : kind))
  if (new Set(names).size < names.length) return t('onceOnly')
  if (!fields.some(({ kind }) => kind === 'name')) return t('needsName')
  if (!fields.some(({ kind }) => kind === 'email' || kind === 'phone')) return t('needsReach')
  return fields.some(({ kind, label }) => kind === 'question' && label.trim() === '') ? t('questionMissing') : undefined
}
