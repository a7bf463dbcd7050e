import { Zone } from '@frontdesk/contract'
import { type Formats, formats, type Locale, readerLocale, textDirection } from '@frontdesk/i18n'
import type { CookieNotice, LegalFacts } from '../../privacy/index.ts'
import type { Business } from '../business.ts'
import { type Look, lookOf, type Prefill, prefillOf } from './address.rules.ts'
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
  /** The same for a page of its own, where this one stands in a frame. */
  readonly alone: (path: string, parameters?: Readonly<Record<string, string | undefined>>) => string
  /** What a form has to carry to keep language, zone and look. */
  readonly carried: readonly (readonly [string, string])[]
  /** It stands in a frame of another site. */
  readonly framed: boolean
  /** Light or dark, and the colour, where the site around it says so. */
  readonly look: Look
  /** What the address fills in beforehand. It stays in this visit's own links and reaches nobody else. */
  readonly prefill: Prefill
  /** Who may frame the page; left out where this is not asked. */
  readonly framedBy?: readonly string[]
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
  const framed = query.frame === '1'
  const look = lookOf(query)
  const prefill = prefillOf(query)
  const carriedAlone: [string, string][] = [
    ...(query.lang !== undefined ? [['lang', locale] satisfies [string, string]] : []),
    ...(chosen.success ? [['zone', zone] satisfies [string, string]] : []),
  ]
  const carried: [string, string][] = [
    ...carriedAlone,
    ...(framed ? [['frame', '1'] satisfies [string, string]] : []),
    ...Object.entries(look),
  ]
  const filled = (to: string) => (to.startsWith('/b/') ? Object.entries(prefill) : [])
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
    link: (to, parameters = {}) => address(to, [...Object.entries(parameters), ...carried, ...filled(to)]),
    alone: (to, parameters = {}) => address(to, [...Object.entries(parameters), ...carriedAlone, ...filled(to)]),
    carried,
    framed,
    look,
    prefill,
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
