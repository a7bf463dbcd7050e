import type { Formats } from '@frontdesk/i18n'
import { useReader } from '../../lib/i18n.tsx'
import { useShortWhen } from '../calendar/short-when.ts'
import type { Waiting } from './queries.ts'
import type { WaitlistTranslator } from './words.ts'

type Wishes = Pick<Waiting, 'fromDate' | 'untilDate' | 'weekdays' | 'parts' | 'staff'>

/** Says what suits somebody, in one line. */
export function useWishWords(t: WaitlistTranslator, formats: Formats): (wishes: Wishes) => string {
  const { tag } = useReader()
  const short = useShortWhen()
  const or = new Intl.ListFormat(tag, { type: 'disjunction' })
  return ({ fromDate, untilDate, weekdays, parts, staff }) =>
    [
      fromDate === untilDate ? short.date(fromDate) : t('days', { from: short.date(fromDate), until: short.date(untilDate) }),
      ...(weekdays.length < 7 && fromDate !== untilDate ? [weekdays.map((day) => formats.weekday(day, 'short')).join(', ')] : []),
      parts.length < 3 ? or.format(parts.map((part) => t(part))) : t('anyTime'),
      ...(staff ? [t('onlyWith', { person: staff.name })] : []),
    ].join(' · ')
}
