import type { DayNumber } from './day-number.ts'
import { dateParts } from './day-number.ts'
import type { Holiday, HolidayRule } from './holidays.ts'
import { holidaysByRules } from './holidays.ts'

/** Stored with each case, so that a later correction does not rewrite when something was due. */
export const calendarVersion = '2026-11-29.1'

/** A set of public holidays with its source. Certainty as in `@frontdesk/contact-rules`: V primary text read, S secondary text read, K widely known. */
export type Calendar = {
  readonly source: string
  readonly asOf: string
  readonly certainty: 'V' | 'S' | 'K'
  readonly rules: readonly HolidayRule[]
}

type Moved = HolidayRule['moved']
const fixed = (id: string, month: number, day: number, moved?: Moved, since?: number): HolidayRule => ({
  id,
  month,
  day,
  ...(moved ? { moved } : {}),
  ...(since ? { since } : {}),
})
const nth = (id: string, month: number, weekday: number, count: number): HolidayRule => ({ id, month, weekday, nth: count })
const easter = (id: string, days: number): HolidayRule => ({ id, easter: days })

const federalUs: readonly HolidayRule[] = [
  fixed('new_year', 1, 1, 'nearest'),
  nth('martin_luther_king', 1, 1, 3),
  nth('washington', 2, 1, 3),
  nth('memorial', 5, 1, -1),
  fixed('juneteenth', 6, 19, 'nearest', 2021),
  fixed('independence', 7, 4, 'nearest'),
  nth('labor', 9, 1, 1),
  nth('columbus', 10, 1, 2),
  fixed('veterans', 11, 11, 'nearest'),
  nth('thanksgiving', 11, 4, 4),
  fixed('christmas', 12, 25, 'nearest'),
]

const canada = {
  newYear: fixed('new_year', 1, 1, 'next'),
  family: nth('family', 2, 1, 3),
  goodFriday: easter('good_friday', -2),
  victoria: { id: 'victoria', month: 5, weekday: 1, before: 25 },
  indigenous: fixed('indigenous_peoples', 6, 21, 'next'),
  canada: fixed('canada', 7, 1, 'next'),
  civic: nth('civic', 8, 1, 1),
  labour: nth('labor', 9, 1, 1),
  reconciliation: fixed('truth_and_reconciliation', 9, 30, 'next', 2021),
  thanksgiving: nth('thanksgiving', 10, 1, 2),
  remembrance: fixed('remembrance', 11, 11, 'next'),
  christmas: fixed('christmas', 12, 25, 'next'),
  boxing: fixed('boxing', 12, 26, 'next'),
} as const satisfies { readonly [name: string]: HolidayRule }
const everywhere: readonly HolidayRule[] = [canada.newYear, canada.goodFriday, canada.canada, canada.labour, canada.christmas]
const inCanada = (...more: readonly HolidayRule[]): Calendar => ({
  source: 'Employment standards of the province or territory; canada.ca, public holidays',
  asOf: '2026-11-29',
  certainty: 'K',
  rules: [...everywhere, ...more],
})
const inState = (source: string, ...more: readonly HolidayRule[]): Calendar => ({
  source: `5 U.S.C. 6103; ${source}`,
  asOf: '2026-11-29',
  certainty: 'K',
  rules: [...federalUs, ...more],
})

/** Calendars by name. The states are those in which the law closes the telephone on legal holidays. */
export const calendars = {
  us: { source: '5 U.S.C. 6103; Executive Order 11582', asOf: '2026-11-29', certainty: 'V', rules: federalUs },
  'us-al': inState('Ala. Code 1-3-8', easter('mardi_gras', -47), nth('confederate_memorial', 4, 1, 4), nth('jefferson_davis', 6, 1, 1)),
  'us-la': inState(
    'La. R.S. 1:55',
    fixed('battle_of_new_orleans', 1, 8),
    fixed('robert_e_lee', 1, 19),
    easter('mardi_gras', -47),
    easter('good_friday', -2),
    fixed('huey_long', 8, 30),
    fixed('all_saints', 11, 1),
    { id: 'election', election: 'even_years' },
  ),
  'us-ms': inState('Miss. Code 3-3-7', nth('confederate_memorial', 4, 1, -1)),
  'us-pa': inState('44 Pa.C.S. 11', easter('good_friday', -2), fixed('flag', 6, 14), { id: 'election', election: 'every_year' }),
  'us-ri': inState('R.I. Gen. Laws 25-1-1', nth('victory', 8, 1, 2), { id: 'election', election: 'even_years' }),
  'us-ut': inState('Utah Code 63G-1-301', fixed('pioneer', 7, 24, 'nearest')),
  ca: {
    source: 'Canada Labour Code s. 166, 193',
    asOf: '2026-11-29',
    certainty: 'K',
    rules: [...everywhere, canada.victoria, canada.reconciliation, canada.thanksgiving, canada.remembrance, canada.boxing],
  },
  'ca-ab': inCanada(canada.family, canada.victoria, canada.thanksgiving, canada.remembrance),
  'ca-bc': inCanada(canada.family, canada.victoria, canada.civic, canada.reconciliation, canada.thanksgiving, canada.remembrance),
  'ca-mb': inCanada(canada.family, canada.victoria, canada.reconciliation, canada.thanksgiving),
  'ca-nb': inCanada(canada.family, canada.civic, canada.remembrance),
  'ca-nl': inCanada(canada.remembrance),
  'ca-ns': inCanada(canada.family),
  'ca-nt': inCanada(canada.victoria, canada.indigenous, canada.civic, canada.reconciliation, canada.thanksgiving, canada.remembrance),
  'ca-nu': inCanada(
    canada.victoria,
    fixed('nunavut', 7, 9, 'next'),
    canada.civic,
    canada.reconciliation,
    canada.thanksgiving,
    canada.remembrance,
  ),
  'ca-on': inCanada(canada.family, canada.victoria, canada.thanksgiving, canada.boxing),
  'ca-pe': inCanada(canada.family, canada.reconciliation, canada.remembrance),
  'ca-qc': inCanada(
    easter('easter_monday', 1),
    { ...canada.victoria, id: 'patriots' },
    fixed('saint_john_baptist', 6, 24, 'next'),
    canada.thanksgiving,
  ),
  'ca-sk': inCanada(canada.family, canada.victoria, canada.civic, canada.thanksgiving, canada.remembrance),
  'ca-yt': inCanada(
    canada.victoria,
    canada.indigenous,
    nth('discovery', 8, 1, 3),
    canada.reconciliation,
    canada.thanksgiving,
    canada.remembrance,
  ),
} as const satisfies { readonly [id: string]: Calendar }
export type CalendarId = keyof typeof calendars

/** The holidays of a calendar in one year, with the days on which they are kept. */
export const holidaysOf = (id: CalendarId, year: number): readonly Holiday[] => holidaysByRules(calendars[id].rules, year)

/** Names of the holidays by the day they fall on or are kept on, for the years asked; a New Year's Day may be kept in the year before. */
export function holidayNames(id: CalendarId, fromYear: number, toYear: number): ReadonlyMap<DayNumber, string> {
  const names = new Map<DayNumber, string>()
  for (let year = fromYear; year <= toYear + 1; year++) {
    for (const { id: name, day, observed } of holidaysOf(id, year)) {
      for (const one of [day, observed]) {
        const falls = dateParts(one).year
        if (falls >= fromYear && falls <= toYear && !names.has(one)) names.set(one, name)
      }
    }
  }
  return names
}
