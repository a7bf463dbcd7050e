import type { Formats } from '@frontdesk/i18n'
import type { BookingTranslator } from './booking-words.ts'
import type { Drop, Verdict } from './judge-drop.ts'
import type { ClosedReason } from './queries.ts'

type Names = { readonly person: string; readonly service: string }

/** Says in one sentence why a booking cannot lie where it was dragged. */
export function refusalWords(t: BookingTranslator, formats: Formats, verdict: Verdict, drop: Drop, { person, service }: Names): string {
  switch (verdict.kind) {
    case 'booked': {
      const { by } = verdict
      const apart = Date.parse(by.end) <= Date.parse(drop.start) || Date.parse(by.start) >= Date.parse(drop.end)
      const values = { person, name: by.contact.name, until: formats.time(apart ? by.busyUntil : by.end) }
      return apart ? t('whyBookedAround', values) : t('whyBooked', values)
    }
    case 'timeOff':
      return verdict.by.label
        ? t('whyTimeOff', { label: verdict.by.label, until: untilWords(formats, drop.start, verdict.by.end) })
        : t('whyTimeOffNobody', { until: untilWords(formats, drop.start, verdict.by.end) })
    case 'notGiven':
      return t('whyNotGiven', { person, service })
    case 'refused':
      return verdict.because
    case 'past':
      return t('whyPast')
    case 'outside':
      return t('whyOutside', { service })
    case 'same':
    case 'offered':
      return ''
  }
}

/** Says in one sentence why the server does not offer a time. */
export function closedWords(
  t: BookingTranslator,
  formats: Formats,
  reason: ClosedReason | { readonly code: 'paused' | 'nobody' | 'resource_missing' },
): string {
  if (!('at' in reason)) return t(`closed/${reason.code}`)
  const at = reason.at ? formats.dateTime(reason.at) : ''
  const between =
    reason.busyFrom && reason.busyUntil ? { from: formats.time(reason.busyFrom), until: formats.time(reason.busyUntil) } : undefined
  switch (reason.code) {
    case 'notice':
    case 'horizon':
      return t(`closed/${reason.code}`, { at })
    case 'runs_past_hours':
      return t('closed/runs_past_hours', { at: reason.at ? formats.time(reason.at) : '' })
    case 'exception': {
      const date = reason.date ? formats.plainDate(reason.date) : ''
      return reason.label ? t('closed/exception', { date, label: reason.label }) : t('closed/exceptionPlain', { date })
    }
    case 'busy':
    case 'time_off':
    case 'buffer':
      return t(`closed/${reason.code}`, between ?? { from: '', until: '' })
    case 'full':
      return t('closed/full', between ?? { from: '', until: '' })
    case 'skill':
      return t('closed/skill', { skills: formats.list(reason.missing) })
    case 'limit':
      return limitWords(t, formats, reason)
    case 'travel': {
      if (reason.travelMinutes === null) return t('closed/noWay')
      const minutes = formats.duration(reason.travelMinutes)
      return reason.side === 'before'
        ? t('closed/wayFrom', { minutes, until: between?.until ?? '' })
        : t('closed/wayTo', { minutes, from: between?.from ?? '' })
    }
    case 'calendar':
      return t('closed/calendar', { name: reason.label ?? '', ...(between ?? { from: '', until: '' }) })
    case 'calendar_unread':
      return t('closed/calendar_unread', { name: reason.label ?? '' })
    case 'off_step':
      return t('closed/off_step', { minutes: formats.duration(reason.stepMinutes ?? 0) })
    case 'past':
    case 'outside_hours':
      return t(`closed/${reason.code}`)
  }
}

/** Says in one sentence why a room or a device cannot be had. */
export function roomWords(t: BookingTranslator, formats: Formats, name: string, reasons: readonly ClosedReason[]): string {
  const [first] = reasons
  if (first?.busyUntil && (first.code === 'busy' || first.code === 'time_off'))
    return t(first.code === 'busy' ? 'closed/roomBusy' : 'closed/roomOff', { name, until: formats.time(first.busyUntil) })
  return t('closed/room', { name, why: reasons.map((reason) => closedWords(t, formats, reason)).join(' ') })
}

function limitWords(t: BookingTranslator, formats: Formats, { per, counts, used, most }: ClosedReason): string {
  const period = per ?? 'day'
  return counts === 'minutes'
    ? t(`closed/limitMinutes/${period}`, { used: formats.duration(used ?? 0), most: formats.duration(most ?? 0) })
    : t(`closed/limitBookings/${period}`, { used: formats.number(used ?? 0), most: formats.number(most ?? 0) })
}

/** The end of a stretch: its time on the same day, otherwise with the date. */
const untilWords = (formats: Formats, start: string, end: string): string =>
  formats.date(start) === formats.date(end) ? formats.time(end) : formats.dateTime(end)
