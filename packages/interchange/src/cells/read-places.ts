import { foldWords } from '../text/fold-words.ts'

const aliases: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  'estados unidos de america': 'US',
  'etats unis d amerique': 'US',
  'u s a': 'US',
  'u s': 'US',
  eeuu: 'US',
  'ee uu': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  inglaterra: 'GB',
  angleterre: 'GB',
  holland: 'NL',
  'czech republic': 'CZ',
  'republica checa': 'CZ',
}
let countries: Map<string, string> | undefined

/** The code of a country (ISO 3166) by its name in English, Spanish or French, or by its code; undefined where it is not known. */
export function readCountry(cell: string): string | undefined {
  const text = cell.trim()
  countries ??= countryNames()
  return countries.get(/^[A-Z]{2}$/.test(text) ? text : foldWords(text))
}

function countryNames(): Map<string, string> {
  const names = new Map<string, string>(Object.entries(aliases))
  const shown = ['en', 'es', 'fr'].map((locale) => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }))
  for (let one = 65; one <= 90; one += 1) {
    for (let two = 65; two <= 90; two += 1) {
      const code = String.fromCharCode(one, two)
      // Codes that are reserved, that stand for no country, or for one that is no more (DD is DE now).
      if (/^(EU|EZ|UN|XA|XB|ZZ|UK|QO|AC|CP|DG|EA|IC|TA)$/.test(code) || Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`)
        continue
      for (const display of shown) {
        const name = display.of(code)
        if (name === undefined) continue
        names.set(code, code)
        const folded = foldWords(name)
        if (!names.has(folded)) names.set(folded, code)
      }
    }
  }
  return names
}

let languages: Map<string, string> | undefined

/** A language as BCP 47 writes it, by its tag or by its name in English, Spanish, French or itself; undefined where it is not known. */
export function readLanguage(cell: string): string | undefined {
  const text = cell.trim()
  languages ??= languageNames()
  const named = languages.get(foldWords(text))
  if (named !== undefined || !/^[a-z]{2,3}([-_][A-Za-z\d]{2,8})*$/i.test(text)) return named
  try {
    const [tag] = Intl.getCanonicalLocales(text.replaceAll('_', '-'))
    return tag !== undefined && new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined ? tag : undefined
  } catch {
    return undefined
  }
}

function languageNames(): Map<string, string> {
  const names = new Map<string, string>()
  for (const tag of 'en es fr de it pt nl ca eu gl ar zh ja ko ru uk pl ro tr vi tl hi he el sv da no fi cs hu'.split(' ')) {
    for (const locale of ['en', 'es', 'fr', tag]) {
      const name = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(tag)
      if (name !== undefined) names.set(foldWords(name), tag)
    }
  }
  return names
}
