import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Submission, submissionsQuery } from './queries.ts'
import { SubmissionText } from './submission-text.tsx'
import { formsWords } from './words.ts'

const mayDecide: readonly string[] = ['owner', 'admin', 'manager', 'member']

/** What looked like spam, of one form or of all: a person lets it in or deletes it. */
export function HeldList({ formId }: { readonly formId?: string }) {
  const t = useWords(formsWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(submissionsQuery('held', formId))
  const items = asked.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('heldTitle')} intro={items.length > 0 ? t('heldIntro') : t('heldEmpty')}>
      {asked.error && !asked.data ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : asked.data ? (
        items.length > 0 && (
          <ul className="grid divide-y divide-line">
            {items.map((one) => (
              <Held key={one.id} one={one} />
            ))}
          </ul>
        )
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
  )
}

function Held({ one }: { readonly one: Submission }) {
  const t = useWords(formsWords)
  const formats = useFormats()
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const run = async (act: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await act()
      notices.show({ tone: 'ok', text: done })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
      setAsking(false)
      await queries.invalidateQueries({ queryKey: ['forms'] })
      await queries.invalidateQueries({ queryKey: ['leads'] })
    }
  }
  const params = { submissionId: one.id }
  return (
    <li className="grid min-w-0 gap-2 py-3 text-sm">
      <SubmissionText one={one} />
      <p className="flex flex-wrap gap-2">
        {one.reasons.map((reason) => (
          <Badge key={reason} tone="wait" icon="alert">
            {t(`reason/${reason}`)}
          </Badge>
        ))}
        {one.heldUntil && <span className="text-ink-3">{t('goesOn', { date: formats.date(one.heldUntil) })}</span>}
      </p>
      {mayDecide.includes(role) && (
        <p className="flex flex-wrap gap-2">
          <Button
            size="sm"
            icon="check"
            busy={busy}
            aria-label={t('releaseOf', { name: one.name })}
            onClick={() =>
              void run(() => call('POST /form-submissions/{submissionId}/release', { params }), t('released', { name: one.name }))
            }
          >
            {t('release')}
          </Button>
          <Button size="sm" icon="trash" aria-label={t('discardOf', { name: one.name })} onClick={() => setAsking(true)}>
            {t('discard')}
          </Button>
        </p>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('discardTitle', { name: one.name })}
        description={t('discardText')}
        action={t('discard')}
        busy={busy}
        onConfirm={() => void run(() => call('DELETE /form-submissions/{submissionId}', { params }), t('discarded'))}
      />
    </li>
  )
}
