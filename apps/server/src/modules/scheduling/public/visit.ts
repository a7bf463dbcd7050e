import { Zone } from '@frontdesk/contract'
import { type Formats, formats, type Locale, readerLocale, textDirection } from '@frontdesk/i18n'
import type { CookieNotice, LegalFacts } from '../../privacy/index.ts'
import type { Business } from '../business.ts'
import { type PageTranslator, pageTranslator } from './page.words.ts'

/** One look at a public page: who reads it, in which language and zone, and what of that has to stay in its links. */
export type Visit = {
  readonly business: Business
  readonly t: PageTranslator
  /** Formats in the zone whose times are shown. */
  readonly f: Formats
  readonly locale: Locale
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
  readonly zone: string
  /** The visitor said which zone is hers, or her browser did. Otherwise times are the business's and say so. */
  readonly zoneIsKnown: boolean
  readonly now: Temporal.Instant
  /** The address of this page with another language. */
  readonly inLanguage: (locale: Locale) => string
  /** An address on this site that keeps language and zone. */
  readonly link: (path: string, parameters?: Readonly<Record<string, string | undefined>>) => string
  /** What a form has to carry to keep language and zone. */
  readonly carried: readonly (readonly [string, string])[]
  /** What the page says about cookies; left out where nobody asked. */
  readonly notice?: CookieNotice
  /** The documents of the business, for the foot of the page. */
  readonly legal?: LegalFacts
}

export type VisitFacts = {
  readonly business: Business
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly languages: readonly string[]
  readonly now: Temporal.Instant
  /** What the booking itself knows of its customer. */
  readonly customer?: { readonly tag: string | null; readonly zone: string | null }
}

/** Works out who reads: what the address says comes first, then what the booking knows, then the browser. */
export function visitOf({ business, path, query, languages, now, customer }: VisitFacts): Visit {
  const wanted = [query.lang, customer?.tag, ...languages].filter((tag) => typeof tag === 'string')
  const { locale, tag } = readerLocale(wanted.length > 0 ? wanted : [business.locale])
  const chosen = Zone.safeParse(query.zone)
  const zone = chosen.success ? chosen.data : (customer?.zone ?? business.zone)
  const carried: [string, string][] = [
    ...(query.lang !== undefined ? [['lang', locale] satisfies [string, string]] : []),
    ...(chosen.success ? [['zone', zone] satisfies [string, string]] : []),
  ]
  return {
    business,
    t: pageTranslator(tag),
    f: formats(tag, zone),
    locale,
    tag,
    direction: textDirection(locale),
    zone,
    zoneIsKnown: chosen.success || (customer?.zone ?? null) !== null,
    now,
    inLanguage: (other) => address(path, [...Object.entries(query).filter(([name]) => name !== 'lang'), ['lang', other]]),
    link: (to, parameters = {}) => address(to, [...Object.entries(parameters), ...carried]),
    carried,
  }
}

/** The parameters of an address, one text each; whatever else was sent is nothing. */
export function plainQuery(query: unknown): Record<string, string> {
  if (typeof query !== 'object' || query === null) return {}
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 4000),
  )
}

function address(path: string, parameters: readonly (readonly [string, string | undefined])[]): string {
  const once = new Map(parameters.filter((entry): entry is [string, string] => entry[1] !== undefined))
  const search = new URLSearchParams([...once]).toString()
  return search === '' ? path : `${path}?${search}`
}
