import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Page } from '../../../ui/panes.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { mayManagePipelines } from '../may-work.ts'
import { HeldList } from './held-list.tsx'
import { formsQuery, type LeadForm } from './queries.ts'
import { formsWords } from './words.ts'

/** The forms by which people ask for something, and what is held back. */
export function FormsScreen() {
  const t = useWords(formsWords)
  const explain = useExplain()
  const { slug: workspace, role } = useWorkspace()
  const asked = useQuery(formsQuery)
  const may = mayManagePipelines.includes(role)
  const back = (
    <Link
      to="/w/$workspace/leads"
      params={{ workspace }}
      search={{}}
      aria-label={t('backToBoard')}
      className={buttonLook({ variant: 'quiet' })}
    >
      <Icon name="chevronLeft" />
    </Link>
  )
  const trail = (
    <Link to="/w/$workspace/leads" params={{ workspace }} search={{}} className="text-ink-2 no-underline hover:underline">
      {t('backToBoard')}
    </Link>
  )
  return (
    <Page header={<PageHeader title={t('title')} back={back} trail={trail} />}>
      {asked.error && !asked.data ? (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : asked.data ? (
        <>
          <Section title={t('title')} intro={asked.data.items.length === 0 ? t('empty') : t('intro')}>
            <ul className="grid divide-y divide-line">
              {asked.data.items.map((form) => (
                <FormLine key={form.id} form={form} />
              ))}
            </ul>
            {may ? <NewForm /> : <Note icon="lock">{t('mayNotEdit')}</Note>}
          </Section>
          <HeldList />
        </>
      ) : (
        <div className="p-4">
          <TextSkeleton lines={6} />
        </div>
      )}
    </Page>
  )
}

function FormLine({ form }: { readonly form: LeadForm }) {
  const t = useWords(formsWords)
  const { slug: workspace } = useWorkspace()
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
      <Link
        to="/w/$workspace/leads/forms/$formId"
        params={{ workspace, formId: form.id }}
        search={{}}
        className="min-w-0 flex-1 basis-48 font-medium text-link underline underline-offset-2 wrap-anywhere"
      >
        <bdi>{form.name}</bdi>
      </Link>
      {form.archivedAt !== null && <span className="text-ink-3">{t('away')}</span>}
      <span className="text-ink-2">{t('taken', { count: form.taken })}</span>
      {form.held > 0 && (
        <Badge tone="wait" icon="clock">
          {t('held', { count: form.held })}
        </Badge>
      )}
    </li>
  )
}

function NewForm() {
  const t = useWords(formsWords)
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const id = useId()
  const form = useForm({
    start: { name: '' },
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameMissing') : undefined }),
    send: async ({ name }, key) => {
      const made = await call('POST /forms', { body: { name: name.trim() }, idempotencyKey: key })
      await queries.invalidateQueries({ queryKey: ['forms'] })
      await navigate({ to: '/w/$workspace/leads/forms/$formId', params: { workspace, formId: made.id }, search: {} })
    },
  })
  return (
    <Form form={form} id={id} label={t('add')}>
      <TextField label={t('newName')} hint={t('newNameHint')} maxLength={80} {...form.field('name')} />
      <FormProblem />
      <div>
        <Button type="submit" variant="solid" icon="plus" busy={form.sending}>
          {t('add')}
        </Button>
      </div>
    </Form>
  )
}
