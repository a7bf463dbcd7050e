import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { bookingWords } from './booking-words.ts'
import { canInsist, nextFree } from './judge-drop.ts'
import type { Service, Slot, Staff } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import type { Drag } from './use-drag.ts'
import { refusalWords } from './verdict-words.ts'

export type DragTipProps = {
  readonly drag: Drag
  readonly zone: string
  readonly people: readonly Staff[]
  readonly services: readonly Service[]
  /** The starts on offer in the days shown. */
  readonly slots: readonly Slot[]
  /** The column is in the second half, so the tip opens towards the start. */
  readonly late: boolean
  readonly onMove: (start: string, insist: boolean) => void
  readonly onDismiss: () => void
}

/** Why a booking cannot lie where it is dragged, and what is free next. While it moves it only says so; once it is let go, it asks. */
export function DragTip(props: DragTipProps) {
  const t = useWords(bookingWords)
  const { drag, zone, people, services, slots } = props
  const formats = useFormats(zone)
  const short = useShortWhen()
  const id = useId()
  const { booking, drop, verdict } = drag
  const insist = canInsist(verdict)
  const free = drag.offered ?? nextFree(drop, slots)
  const written = ({ start }: Slot) => (short.day(start) === short.day(drop.start) ? short.time(start) : short.dayTime(start))
  const names = {
    person: people.find((one) => one.id === drop.staffId)?.name ?? booking.staff.name,
    service: services.find((one) => one.id === booking.service.id)?.name ?? booking.service.name,
  }
  const reason = (
    <>
      <p id={id} className={cx('flex items-center gap-1.5 font-medium', insist ? 'text-wait-ink' : 'text-no-ink')}>
        <Icon name={insist ? 'clock' : 'ban'} />
        {t(insist ? 'dragOutside' : 'dragRefused', { time: formats.time(drop.start) })}
      </p>
      <p className="text-ink-2">{refusalWords(t, formats, verdict, drop, names)}</p>
    </>
  )
  const look = cx(
    'absolute top-[calc(100%+6px)] grid w-64 gap-1.5 rounded-lg bg-raised p-3 text-sm shadow-float forced-colors:border',
    props.late ? 'end-0' : 'start-0',
  )
  if (drag.phase === 'moving') {
    return (
      <div role="status" className={look}>
        {reason}
        {free.length > 0 && (
          <p className="text-ink-2">
            {t('nextFree')}: <b className="figures text-ink">{free.map(written).join(', ')}</b>
          </p>
        )}
      </div>
    )
  }
  return (
    <Asking look={look} labelledBy={id} onDismiss={props.onDismiss}>
      {reason}
      <p className="text-xs text-ink-3">{free.length > 0 ? t('nextFree') : t('nothingNear')}</p>
      <div className="flex flex-wrap gap-1.5">
        {free.map((slot) => (
          <Button key={slot.start} size="sm" onClick={() => props.onMove(slot.start, false)}>
            {written(slot)}
          </Button>
        ))}
        {insist && (
          <Button size="sm" onClick={() => props.onMove(drop.start, true)}>
            {t('moveAnyway')}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={props.onDismiss}>
          {t('leaveIt')}
        </Button>
      </div>
    </Asking>
  )
}

type AskingProps = { readonly look: string; readonly labelledBy: string; readonly onDismiss: () => void; readonly children: ReactNode }

/** Takes the focus while it stands; Escape and a press beside it leave everything as it was. */
function Asking({ look, labelledBy, onDismiss, children }: AskingProps) {
  const box = useRef<HTMLDivElement>(null)
  const dismiss = useRef(onDismiss)
  dismiss.current = onDismiss
  useEffect(() => {
    box.current?.querySelector('button')?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) dismiss.current()
    }
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      dismiss.current()
    }
    addEventListener('pointerdown', away)
    addEventListener('keydown', leave, { capture: true })
    return () => {
      removeEventListener('pointerdown', away)
      removeEventListener('keydown', leave, { capture: true })
    }
  }, [])
  return (
    <div ref={box} role="alertdialog" aria-labelledby={labelledBy} className={look}>
      {children}
    </div>
  )
}
