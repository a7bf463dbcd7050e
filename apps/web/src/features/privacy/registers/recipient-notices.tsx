import type { RecipientNotice } from '@frontdesk/contract'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { More } from '../../../ui/table.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { settingsWords } from '../../settings/words.ts'
import { noticesQuery, settledNoticesQuery } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'

/** Everybody outside who has to be told of what became of data it received; of one case, also who was. Nothing where nobody did. */
export function RecipientNotices({ requestId, may }: { readonly requestId?: string; readonly may: boolean }) {
  const t = useWords(legalWords)
  const items = useQuery(noticesQuery(requestId === undefined ? { state: 'open' } : { requestId })).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('toTell')}>
      <p className="text-sm text-ink-2">{t('toTellIntro')}</p>
      <NoticeList notices={items} may={may} />
    </Section>
  )
}

/** Who was told and when, page by page. Nothing while nobody was. */
export function ToldRecipients() {
  const t = useWords(legalWords)
  const asked = useInfiniteQuery(settledNoticesQuery)
  const items = asked.data ? rowsOf(asked.data) : []
  if (items.length === 0) return null
  return (
    <Section title={t('told')}>
      <p className="text-sm text-ink-2">{t('toldIntro')}</p>
      <NoticeList notices={items} may={false} />
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </Section>
  )
}

/** Recipients, what each is told of, and what came of it. */
export function NoticeList({ notices, may }: { readonly notices: readonly RecipientNotice[]; readonly may: boolean }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  const [open, setOpen] = useState<RecipientNotice>()
  return (
    <>
      <ul className="grid divide-y divide-line">
        {notices.map((notice) => (
          <li key={notice.id} className="flex flex-wrap items-center gap-3 py-2 text-sm">
            <span className="grid min-w-48 flex-1">
              <span className="flex flex-wrap gap-x-2">
                <bdi className="font-medium wrap-anywhere">{notice.recipient}</bdi>
                <span className="text-ink-2">{t(`news/${notice.news}`)}</span>
              </span>
              <span className="text-xs text-ink-3">
                {t('toTellReceived', { date: formats.date(notice.receivedAt) })} {notice.amongMany && t('toTellMany')}
              </span>
              <Outcome notice={notice} />
            </span>
            {may && notice.state === 'open' && (
              <Button size="sm" onClick={() => setOpen(notice)}>
                {t('toTellRecord')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {open && <RecordDialog notice={open} onClose={() => setOpen(undefined)} />}
    </>
  )
}

function Outcome({ notice: { state, doneAt, proof } }: { readonly notice: RecipientNotice }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  if (state === 'open' || doneAt === null) return null
  if (state === 'overtaken') return <span className="text-ink-2">{t('toldOvertaken')}</span>
  const vars = { date: formats.date(doneAt), proof: proof ?? '' }
  return <span className="text-ink-2">{t(state === 'told' ? 'toTellTold' : 'toTellNot', vars)}</span>
}

const ways = ['mail', 'letter', 'phone', 'their_system', 'impossible'] as const

function RecordDialog({ notice, onClose }: { readonly notice: RecipientNotice; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: { how: 'mail' as (typeof ways)[number], proof: '' },
    check: ({ proof }) => ({ proof: isBlank(proof) ? shared('needed') : undefined }),
    send: async ({ how, proof }, key) => {
      const body = { how, proof: proof.trim() }
      await call('POST /recipient-notices/{noticeId}/done', { params: { noticeId: notice.id }, body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: ['registers', 'recipient-notices'] })
      notices.show({ tone: 'ok', text: t('toTellDone') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={notice.recipient}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('toTellRecord')}
          </Button>
        </>
      }
    >
      {notice.draft ? (
        <section className="grid gap-1 pb-4" aria-label={t('toTellDraft')}>
          <h3 className="text-sm font-medium">{t('toTellDraft')}</h3>
          <p dir="auto" className="rounded-md border border-line p-3 text-sm whitespace-pre-line select-all">
            {notice.draft}
          </p>
        </section>
      ) : (
        <Note tone="wait">{t('toTellNameless')}</Note>
      )}
      <Form form={form} id={id} label={t('toTellRecord')}>
        <Select label={t('toTellHow')} options={ways.map((value) => ({ value, label: t(`toTellHow/${value}`) }))} {...form.field('how')} />
        <TextArea label={t('toTellProof')} hint={t('toTellProofHint')} rows={3} maxLength={2000} {...form.field('proof')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
