/** The languages Frontdesk speaks; the first is the fallback. */
export const locales = ['en', 'es', 'fr'] as const

/** A language Frontdesk speaks. */
export type Locale = (typeof locales)[number]

/** What a reader gets: the language of the words, and the full BCP 47 tag that dates, times and money follow. */
export type ReaderLocale<L extends string = Locale> = { readonly locale: L; readonly tag: string }

/** An `Accept-Language` header, or a list of tags (`navigator.languages`), best first; nothing known is fine. */
export type WantedLocales = string | readonly string[] | null | undefined

/** Picks the supported language the reader likes best; without a match the first supported one. */
export function chooseLocale(wanted: WantedLocales): Locale
export function chooseLocale<const L extends string>(wanted: WantedLocales, supported: readonly [L, ...L[]]): L
export function chooseLocale(wanted: WantedLocales, supported: readonly [string, ...string[]] = locales): string {
  return match(wanted, supported)?.supported ?? supported[0]
}

/**
 * Picks language and full tag together: `es-MX` reads Spanish words with Mexican dates. A reader whose language we do not
 * speak keeps the clock of her region: `de-DE` becomes `en-DE`, which is English on a 24-hour clock.
 */
export function readerLocale(wanted: WantedLocales): ReaderLocale {
  const found = match(wanted, locales)
  const locale = chooseLocale(found ? [found.supported] : [])
  if (found) return { locale, tag: found.tag.toString() }
  const region = wantedTags(wanted)[0]?.maximize().region
  return { locale, tag: region ? `${locale}-${region}` : locale }
}

const rightToLeftScripts = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Mend', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi'])

/** Which way a language is written, for `dir=`; an unreadable tag counts as left to right. */
export function textDirection(tag: string): 'ltr' | 'rtl' {
  const script = parseTag(tag)?.maximize().script
  return script !== undefined && rightToLeftScripts.has(script) ? 'rtl' : 'ltr'
}

/** A language's name in itself, for the language picker: `español`. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
}

function match(wanted: WantedLocales, supported: readonly string[]): { supported: string; tag: Intl.Locale } | undefined {
  for (const tag of wantedTags(wanted)) {
    const hit = supported.find((one) => one === tag.baseName) ?? supported.find((one) => one === tag.language)
    if (hit !== undefined) return { supported: hit, tag }
  }
  return undefined
}

/** Reads the tags best first (RFC 9110 §12.5.4); what no reader could mean is skipped, because browsers and bots send anything. */
function wantedTags(wanted: WantedLocales): Intl.Locale[] {
  if (!wanted) return []
  const entries = typeof wanted === 'string' ? wanted.slice(0, 1000).split(',') : wanted
  return entries
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag: parseTag(tag), weight: weight ? Number(weight.slice(2)) : 1 }
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .flatMap((entry) => entry.tag ?? [])
}

function parseTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {
    return undefined
  }
}
