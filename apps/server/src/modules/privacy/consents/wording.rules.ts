import { type KitKey, type WordingElement, type WordingLocale, wordingElements } from '@frontdesk/contract'

/** What the wordings of the kit are about, as far as it decides what they have to say. */
const about: Readonly<
  Record<KitKey, { readonly way: Way; readonly purpose: 'offers' | 'bookings'; readonly machines: 'none' | 'automatic' | 'voice' }>
> = {
  mail_offers: { way: 'mail', purpose: 'offers', machines: 'none' },
  texts_bookings: { way: 'texts', purpose: 'bookings', machines: 'automatic' },
  texts_offers: { way: 'texts', purpose: 'offers', machines: 'automatic' },
  ai_calls_bookings: { way: 'calls', purpose: 'bookings', machines: 'voice' },
  ai_calls_offers: { way: 'calls', purpose: 'offers', machines: 'voice' },
  calls_offers: { way: 'calls', purpose: 'offers', machines: 'none' },
}
type Way = 'mail' | 'texts' | 'calls'

/**
 * Why each element is asked for. Engineering reference, to be confirmed by counsel.
 * seller, automatic, artificial, free: 47 CFR 64.1200(f)(9)(i) · seller, purpose, stop: CASL s. 10(1) and SOR/2013-221 s. 4 · stop: GDPR Art. 7(3) · free: GDPR Art. 7(4) · rates: CTIA Messaging Principles
 * 5.1.1 · way, purpose: GDPR Art. 4(11). As of 2026-11-29.
 */
export const needsOf = (key: KitKey): readonly WordingElement[] => {
  const { way, machines } = about[key]
  return wordingElements.filter((element) => {
    if (element === 'automatic') return machines !== 'none'
    if (element === 'artificial') return machines === 'voice'
    return element !== 'rates' || way === 'texts'
  })
}

/** What is missing from own words. It looks for the words a language has for it: it finds what was forgotten, and does not judge how well it is said. */
export function missingElements(key: KitKey, locale: WordingLocale, text: string): readonly WordingElement[] {
  const { way, purpose } = about[key]
  const signs = signsOf[locale]
  const says: Readonly<Record<WordingElement, RegExp>> = {
    seller: /\{business\}/,
    way: signs.way[way],
    purpose: signs.purpose[purpose],
    stop: signs.stop,
    free: signs.free,
    automatic: signs.automatic,
    artificial: signs.artificial,
    rates: signs.rates,
  }
  return needsOf(key).filter((element) => !says[element].test(text))
}

/** Braces around anything but the business would be shown as they are. */
export const strayPlaceholder = (text: string): string | undefined => text.replaceAll('{business}', '').match(/\{[^}]*\}?|\}/)?.[0]

type Signs = {
  readonly way: Readonly<Record<Way, RegExp>>
  readonly purpose: Readonly<Record<'offers' | 'bookings', RegExp>>
  readonly stop: RegExp
  readonly free: RegExp
  readonly automatic: RegExp
  readonly artificial: RegExp
  readonly rates: RegExp
}

const signsOf: Readonly<Record<WordingLocale, Signs>> = {
  en: {
    way: { mail: /\be?-?mails?\b/i, texts: /\b(texts?|sms)\b/i, calls: /\b(calls?|phones?)\b/i },
    purpose: {
      offers: /\b(offers?|news|newsletters?|promotions?|advertis\w+|deals?|marketing)\b/i,
      bookings: /\b(bookings?|appointments?|visits?|reservations?)\b/i,
    },
    stop: /\b(stop|unsubscribe|opt[ -]?out|withdraw|take (it|this) back)\b/i,
    free: /\b(do not have to|don[’']t have to|need not|not (a |the )?(condition|required)|no obligation|not obliged)\b/i,
    automatic: /\bautomat\w*|\bautodial\w*/i,
    artificial: /\bartificial\b|\bAI\b|\bsynthetic\b/i,
    rates: /\brates?\b|\bcharges?\b/i,
  },
  es: {
    way: { mail: /\b(correos?|e-?mails?)\b/i, texts: /mensajes? de texto|\bSMS\b/i, calls: /llam/i },
    purpose: { offers: /ofert|novedad|publicid|promoci/i, bookings: /\bcitas?\b|reserva/i },
    stop: /\b(stop|alto|parar|baja)\b|dejar de|retirar/i,
    free: /no (tengo|tienes) (que|por qué)|no es (una )?(condición|obligatori|necesari|requisito)|sin obligación|no estoy obligad|no estás obligad/i,
    automatic: /autom[aá]tic/i,
    artificial: /artificial|\bIA\b|sintétic/i,
    rates: /tarifa|costes?\b|costos?\b|cargos?\b/i,
  },
  fr: {
    way: { mail: /courriel|\be-?mails?\b|\bmails?\b/i, texts: /\bSMS\b|textos?\b/i, calls: /appel|téléphon/i },
    purpose: { offers: /offre|nouvelle|publicit|promotion/i, bookings: /rendez-vous|réservation/i },
    stop: /\bstop\b|arr[eê]t|désabonn|désinscri|retirer/i,
    free: /n[’'](ai|avez|as) pas à|pas (une condition|obligatoire|nécessaire|obligée?|tenue?)|sans obligation/i,
    automatic: /automati/i,
    artificial: /artificiel|\bIA\b|synthétique/i,
    rates: /\bfrais\b|tarifs?\b/i,
  },
}
