import type { CellProblem, CellProblemCode } from '../cells/problem.ts'
import type { RowProblem } from '../rows.ts'
import type { CardProblem, CardRow } from '../vcard/read-cards.ts'

/** The languages in which a file of errors gives its reasons. */
export type ReasonLanguage = 'en' | 'es' | 'fr'

type BrokenCode = RowProblem['code'] | Extract<CardRow, { kind: 'broken' }>['problem']['code']
type Facts = { readonly cells?: number; readonly expected?: number; readonly most?: number }
type Sentences = {
  readonly rows: { readonly [code in BrokenCode]: (facts: Facts) => string }
  readonly cells: { readonly [code in CellProblemCode]: (value: string) => string }
}

/** French wants a narrow no-break space before colons and inside of quotation marks. */
const sentences: { readonly [language in ReasonLanguage]: Sentences } = {
  en: {
    rows: {
      text_after_quote: () => 'Text stands behind a closing quotation mark.',
      quote_not_closed: () => 'A quotation mark is opened and never closed.',
      stray_quote: () => 'A quotation mark stands where none belongs.',
      too_many_cells: ({ cells, expected }) => `The row has ${cells} cells, but there are ${expected} columns.`,
      too_few_cells: ({ cells, expected }) => `The row has only ${cells} of ${expected} cells.`,
      row_too_long: ({ most }) => `The row is longer than ${most} characters.`,
      card_not_ended: () => 'The card begins and does not end.',
      card_not_begun: () => 'This text stands outside of any card.',
      card_too_long: () => 'The card is too long.',
    },
    cells: {
      not_a_phone: (value) => `“${value}” is not a telephone number that can be dialled.`,
      not_an_email: (value) => `“${value}” is not an email address.`,
      not_a_date: (value) => `“${value}” is not a date.`,
      date_could_be_two: (value) => `“${value}” could be two different days. Say whether the day or the month comes first.`,
      not_a_number: (value) => `“${value}” is not a number.`,
      not_an_amount: (value) => `“${value}” is not an amount of money.`,
      currency_unknown: (value) => `The currency of “${value}” is not known.`,
      not_yes_or_no: (value) => `“${value}” is neither yes nor no.`,
      not_a_choice: (value) => `“${value}” is not one of the choices.`,
      not_a_website: (value) => `“${value}” is not the address of a website.`,
      undecodable: (value) => `“${value}” holds characters that could not be read. Choose another encoding.`,
      too_long: () => 'The text is too long.',
    },
  },
  es: {
    rows: {
      text_after_quote: () => 'Hay texto después de unas comillas de cierre.',
      quote_not_closed: () => 'Unas comillas se abren y no se cierran.',
      stray_quote: () => 'Hay unas comillas donde no corresponde.',
      too_many_cells: ({ cells, expected }) => `La fila tiene ${cells} celdas, pero hay ${expected} columnas.`,
      too_few_cells: ({ cells, expected }) => `La fila tiene solo ${cells} de ${expected} celdas.`,
      row_too_long: ({ most }) => `La fila supera los ${most} caracteres.`,
      card_not_ended: () => 'La tarjeta empieza y no termina.',
      card_not_begun: () => 'Este texto está fuera de cualquier tarjeta.',
      card_too_long: () => 'La tarjeta es demasiado larga.',
    },
    cells: {
      not_a_phone: (value) => `«${value}» no es un número de teléfono que se pueda marcar.`,
      not_an_email: (value) => `«${value}» no es una dirección de correo.`,
      not_a_date: (value) => `«${value}» no es una fecha.`,
      date_could_be_two: (value) => `«${value}» puede ser dos días distintos. Indica si va primero el día o el mes.`,
      not_a_number: (value) => `«${value}» no es un número.`,
      not_an_amount: (value) => `«${value}» no es un importe.`,
      currency_unknown: (value) => `No se conoce la moneda de «${value}».`,
      not_yes_or_no: (value) => `«${value}» no es ni sí ni no.`,
      not_a_choice: (value) => `«${value}» no es una de las opciones.`,
      not_a_website: (value) => `«${value}» no es la dirección de un sitio web.`,
      undecodable: (value) => `«${value}» contiene caracteres que no se han podido leer. Elige otra codificación.`,
      too_long: () => 'El texto es demasiado largo.',
    },
  },
  fr: {
    rows: {
      text_after_quote: () => 'Du texte suit un guillemet fermant.',
      quote_not_closed: () => 'Un guillemet est ouvert et jamais fermé.',
      stray_quote: () => 'Un guillemet se trouve là où il n’a pas sa place.',
      too_many_cells: ({ cells, expected }) => `La ligne compte ${cells} cellules, mais il y a ${expected} colonnes.`,
      too_few_cells: ({ cells, expected }) => `La ligne ne compte que ${cells} cellules sur ${expected}.`,
      row_too_long: ({ most }) => `La ligne dépasse ${most} caractères.`,
      card_not_ended: () => 'La fiche commence et ne se termine pas.',
      card_not_begun: () => 'Ce texte se trouve hors de toute fiche.',
      card_too_long: () => 'La fiche est trop longue.',
    },
    cells: {
      not_a_phone: (value) => `«\u202f${value}\u202f» n’est pas un numéro de téléphone que l’on puisse composer.`,
      not_an_email: (value) => `«\u202f${value}\u202f» n’est pas une adresse e-mail.`,
      not_a_date: (value) => `«\u202f${value}\u202f» n’est pas une date.`,
      date_could_be_two: (value) =>
        `«\u202f${value}\u202f» peut désigner deux jours différents. Indiquez si le jour ou le mois vient en premier.`,
      not_a_number: (value) => `«\u202f${value}\u202f» n’est pas un nombre.`,
      not_an_amount: (value) => `«\u202f${value}\u202f» n’est pas un montant.`,
      currency_unknown: (value) => `La devise de «\u202f${value}\u202f» n’est pas connue.`,
      not_yes_or_no: (value) => `«\u202f${value}\u202f» n’est ni oui ni non.`,
      not_a_choice: (value) => `«\u202f${value}\u202f» ne fait pas partie des choix.`,
      not_a_website: (value) => `«\u202f${value}\u202f» n’est pas l’adresse d’un site web.`,
      undecodable: (value) => `«\u202f${value}\u202f» contient des caractères illisibles. Choisissez un autre encodage.`,
      too_long: () => 'Le texte est trop long.',
    },
  },
}

/** What is wrong with a row or a card as a whole, in a sentence. */
export const sayBroken = (problem: { readonly code: BrokenCode } & Facts, language: ReasonLanguage): string =>
  sentences[language].rows[problem.code](problem)

/** What is wrong with one cell or property, in a sentence that names it. */
export function sayProblem(problem: CellProblem | CardProblem, header: readonly string[] | null, language: ReasonLanguage): string {
  const name = 'property' in problem ? problem.property : (header?.[problem.column] ?? '')
  const sentence = sentences[language].cells[problem.code](problem.value)
  const colon = language === 'fr' ? '\u202f: ' : ': '
  return name === '' ? sentence : `${name}${colon}${sentence}`
}
