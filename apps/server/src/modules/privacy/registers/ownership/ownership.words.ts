import { defineWords, type Locale, translator } from '@frontdesk/i18n'

const english = {
  'mail/subject': '{business} gets a new owner',
  'mail/hello': 'Hello {name},',
  'mail/what': 'on {day} {business} and the data it keeps of you go over to {successor}.',
  'mail/member':
    'on {day} {business} goes over to {successor}, and with it the data it keeps, your account here among them. Ask whoever you work for if you do not want that.',
  'mail/object': 'If you do not want your data to go along, say so before that day. It costs nothing, and you need no account.',
  'mail/link': 'I object',
  title: 'Your data and the new owner of {business}',
  what: 'On {day} {business} and the data it keeps of you go over to {successor}.',
  ask: 'If you do not want your data to go along, say so here.',
  words: 'Your reasons, if you want to give some',
  optional: 'optional',
  object: 'I object',
  done: 'Noted on {day}. {business} gets in touch with you before the change.',
  over: 'This change has happened, or was called off. Write to {business} if you have a question.',
  tooLong: 'Write at most 2,000 characters.',
  languages: 'Language',
} as const

const spanish = {
  'mail/subject': '{business} cambia de titular',
  'mail/hello': 'Hola, {name}:',
  'mail/what': 'el {day} {business} y los datos que guarda sobre ti pasan a {successor}.',
  'mail/member':
    'el {day} {business} pasa a {successor}, y con él los datos que guarda, también tu cuenta aquí. Habla con quien te emplea si no lo quieres.',
  'mail/object': 'Si no quieres que tus datos vayan con el negocio, dilo antes de ese día. No cuesta nada y no necesitas cuenta.',
  'mail/link': 'Me opongo',
  title: 'Tus datos y el nuevo titular de {business}',
  what: 'El {day} {business} y los datos que guarda sobre ti pasan a {successor}.',
  ask: 'Si no quieres que tus datos vayan con el negocio, dilo aquí.',
  words: 'Tus motivos, si quieres darlos',
  optional: 'opcional',
  object: 'Me opongo',
  done: 'Anotado el {day}. {business} se pondrá en contacto contigo antes del cambio.',
  over: 'Este cambio ya ha ocurrido o se ha cancelado. Escribe a {business} si tienes alguna pregunta.',
  tooLong: 'Escribe como mucho 2.000 caracteres.',
  languages: 'Idioma',
} as const

const french = {
  'mail/subject': '{business} change de propriétaire',
  'mail/hello': 'Bonjour {name},',
  'mail/what': 'le {day}, {business} et les données que l’entreprise garde sur vous passent à {successor}.',
  'mail/member':
    'le {day}, {business} passe à {successor}, avec les données que l’entreprise garde, votre compte ici compris. Adressez-vous à votre employeur si vous ne le voulez pas.',
  'mail/object': 'Si vous ne voulez pas que vos données suivent, dites-le avant ce jour. C’est gratuit, et sans compte.',
  'mail/link': 'Je m’y oppose',
  title: 'Vos données et le nouveau propriétaire de {business}',
  what: 'Le {day}, {business} et les données que l’entreprise garde sur vous passent à {successor}.',
  ask: 'Si vous ne voulez pas que vos données suivent, dites-le ici.',
  words: 'Vos raisons, si vous voulez en donner',
  optional: 'facultatif',
  object: 'Je m’y oppose',
  done: 'Noté le {day}. {business} vous contactera avant le changement.',
  over: 'Ce changement a eu lieu ou a été annulé. Écrivez à {business} si vous avez une question.',
  tooLong: 'Écrivez au plus 2 000 caractères.',
  languages: 'Langue',
} as const

const words = defineWords(english, { es: spanish, fr: french })

/** The `t` of the notice of a change of ownership, and of its page. */
export const ownershipTranslator = (locale: Locale) => translator(words, locale)
