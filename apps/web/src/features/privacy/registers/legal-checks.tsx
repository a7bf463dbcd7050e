import { languageName, locales } from '@frontdesk/i18n'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { ReviewerList } from '../requests/reviewer-list.tsx'
import { requestWords } from '../requests/words.ts'
import type { LegalCase } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { useSaveLegal } from './use-save-legal.ts'
import { WordsDialog } from './words-dialog.tsx'

const questions = ['authority', 'jurisdiction', 'signature', 'scope'] as const

/** The four questions, and who answered them. */
export function LegalChecks({ request, may }: { readonly request: LegalCase; readonly may: boolean }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  const save = useSaveLegal(request.id)
  const [asking, setAsking] = useState<'check' | 'self' | 'invite'>()
  const { mayCheck, selfReview } = request
  const open = request.state === 'received' || request.state === 'checking'
  return (
    <Section
      title={t('checks')}
      intro={t('checksIntro')}
      actions={
        may &&
        mayCheck === 'yes' && (
          <Button size="sm" variant="solid" onClick={() => setAsking('check')}>
            {t('check')}
          </Button>
        )
      }
    >
      <ul className="grid divide-y divide-line">
        {request.checks.map((check) => (
          <li key={`${check.by} ${check.at}`} className="grid gap-1 py-2 text-sm">
            <span className="flex flex-wrap items-center gap-2">
              <bdi className="font-medium">{check.by}</bdi>
              <Badge tone={check.counts ? 'ok' : 'neutral'}>
                {questions.every((question) => check.answers[question]) ? t('yes') : t('no')}
              </Badge>
              {check.self && <Badge tone="wait">{t('marked')}</Badge>}
              {check.outside && <Badge tone="neutral">{t('outside')}</Badge>}
              <span className="text-xs text-ink-3">{formats.dateTime(check.at)}</span>
            </span>
            <bdi className="wrap-anywhere text-ink-2">{check.note}</bdi>
          </li>
        ))}
      </ul>
      {may && mayCheck === 'somebody_else' && <Note tone="wait">{t('may/somebody_else')}</Note>}
      {may && mayCheck === 'self_review' && (
        <div className="grid justify-items-start gap-2">
          <Note tone="wait">{t('may/self_review')}</Note>
          <Button size="sm" onClick={() => setAsking('self')}>
            {t('selfReview')}
          </Button>
        </div>
      )}
      {may && mayCheck === 'wait' && selfReview && <Note tone="wait">{t('may/wait', { date: formats.dateTime(selfReview.from) })}</Note>}
      {may && open && request.tables.length > 0 && (
        <div className="grid justify-items-start gap-1">
          <Button size="sm" onClick={() => setAsking('invite')}>
            {t('invite')}
          </Button>
          <p className="text-xs text-ink-3">{t('inviteHint')}</p>
        </div>
      )}
      {request.reviewers.length > 0 && (
        <ReviewerList
          reviewers={request.reviewers}
          may={may}
          onRevoke={(reviewerId) =>
            save(
              call('POST /legal-requests/{legalRequestId}/reviewers/{reviewerId}/revocation', {
                params: { legalRequestId: request.id, reviewerId },
              }),
            )
          }
        />
      )}
      {asking === 'invite' && <InviteDialog request={request} onClose={() => setAsking(undefined)} />}
      {asking === 'check' && <CheckDialog request={request} onClose={() => setAsking(undefined)} />}
      {asking === 'self' && (
        <WordsDialog
          title={t('selfReview')}
          label={t('grounds')}
          action={t('selfReview')}
          onClose={() => setAsking(undefined)}
          onSend={(grounds, key) =>
            save(
              call('POST /legal-requests/{legalRequestId}/self-review', {
                params: { legalRequestId: request.id },
                body: { grounds },
                idempotencyKey: key,
              }),
            )
          }
        />
      )}
    </Section>
  )
}

function CheckDialog({ request, onClose }: { readonly request: LegalCase; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const save = useSaveLegal(request.id)
  const id = useId()
  const form = useForm({
    start: { authority: false, jurisdiction: false, signature: false, scope: false, note: '' },
    check: ({ note }) => ({ note: isBlank(note) ? shared('needed') : undefined }),
    send: async ({ note, ...answers }, key) => {
      const params = { legalRequestId: request.id }
      await save(
        call('POST /legal-requests/{legalRequestId}/checks', { params, body: { answers, note: note.trim() }, idempotencyKey: key }),
      )
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('checks')}
      description={t('checksIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('check')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('checks')}>
        {questions.map((question) => (
          <Checkbox key={question} label={t(`question/${question}`)} {...form.field(question)} />
        ))}
        <TextArea label={t('note')} maxLength={10_000} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}

function InviteDialog({ request, onClose }: { readonly request: LegalCase; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const asked = useWords(requestWords)
  const { locale: reading } = useReader()
  const shared = useWords(settingsWords)
  const save = useSaveLegal(request.id)
  const id = useId()
  const form = useForm({
    start: { name: '', email: '', locale: reading as string },
    check: ({ name, email }) => ({
      name: isBlank(name) ? shared('needed') : undefined,
      email: isBlank(email) ? shared('needed') : undefined,
    }),
    send: async ({ name, email, locale }, key) => {
      const params = { legalRequestId: request.id }
      const body = { name: name.trim(), email: email.trim(), locale }
      await save(call('POST /legal-requests/{legalRequestId}/reviewers', { params, body, idempotencyKey: key }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('invite')}
      description={t('inviteHint')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('invite')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('invite')}>
        <TextField label={asked('name')} maxLength={200} autoComplete="off" {...form.field('name')} />
        <TextField label={asked('email')} type="email" autoComplete="off" {...form.field('email')} />
        <Select
          label={asked('language')}
          options={locales.map((value) => ({ value: value as string, label: languageName(value) }))}
          {...form.field('locale')}
        />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
