import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Bone, Waiting } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { bookingWords } from './booking-words.ts'
import { dateIn, instantAt, minuteOf, minuteOn, sameMoment, shiftDate, stretchOf, wallTime } from './clock-days.ts'
import { type Booking, type Slot, slotsQuery } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { SlotChips } from './slot-chips.tsx'
import { WhyClosed } from './why-closed.tsx'

export type SlotPickerProps = {
  /** Empty as long as nothing is chosen. */
  readonly serviceId: string
  /** Empty for whoever is free. */
  readonly staffId: string
  readonly date: string
  readonly onDate: (date: string) => void
  /** The chosen moment; empty for none. */
  readonly start: string
  readonly onStart: (start: string) => void
  /** Any time that nobody else has, instead of the offered ones. */
  readonly outside: boolean
  /** Left out: only what is offered can be chosen. */
  readonly onOutside?: ((outside: boolean) => void) | undefined
  /** The booking that is moved: its own time counts as free, and is not offered to it again. */
  readonly moving?: Booking | undefined
  readonly error?: string | undefined
}

/** How far ahead the first free day is looked for. */
const LOOK_DAYS = 28

/** A day and a time on it: those on offer, or with the switch any other. Says why a time is not offered, and when the next one is free. */
export function SlotPicker(props: SlotPickerProps) {
  const { serviceId, staffId, date, onDate, start, onStart, outside, onOutside, moving, error } = props
  const t = useWords(bookingWords)
  const { zone } = useWorkspace()
  const formats = useFormats(zone)
  const wish = { serviceId, staffId: staffId || undefined, movingBookingId: moving?.id }
  const day = useQuery({ ...slotsQuery({ ...wish, ...stretchOf(date, date, zone) }), enabled: serviceId !== '' && !outside })
  const slots = useMemo(() => day.data?.slots.filter((slot) => !isWhereItLies(slot, moving, staffId)) ?? [], [day.data, moving, staffId])
  const elsewhere = start !== '' && dateIn(start, zone) === date && day.data && !slots.some((slot) => sameMoment(slot.start, start))
  const chooseDay = (next: string) => {
    if (!next) return
    onDate(next)
    // A time outside of the offer is kept for the new day; an offered one is chosen afresh.
    onStart(outside && start ? instantAt(next, minuteOn(start, dateIn(start, zone), zone), zone) : '')
  }
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="sr-only">{t('when')}</legend>
      <div className="flex items-end gap-1">
        <DateField label={t('date')} value={date} onChange={chooseDay} className="flex-1" />
        <IconButton name={t('previousDay')} icon="chevronLeft" onClick={() => chooseDay(shiftDate(date, -1))} />
        <IconButton name={t('nextDay')} icon="chevronRight" onClick={() => chooseDay(shiftDate(date, 1))} />
      </div>
      {outside ? (
        <>
          <TimeField
            label={t('time')}
            value={start ? wallTime(minuteOn(start, dateIn(start, zone), zone)) : ''}
            onChange={(wall) => onStart(wall ? instantAt(date, minuteOf(wall), zone) : '')}
            error={error}
          />
          {start && serviceId && <WhyClosed {...wish} start={start} />}
        </>
      ) : (
        <>
          {day.isPending && serviceId !== '' && <TimesWaiting label={t('lookingForTimes')} />}
          {day.isError && <TimesFailed error={day.error} onAgain={() => void day.refetch()} />}
          {day.data && slots.length > 0 && (
            <SlotChips slots={slots} start={start} onStart={onStart} error={error} day={formats.plainDate(date, 'weekday')} />
          )}
          {day.data && slots.length === 0 && <NothingFree {...wish} date={date} zone={zone} onDate={chooseDay} />}
          {elsewhere && serviceId && (
            <WhyClosed {...wish} start={start}>
              {onOutside && (
                <Button size="sm" onClick={() => onOutside(true)}>
                  {t('outside')}
                </Button>
              )}
            </WhyClosed>
          )}
          {error && slots.length === 0 && <Note tone="no">{error}</Note>}
        </>
      )}
      {onOutside && <Switch label={t('outside')} hint={outside ? t('outsideHint') : undefined} value={outside} onChange={onOutside} />}
    </fieldset>
  )
}

const isWhereItLies = (slot: Slot, moving: Booking | undefined, staffId: string): boolean =>
  moving !== undefined && moving.staff.id === staffId && sameMoment(slot.start, moving.start)

function TimesWaiting({ label }: { readonly label: string }) {
  return (
    <Waiting label={label}>
      <div className="grid grid-cols-4 gap-2">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
          <Bone key={key} className="h-8 rounded-md" />
        ))}
      </div>
    </Waiting>
  )
}

function TimesFailed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const t = useWords(bookingWords)
  const explain = useExplain()
  return (
    <Note tone="no" role="alert">
      {t('timesFailed', { reason: explain(error).message })}{' '}
      <Button size="sm" onClick={onAgain}>
        {t('again')}
      </Button>
    </Note>
  )
}

type NothingFreeProps = {
  readonly serviceId: string
  readonly staffId: string | undefined
  readonly movingBookingId: string | undefined
  readonly date: string
  readonly zone: string
  readonly onDate: (date: string) => void
}

function NothingFree({ date, zone, onDate, ...wish }: NothingFreeProps) {
  const t = useWords(bookingWords)
  const short = useShortWhen()
  const later = useQuery(slotsQuery({ ...wish, ...stretchOf(shiftDate(date, 1), shiftDate(date, LOOK_DAYS), zone) }))
  const first = later.data?.slots[0]
  return (
    <Note icon="calendar" role="status">
      {t('nothingFree')} {later.data && !first && t('nothingSoon')}
      {first && (
        <Button size="sm" variant="quiet" onClick={() => onDate(dateIn(first.start, zone))}>
          {t('firstFree', { day: short.dayTime(first.start) })}
        </Button>
      )}
    </Note>
  )
}
