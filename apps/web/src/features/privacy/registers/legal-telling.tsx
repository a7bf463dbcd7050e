import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { settingsWords } from '../../settings/words.ts'
import type { LegalCase } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { useSaveLegal } from './use-save-legal.ts'

/** Whether the people may be told, and whether they were. */
export function LegalTelling({ request, may }: { readonly request: LegalCase; readonly may: boolean }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const [changing, setChanging] = useState(false)
  const open = request.state !== 'refused' && request.state !== 'closed'
  return (
    <Section
      title={t('telling')}
      actions={
        may &&
        open && (
          <Button size="sm" onClick={() => setChanging(true)}>
            {t('gag')}
          </Button>
        )
      }
    >
      <p className="text-sm wrap-anywhere">
        {request.gagUntil
          ? t('gagged', { date: formats.plainDate(request.gagUntil), source: request.gagSource ?? t('noSource') })
          : t('gagNone')}
      </p>
      <ul className="grid divide-y divide-line">
        {request.subjects.map((subject, at) => (
          <li key={subject.contactId ?? at} className="flex flex-wrap items-center gap-2 py-2 text-sm">
            <span className="min-w-0 flex-1 wrap-anywhere">
              {subject.contactId ? (
                <Link
                  to="/w/$workspace/contacts/$contactId"
                  params={{ workspace: slug, contactId: subject.contactId }}
                  className={linkLook}
                >
                  <bdi>{subject.name}</bdi>
                </Link>
              ) : (
                t('erased')
              )}
            </span>
            {subject.toldAt && <span className="text-xs text-ink-3">{formats.dateTime(subject.toldAt)}</span>}
            <Badge tone={subject.notice === 'sent' ? 'ok' : 'neutral'}>{t(`notice/${subject.notice}`)}</Badge>
          </li>
        ))}
      </ul>
      {changing && <GagDialog request={request} onClose={() => setChanging(false)} />}
    </Section>
  )
}

function GagDialog({ request, onClose }: { readonly request: LegalCase; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const save = useSaveLegal(request.id)
  const id = useId()
  const form = useForm({
    start: { until: request.gagUntil ?? '', source: request.gagSource ?? '' },
    send: async ({ until, source }, key) => {
      const body = { until: until || null, source: source.trim() || null }
      await save(call('POST /legal-requests/{legalRequestId}/gag', { params: { legalRequestId: request.id }, body, idempotencyKey: key }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('telling')}
      description={t('gagHint')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('telling')}>
        <DateField label={t('gagUntil')} optional {...form.field('until')} />
        <TextField label={t('gagSource')} optional maxLength={200} {...form.field('source')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
