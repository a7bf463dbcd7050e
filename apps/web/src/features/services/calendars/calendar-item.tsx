import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { CalendarSheet } from './calendar-sheet.tsx'
import { departForCalendar, isProvider } from './depart.ts'
import type { CalendarLink } from './queries.ts'
import { calendarsWords } from './words.ts'

const tones = { waiting: 'neutral', working: 'ok', failing: 'no' } as const

/** One calendar elsewhere: how it stands, how old what is known is, and what can be done with it. */
export function CalendarItem({ calendar, may }: { readonly calendar: CalendarLink; readonly may: boolean }) {
  const t = useWords(calendarsWords)
  const { kind } = calendar
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            <bdi className="min-w-0 font-medium wrap-anywhere">{calendar.name}</bdi>
            <Badge tone={tones[calendar.state]}>{t(`state/${calendar.state}`)}</Badge>
          </span>
          <span className="text-sm text-ink-2">
            <bdi dir="ltr" className="wrap-anywhere">
              {[isProvider(kind) ? t(`how/${kind}`) : calendar.host, calendar.collection].filter(Boolean).join(' · ')}
            </bdi>
            {' · '}
            {calendar.readAt === null ? (
              t('neverRead')
            ) : (
              <>
                {t('readAgo')} <Ago at={calendar.readAt} />
                {' · '}
                {t('busyAhead', { count: calendar.busyAhead })}
              </>
            )}
          </span>
          <span className="text-xs text-ink-3">
            {t('ifFailing')} · {t(`ifFailing/${calendar.ifFailing}`)}
            {calendar.writes && <> · {t('written')}</>}
          </span>
        </div>
        {may && <CalendarActs calendar={calendar} />}
      </div>
      <CalendarNotes calendar={calendar} />
    </li>
  )
}

/** Everything about a calendar that somebody has to know: that it fails and what follows, what is not known of it, and what stands in the way. */
function CalendarNotes({ calendar }: { readonly calendar: CalendarLink }) {
  const t = useWords(calendarsWords)
  const formats = useFormats()
  const { failure, failingSince, unreliable, unknownFrom, brokenEvents, bookingIds, ifFailing } = calendar
  const [booking] = bookingIds
  const [changed] = calendar.changedThere
  return (
    <>
      {failure !== null && failingSince !== null && (
        <Note tone="no">
          {t('failingSince', { when: formats.dateTime(failingSince), why: t(`why/${failure}`) })}{' '}
          {unreliable && t(ifFailing === 'block' ? 'blocksNow' : 'warnsNow')}
        </Note>
      )}
      {failure === null && unreliable && calendar.readAt !== null && (
        <Note tone="wait">{t(ifFailing === 'block' ? 'blocksNow' : 'warnsNow')}</Note>
      )}
      {unknownFrom !== null && <Note tone="wait">{t('knownUntil', { when: formats.dateTime(unknownFrom) })}</Note>}
      {brokenEvents > 0 && <Note tone="wait">{t('broken', { count: brokenEvents })}</Note>}
      {changed && <BookingNote text={t('changedThere', { count: calendar.changedThere.length })} booking={changed.bookingId} />}
      {booking && <BookingNote text={t('inside', { count: bookingIds.length })} booking={booking} />}
    </>
  )
}

function BookingNote({ text, booking }: { readonly text: string; readonly booking: string }) {
  const t = useWords(calendarsWords)
  const { slug: workspace } = useWorkspace()
  return (
    <Note tone="wait">
      {text}{' '}
      <Link
        to="/w/$workspace/calendar"
        params={{ workspace }}
        search={{ booking }}
        className="whitespace-nowrap underline underline-offset-2"
      >
        {t('showBooking')}
      </Link>
    </Note>
  )
}

function CalendarActs({ calendar }: { readonly calendar: CalendarLink }) {
  const t = useWords(calendarsWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'change' | 'letGo'>()
  const params = { calendarId: calendar.id }
  const { kind, name, ifFailing, writes } = calendar
  const act = async (work: () => Promise<unknown>, done: string) => {
    setOpen(undefined)
    try {
      await work()
      notices.show({ tone: 'ok', text: done })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
    }
  }
  return (
    <>
      <Menu trigger={<IconButton name={t('more', { name: calendar.name })} icon="more" tip="none" />}>
        <MenuItem icon="refresh" onSelect={() => void act(() => call('POST /calendars/{calendarId}/read', { params }), t('reading'))}>
          {t('readNow')}
        </MenuItem>
        {isProvider(kind) && (
          <MenuItem
            icon="refresh"
            onSelect={() =>
              void act(
                () => departForCalendar(calendar.staffId, { provider: kind, name, ifFailing, writes, calendarId: calendar.id }),
                t('connectAgain'),
              )
            }
          >
            {t('connectAgain')}
          </MenuItem>
        )}
        <MenuItem icon="edit" onSelect={() => setOpen('change')}>
          {t('change')}
        </MenuItem>
        <MenuItem icon="trash" danger onSelect={() => setOpen('letGo')}>
          {t('letGo')}
        </MenuItem>
      </Menu>
      {open === 'change' && <CalendarSheet staffId={calendar.staffId} calendar={calendar} onClose={() => setOpen(undefined)} />}
      <ConfirmDialog
        open={open === 'letGo'}
        onOpenChange={() => setOpen(undefined)}
        title={t('letGoAsk', { name: calendar.name })}
        description={t('letGoText')}
        action={t('letGo')}
        onConfirm={() => void act(() => call('DELETE /calendars/{calendarId}', { params }), t('letGoDone'))}
      />
    </>
  )
}
