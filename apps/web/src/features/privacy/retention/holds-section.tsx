import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PlaceHoldDialog } from './place-hold-dialog.tsx'
import { type LegalHold, legalHoldsQuery } from './queries.ts'
import { retentionWords } from './words.ts'

/** What must not go for now: who said so, why and until when. */
export function HoldsSection({ may }: { readonly may: boolean }) {
  const t = useWords(retentionWords)
  const asked = useInfiniteQuery(legalHoldsQuery)
  const [placing, setPlacing] = useState(false)
  const [releasing, setReleasing] = useState<LegalHold>()
  return (
    <Section
      title={t('holds')}
      intro={t('holdsIntro')}
      actions={
        may && (
          <Button icon="plus" onClick={() => setPlacing(true)}>
            {t('place')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="lock">{t('holdsEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((hold) => (
                  <HoldRow key={hold.id} hold={hold} onRelease={may && hold.releasedAt === null ? () => setReleasing(hold) : undefined} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
      {placing && <PlaceHoldDialog onClose={() => setPlacing(false)} />}
      {releasing && <ReleaseDialog hold={releasing} onClose={() => setReleasing(undefined)} />}
    </Section>
  )
}

function HoldRow({ hold, onRelease }: { readonly hold: LegalHold; readonly onRelease: (() => void) | undefined }) {
  const t = useWords(retentionWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const until = hold.until ? t('until', { date: formats.plainDate(hold.until) }) : t('untilReleased')
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <span className="grid min-w-48 flex-1 gap-0.5 text-sm">
        <bdi className="wrap-anywhere">{hold.why}</bdi>
        <span className="flex flex-wrap gap-x-2 text-xs text-ink-3">
          {hold.contactId ? (
            <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId: hold.contactId }} className={linkLook}>
              {t('onContact')}
            </Link>
          ) : (
            hold.rule && <span>{t(`rule/${hold.rule}`)}</span>
          )}
          <span>{formats.date(hold.placedAt)}</span>
          <span>{until}</span>
          {hold.releaseWhy && <bdi className="wrap-anywhere">{t('releasedBecause', { why: hold.releaseWhy })}</bdi>}
        </span>
      </span>
      <Badge tone={hold.live ? 'wait' : 'neutral'}>{hold.live ? t('live') : t('over')}</Badge>
      {onRelease && (
        <Button size="sm" onClick={onRelease}>
          {t('release')}
        </Button>
      )}
    </li>
  )
}

function ReleaseDialog({ hold, onClose }: { readonly hold: LegalHold; readonly onClose: () => void }) {
  const t = useWords(retentionWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm<{ readonly why: string }>({
    start: { why: '' },
    check: ({ why }) => ({ why: isBlank(why) ? shared('needed') : undefined }),
    send: async ({ why }, key) => {
      await call('POST /legal-holds/{holdId}/release', { params: { holdId: hold.id }, body: { why: why.trim() }, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: legalHoldsQuery.queryKey })
      notices.show({ tone: 'ok', text: t('released') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('releaseTitle')}
      description={t('releaseIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('release')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('releaseTitle')}>
        <TextField label={t('why')} maxLength={500} autoFocus {...form.field('why')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
