import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Page } from '../../../ui/panes.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { mayManagePipelines } from '../may-work.ts'
import type { FormTab } from './address.ts'
import { FormEditor } from './form-editor.tsx'
import { HeldList } from './held-list.tsx'
import { formQuery, type LeadForm, snippetsQuery, submissionsQuery } from './queries.ts'
import { SubmissionText } from './submission-text.tsx'
import { formsWords } from './words.ts'

const route = getRouteApi('/w/$workspace/leads/forms/$formId')

/** One form: how it is set up, what came in, and how it is shared. */
export function FormScreen() {
  const t = useWords(formsWords)
  const explain = useExplain()
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const { formId } = route.useParams()
  const { tab } = route.useSearch()
  const asked = useQuery(formQuery(formId))
  const back = (
    <Link to="/w/$workspace/leads/forms" params={{ workspace }} aria-label={t('backToForms')} className={buttonLook({ variant: 'quiet' })}>
      <Icon name="chevronLeft" />
    </Link>
  )
  const trail = (
    <Link to="/w/$workspace/leads/forms" params={{ workspace }} className="text-ink-2 no-underline hover:underline">
      {t('backToForms')}
    </Link>
  )
  const form = asked.data
  const may = mayManagePipelines.includes(role)
  return (
    <Page
      wide
      header={<PageHeader title={form?.name ?? t('title')} back={back} trail={trail} actions={form && may && <PutAway form={form} />} />}
    >
      {asked.error && !form ? (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : form ? (
        <>
          {form.archivedAt !== null && (
            <div className="p-4">
              <Note icon="archive">{t('awayNote')}</Note>
            </div>
          )}
          <Tabs<FormTab>
            label={t('views')}
            value={tab ?? 'edit'}
            onChange={(next) =>
              void navigate({
                to: '/w/$workspace/leads/forms/$formId',
                params: { workspace, formId },
                search: next === 'edit' ? {} : { tab: next },
                replace: true,
              })
            }
            tabs={[
              {
                key: 'edit',
                title: t('edit'),
                content: may ? (
                  <FormEditor key={form.version} form={form} />
                ) : (
                  <div className="p-4">
                    <Note icon="lock">{t('mayNotEdit')}</Note>
                  </div>
                ),
              },
              { key: 'came', title: t('came'), content: <CameIn form={form} /> },
              { key: 'share', title: t('share'), content: <Share form={form} may={may} /> },
            ]}
          />
        </>
      ) : (
        <div className="p-4">
          <TextSkeleton lines={8} />
        </div>
      )}
    </Page>
  )
}

function PutAway({ form }: { readonly form: LeadForm }) {
  const t = useWords(formsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const put = async (name: 'DELETE /forms/{formId}' | 'POST /forms/{formId}/restore') => {
    try {
      await call(name, { params: { formId: form.id } })
      await queries.invalidateQueries({ queryKey: ['forms'] })
      return true
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
      return false
    }
  }
  const away = async () => {
    if (await put('DELETE /forms/{formId}'))
      notices.show({ text: t('putAwayDone', { name: form.name }), undo: async () => void (await put('POST /forms/{formId}/restore')) })
  }
  return form.archivedAt === null ? (
    <Button icon="archive" onClick={() => void away()}>
      {t('putAway')}
    </Button>
  ) : (
    <Button icon="undo" onClick={() => void put('POST /forms/{formId}/restore')}>
      {t('bringBack')}
    </Button>
  )
}

/** What came in with this form: what is held back first, because it waits for somebody. */
function CameIn({ form }: { readonly form: LeadForm }) {
  const t = useWords(formsWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(submissionsQuery('taken', form.id))
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="max-w-176">
      <HeldList formId={form.id} />
      <Section title={t('cameTitle')} intro={asked.data && items.length === 0 ? t('cameEmpty') : undefined}>
        {asked.error && !asked.data ? (
          <div className="grid justify-items-start gap-3">
            <Note tone="no" role="alert">
              {t('failed', { reason: explain(asked.error).message })}
            </Note>
            <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
          </div>
        ) : asked.data ? (
          <ul className="grid divide-y divide-line">
            {items.map((one) => (
              <li key={one.id} className="py-3">
                <SubmissionText one={one} />
              </li>
            ))}
          </ul>
        ) : (
          <TextSkeleton lines={3} />
        )}
        {asked.hasNextPage && (
          <div>
            <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </Section>
    </div>
  )
}

/** The address, the frame, the plain form and the way for programs. */
function Share({ form, may }: { readonly form: LeadForm; readonly may: boolean }) {
  const t = useWords(formsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const snippets = useQuery(snippetsQuery(form.id))
  const [pending, setPending] = useState<boolean>()
  const allow = async (plainHtml: boolean) => {
    setPending(plainHtml)
    try {
      const saved = await call('PATCH /forms/{formId}', { params: { formId: form.id }, body: { plainHtml }, version: form.version })
      queries.setQueryData(formQuery(form.id).queryKey, saved)
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
      await queries.invalidateQueries({ queryKey: ['forms'] })
    } finally {
      setPending(undefined)
    }
  }
  return (
    <div className="max-w-176">
      <Section title={t('shareTitle')}>
        <CopyField label={t('address')} value={form.pageUrl} link shareTitle={form.title ?? form.name} />
        {snippets.error && (
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(snippets.error).message })}
          </Note>
        )}
        {snippets.data && (
          <>
            <CopyField label={t('frame')} value={snippets.data.frame} />
            <p className="text-sm text-ink-2">{t('frameHint')}</p>
          </>
        )}
        {may && (
          <Switch label={t('plainHtml')} hint={t('plainHtmlHint')} value={pending ?? form.plainHtml} onChange={(on) => void allow(on)} />
        )}
        {snippets.data && form.plainHtml && (
          <>
            <CopyField label={t('plain')} value={snippets.data.plain} />
            <p className="text-sm text-ink-2">{t('plainNote')}</p>
          </>
        )}
      </Section>
      <Section title={t('program')} intro={t('programIntro')}>
        <CopyField label={t('programAddress')} value={`${location.origin}/api/v1/forms/${form.id}/submissions`} />
      </Section>
    </div>
  )
}
