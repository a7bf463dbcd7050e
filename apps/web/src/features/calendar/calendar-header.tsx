import { zoneCity } from '@frontdesk/i18n'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { HueDot } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { onDemandMenu } from '../../ui/on-demand-menu.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import type { CalendarMenuProps } from './calendar-menu.tsx'
import { useShortWhen } from './short-when.ts'
import type { CalendarTranslator } from './status-words.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'
import { zoneDifference } from './zone-difference.ts'

const CalendarMenu = onDemandMenu<Omit<CalendarMenuProps, 'trigger'>>(() => import('./calendar-menu.tsx').then((file) => file.CalendarMenu))

export type CalendarHeaderProps = {
  readonly view: CalendarView
  readonly data: CalendarData
  readonly onCloseTime: () => void
}

/** Which days, whose, on which clock; and the way to book. */
export function CalendarHeader({ view, data, onCloseTime }: CalendarHeaderProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const short = useShortWhen()
  const { kind, stretch, date } = view
  const title = kind === 'week' ? formats.month(stretch.from) : kind === 'day' ? formats.plainDate(date, 'weekday') : short.month(date)
  return (
    <PageHeader
      title={title}
      actions={
        <>
          <IconButton
            name={t(kind === 'week' ? 'previousWeek' : 'previousDay')}
            icon="chevronLeft"
            keys="p"
            onClick={() => view.turn(-1)}
          />
          <IconButton name={t(kind === 'week' ? 'nextWeek' : 'nextDay')} icon="chevronRight" keys="n" onClick={() => view.turn(1)} />
          <span className="phone:hidden">
            <Button keys="T" onClick={() => view.go({ date: undefined })} aria-pressed={view.dates.includes(view.today)}>
              {t('today')}
            </Button>
          </span>
          <span className="ms-2 phone:hidden">
            <SegmentedControl
              label={t('view')}
              value={kind === 'day' ? 'day' : 'week'}
              onChange={(next) => view.go({ view: next === 'day' ? 'day' : undefined })}
              options={[
                { value: 'day', label: t('day') },
                { value: 'week', label: t('week') },
              ]}
            />
          </span>
          {kind === 'day' && data.resources.length > 0 && (
            <SegmentedControl
              label={t('columns')}
              value={view.search.by === 'rooms' ? 'rooms' : 'people'}
              onChange={(next) => view.go({ by: next === 'rooms' ? 'rooms' : undefined }, { replace: true })}
              options={[
                { value: 'people', label: t('byPeople') },
                { value: 'rooms', label: t('byRooms') },
              ]}
            />
          )}
          <CalendarMenu
            trigger={<IconButton name={t('more')} icon="more" tip="none" />}
            onToday={() => view.go({ date: undefined })}
            onCloseTime={onCloseTime}
          />
          <Button variant="solid" icon="plus" keys="B" onClick={() => view.go({ book: 'new' })}>
            {t('book')}
          </Button>
        </>
      }
    >
      <Legend view={view} data={data} />
    </PageHeader>
  )
}

/** The people by their colour, each to be shown alone or with others, and the zone where it is not the reader's. */
function Legend({ view, data }: { readonly view: CalendarView; readonly data: CalendarData }) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const mine = useFormats()
  const apart = zoneDifference(view.zone, mine.zone, view.stretch.from)
  const several = data.people.length > 1
  if (apart === 0 && !several) return null
  const zone = `${formats.zoneName(view.stretch.from)} (${zoneCity(view.zone)})`
  const wanted = new Set(view.search.staff?.split(',') ?? [])
  const toggle = (id: string) => {
    const next = wanted.has(id) ? [...wanted].filter((one) => one !== id) : [...wanted, id]
    view.go({ staff: next.length > 0 && next.length < data.people.length ? next.join(',') : undefined }, { replace: true })
  }
  return (
    <div className="flex min-h-9 items-center gap-x-4 gap-y-1 overflow-x-auto px-4 pb-1.5 text-xs text-ink-2 scroll-none desk:flex-wrap">
      {apart !== 0 && <span className="shrink-0">{t('timesInYours', { zone, difference: differenceWords(t, apart) })}</span>}
      {several && (
        <fieldset className="-ms-2 flex items-center gap-1 desk:flex-wrap">
          <legend className="sr-only">{t('people')}</legend>
          {data.people.map((person) => {
            const off = wanted.size > 0 && !wanted.has(person.id)
            return (
              <button
                key={person.id}
                type="button"
                aria-pressed={wanted.has(person.id)}
                onClick={() => toggle(person.id)}
                className={cx(
                  'inline-flex h-7 shrink-0 items-center gap-2 rounded-full px-2 hover:bg-hover hover:text-ink aria-pressed:bg-selected aria-pressed:text-ink phone:h-9',
                  off && 'text-ink-3',
                )}
              >
                <span className={off ? 'opacity-40' : ''}>
                  <HueDot hue={person.hue} />
                </span>
                <bdi>{person.name}</bdi>
              </button>
            )
          })}
        </fieldset>
      )}
    </div>
  )
}

/** "6 hours earlier", "45 minutes later". */
function differenceWords(t: CalendarTranslator, minutes: number): string {
  const count = Math.abs(minutes)
  if (count % 60 === 0) return t(minutes > 0 ? 'hoursAhead' : 'hoursBehind', { count: count / 60 })
  return t(minutes > 0 ? 'minutesAhead' : 'minutesBehind', { count })
}
