import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useStatus } from '../../app/status.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { bookingWords } from './booking-words.ts'
import type { Booking } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { useBookingActs } from './use-booking-acts.ts'
import { movable } from './use-drag.ts'

export type BookingActionsProps = {
  readonly booking: Booking
  readonly now: number
  readonly onAsk: (what: 'move' | 'cancel' | 'decline') => void
}

/** What can be done with a booking now, and who hears of it. */
export function BookingActions({ booking, now, onAsk }: BookingActionsProps) {
  const t = useWords(bookingWords)
  const { slug } = useWorkspace()
  const explain = useExplain()
  const acts = useBookingActs()
  const short = useShortWhen()
  const mail = useStatus()?.mail
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const alive = movable.has(booking.status)
  const begun = Date.parse(booking.start) <= now
  const settled = booking.status === 'attended' || booking.status === 'no_show'
  const run = async (what: string, act: () => Promise<void>) => {
    setBusy(what)
    setProblem(undefined)
    try {
      await act()
    } catch (error) {
      setProblem(explain(error).message)
    } finally {
      setBusy(undefined)
    }
  }
  return (
    <section className="grid gap-3 border-t border-line p-4">
      {booking.status === 'held' && (
        <Button
          variant="solid"
          icon="check"
          busy={busy === 'confirm'}
          onClick={() => void run('confirm', () => acts.confirm(booking, true))}
        >
          {t('confirm')}
        </Button>
      )}
      {booking.status === 'pending' && booking.request && (
        <>
          <p className="text-sm text-ink-2">{t('askedUntil', { moment: short.dayTime(booking.request.answerBy) })}</p>
          <div className="grid grid-cols-2 gap-2">
            <Button
              variant="solid"
              icon="check"
              busy={busy === 'approve'}
              onClick={() => void run('approve', () => acts.approve(booking, true))}
            >
              {t('approve')}
            </Button>
            <Button icon="ban" onClick={() => onAsk('decline')}>
              {t('decline')}
            </Button>
          </div>
        </>
      )}
      {begun && (booking.status === 'confirmed' || booking.status === 'pending' || settled) && (
        <div className="grid grid-cols-2 gap-2">
          <Button
            icon="check"
            aria-pressed={booking.status === 'attended'}
            busy={busy === 'attended'}
            onClick={() => void run('attended', () => acts.settle(booking, 'attended'))}
          >
            {t('came')}
          </Button>
          <Button
            icon="ban"
            aria-pressed={booking.status === 'no_show'}
            busy={busy === 'no-show'}
            onClick={() => void run('no-show', () => acts.settle(booking, 'no-show'))}
          >
            {t('didNotCome')}
          </Button>
        </div>
      )}
      {alive && (
        <div className="grid grid-cols-2 gap-2">
          <Button icon="calendar" keys="M" onClick={() => onAsk('move')}>
            {t('move')}
          </Button>
          {booking.status !== 'pending' && (
            <Button icon="close" keys="X" onClick={() => onAsk('cancel')}>
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
      {(settled || booking.status === 'cancelled') && (
        <Button icon="undo" busy={busy === 'undo'} onClick={() => void run('undo', () => acts.takeBack(booking))}>
          {t('takeBack')}
        </Button>
      )}
      {problem && (
        <Note tone="no" role="alert">
          {problem}
        </Note>
      )}
      {alive && mail && (
        <p className="text-xs text-ink-3">
          {mail === 'smtp' ? (
            t('mailFollows', { name: booking.contact.name })
          ) : (
            <>
              {t('mailWaits', { name: booking.contact.name })}{' '}
              <Link to="/w/$workspace/outbox" params={{ workspace: slug }} className="text-link underline underline-offset-2">
                {t('openOutbox')}
              </Link>
            </>
          )}
        </p>
      )}
    </section>
  )
}
