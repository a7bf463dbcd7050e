import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type CalendarFeed, feedQuery } from './queries.ts'
import { calendarsWords } from './words.ts'

type Answer = { readonly feed: CalendarFeed | null }

/** The secret address under which a person's bookings can be read. */
export function FeedSection({ staffId }: { readonly staffId: string }) {
  const t = useWords(calendarsWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const asked = useQuery(feedQuery(staffId))
  const [open, setOpen] = useState<'renew' | 'takeAway'>()
  const params = { staffId }
  const act = async (work: () => Promise<Answer>, done?: string) => {
    setOpen(undefined)
    try {
      queries.setQueryData(feedQuery(staffId).queryKey, await work())
      if (done) notices.show({ tone: 'ok', text: done })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const show = (shows: CalendarFeed['shows']) => act(() => call('PUT /staff/{staffId}/calendar-feed', { params, body: { shows } }))
  const takeAway = async (): Promise<Answer> => {
    await call('DELETE /staff/{staffId}/calendar-feed', { params })
    return { feed: null }
  }
  const feed = asked.data?.feed
  return (
    <Section title={t('feed')} intro={t('feedIntro')}>
      {asked.isError && (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('feedFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {asked.isPending && <TextSkeleton lines={2} />}
      {feed === null && (
        <div>
          <Button icon="link" onClick={() => void show('services')}>
            {t('make')}
          </Button>
        </div>
      )}
      {feed && (
        <>
          <CopyField label={t('feedAddress')} value={feed.url} />
          <Select
            label={t('shows')}
            hint={t('showsHint')}
            value={feed.shows}
            onChange={(shows) => void show(shows)}
            options={[
              { value: 'services', label: t('shows/services') },
              { value: 'names', label: t('shows/names') },
            ]}
          />
          <div className="flex flex-wrap gap-2">
            <Button icon="refresh" onClick={() => setOpen('renew')}>
              {t('renew')}
            </Button>
            <Button icon="trash" onClick={() => setOpen('takeAway')}>
              {t('takeAway')}
            </Button>
          </div>
        </>
      )}
      <ConfirmDialog
        open={open === 'renew'}
        onOpenChange={() => setOpen(undefined)}
        title={t('renewAsk')}
        description={t('renewText')}
        action={t('renew')}
        onConfirm={() => void act(() => call('POST /staff/{staffId}/calendar-feed/renew', { params }), t('renewed'))}
      />
      <ConfirmDialog
        open={open === 'takeAway'}
        onOpenChange={() => setOpen(undefined)}
        title={t('takeAwayAsk')}
        description={t('takeAwayText')}
        action={t('takeAway')}
        onConfirm={() => void act(takeAway, t('takenAway'))}
      />
    </Section>
  )
}
