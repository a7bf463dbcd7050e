import { defineWords, type Locale, translator } from '@frontdesk/i18n'

const english = {
  subject: 'Your data at {business} were disclosed',
  hello: 'Hello {name},',
  what: 'on {day} {business} gave data about you to this authority or court: {authority}.',
  why: 'The law asked for it, or it was needed in a proceeding. Two checks found the request valid, and no more than it asked for was handed over.',
  rights: 'You may ask {business} which data that was, and seek legal advice. An answer to this mail reaches us.',
  regards: 'Kind regards\n{business}',
} as const

const spanish = {
  subject: 'Se han comunicado datos tuyos en {business}',
  hello: 'Hola, {name}:',
  what: 'el {day} {business} entregó datos sobre ti a esta autoridad o tribunal: {authority}.',
  why: 'La ley lo pedía o hacía falta en un procedimiento. Dos comprobaciones confirmaron que la solicitud era válida, y no se entregó más de lo que pedía.',
  rights: 'Puedes preguntar a {business} qué datos fueron y pedir consejo legal. Si respondes a este correo, nos llega.',
  regards: 'Un saludo,\n{business}',
} as const

const french = {
  subject: 'Vos données chez {business} ont été communiquées',
  hello: 'Bonjour {name},',
  what: 'le {day}, {business} a remis des données vous concernant à cette autorité ou à ce tribunal : {authority}.',
  why: 'La loi le demandait, ou une procédure l’exigeait. Deux vérifications ont confirmé la validité de la demande, et rien de plus que ce qu’elle demandait n’a été remis.',
  rights:
    'Vous pouvez demander à {business} quelles données étaient concernées, et demander conseil à un avocat. Une réponse à cet e-mail nous parvient.',
  regards: 'Cordialement,\n{business}',
} as const

const words = defineWords(english, { es: spanish, fr: french })

/** The `t` of the notice that data were disclosed. */
export const legalTranslator = (locale: Locale) => translator(words, locale)
