import type { ImportProblem } from '@frontdesk/contract'
import { type ReasonLanguage, sayBroken, sayProblem } from '@frontdesk/interchange'
import type { FieldRow } from '../fields/list-fields.ts'
import type { ListRow } from './read-list.ts'

type Sentences = {
  readonly problems: Readonly<Record<ImportProblem, string>>
  readonly reasons: Readonly<Record<string, string>>
  readonly own: (label: string, value: string) => string
  /** What the column of reasons is called. */
  readonly reason: string
}

const en: Sentences = {
  reason: 'Reason',
  problems: {
    empty_file: 'This file is empty.',
    no_rows: 'There are names of columns in this file, but no rows below them.',
    not_a_list: 'This is not a list of people. Save it as CSV, Excel or vCard and bring that.',
    old_workbook: 'This is an Excel file of the old kind, or one behind a password. Save it as .xlsx without a password, or as CSV.',
    header_unreadable: 'The line with the names of the columns cannot be read. Look for a quotation mark that is not closed.',
    too_many_columns: 'This file has more columns than are read here. Leave out those that you do not need.',
    not_a_workbook: 'This is not an Excel workbook. Save it as .xlsx or as CSV.',
    workbook_damaged: 'This Excel file is damaged. Open it and save it again.',
    workbook_encrypted: 'This Excel file is behind a password. Save it without one.',
    workbook_too_large: 'This Excel file is too large. Save it as CSV.',
    no_such_sheet: 'There is no sheet with cells in this workbook.',
    file_gone: 'The file is not kept any more. Bring it again.',
    stopped: 'Something went wrong here and the import was paused. What was written stays; continue it, or undo it.',
  },
  reasons: {
    nobody: 'There is no name, address or number in this row.',
    erased: 'Somebody with this address or number was erased here and is not brought back by a list.',
    refused: 'This number or address belongs to a country that is not served here.',
    email_of_other: 'Another contact has this mail address, so it was left out.',
    handle_of_other: 'Another contact has this handle, so it was left out.',
    too_many_points: 'This contact has so many addresses and numbers that no further one was added.',
    not_storable: 'This row could not be stored.',
  },
  own: (label, value) => `${label}: “${value}” does not fit this field.`,
}

const es: Sentences = {
  reason: 'Motivo',
  problems: {
    empty_file: 'Este archivo está vacío.',
    no_rows: 'En este archivo hay nombres de columnas, pero ninguna fila debajo.',
    not_a_list: 'Esto no es una lista de personas. Guárdala como CSV, Excel o vCard y tráela así.',
    old_workbook: 'Es un archivo de Excel antiguo o protegido con contraseña. Guárdalo como .xlsx sin contraseña, o como CSV.',
    header_unreadable: 'No se puede leer la línea con los nombres de las columnas. Busca unas comillas sin cerrar.',
    too_many_columns: 'Este archivo tiene más columnas de las que se leen aquí. Quita las que no necesites.',
    not_a_workbook: 'Esto no es un libro de Excel. Guárdalo como .xlsx o como CSV.',
    workbook_damaged: 'Este archivo de Excel está dañado. Ábrelo y guárdalo otra vez.',
    workbook_encrypted: 'Este archivo de Excel tiene contraseña. Guárdalo sin ella.',
    workbook_too_large: 'Este archivo de Excel es demasiado grande. Guárdalo como CSV.',
    no_such_sheet: 'Este libro no tiene ninguna hoja con celdas.',
    file_gone: 'El archivo ya no se conserva. Tráelo otra vez.',
    stopped: 'Algo ha fallado y la importación está en pausa. Lo escrito se queda; continúala o deshazla.',
  },
  reasons: {
    nobody: 'En esta fila no hay nombre, dirección ni número.',
    erased: 'Alguien con esta dirección o este número fue borrado aquí y una lista no lo trae de vuelta.',
    refused: 'Este número o esta dirección es de un país que aquí no se atiende.',
    email_of_other: 'Otro contacto tiene esta dirección de correo, así que no se ha añadido.',
    handle_of_other: 'Otro contacto tiene este perfil, así que no se ha añadido.',
    too_many_points: 'Este contacto tiene tantas direcciones y números que no se ha añadido ninguno más.',
    not_storable: 'Esta fila no se ha podido guardar.',
  },
  own: (label, value) => `${label}: «${value}» no encaja en este campo.`,
}

const fr: Sentences = {
  reason: 'Motif',
  problems: {
    empty_file: 'Ce fichier est vide.',
    no_rows: 'Ce fichier contient des noms de colonnes, mais aucune ligne en dessous.',
    not_a_list: 'Ce n’est pas une liste de personnes. Enregistrez-la en CSV, Excel ou vCard et apportez-la ainsi.',
    old_workbook:
      'C’est un ancien fichier Excel, ou un fichier protégé par mot de passe. Enregistrez-le en .xlsx sans mot de passe, ou en CSV.',
    header_unreadable: 'La ligne des noms de colonnes est illisible. Cherchez un guillemet qui n’est pas fermé.',
    too_many_columns: 'Ce fichier a plus de colonnes qu’on n’en lit ici. Retirez celles dont vous n’avez pas besoin.',
    not_a_workbook: 'Ce n’est pas un classeur Excel. Enregistrez-le en .xlsx ou en CSV.',
    workbook_damaged: 'Ce fichier Excel est endommagé. Ouvrez-le et enregistrez-le de nouveau.',
    workbook_encrypted: 'Ce fichier Excel est protégé par un mot de passe. Enregistrez-le sans.',
    workbook_too_large: 'Ce fichier Excel est trop grand. Enregistrez-le en CSV.',
    no_such_sheet: 'Ce classeur n’a aucune feuille avec des cellules.',
    file_gone: 'Le fichier n’est plus conservé. Apportez-le de nouveau.',
    stopped: 'Un problème est survenu et l’importation est en pause. Ce qui est écrit reste\u202f; poursuivez-la ou annulez-la.',
  },
  reasons: {
    nobody: 'Cette ligne ne contient ni nom, ni adresse, ni numéro.',
    erased: 'Une personne ayant cette adresse ou ce numéro a été effacée ici et une liste ne la ramène pas.',
    refused: 'Ce numéro ou cette adresse appartient à un pays qui n’est pas desservi ici.',
    email_of_other: 'Un autre contact a cette adresse e-mail, elle n’a donc pas été ajoutée.',
    handle_of_other: 'Un autre contact a cet identifiant, il n’a donc pas été ajouté.',
    too_many_points: 'Ce contact a tant d’adresses et de numéros qu’aucun autre n’a été ajouté.',
    not_storable: 'Cette ligne n’a pas pu être enregistrée.',
  },
  own: (label, value) => `${label}\u202f: «\u202f${value}\u202f» ne convient pas à ce champ.`,
}

const sentences: Readonly<Record<ReasonLanguage, Sentences>> = { en, es, fr }

/** Why a list cannot be read, in a sentence. */
export const sayListProblem = (problem: ImportProblem, language: ReasonLanguage): string => sentences[language].problems[problem]

/** What the column of reasons is called. */
export const reasonColumn = (language: ReasonLanguage): string => sentences[language].reason

/** Why a row was not taken, or not wholly, in sentences. `reasons` are the codes of what became of it. */
export function sayReasons(
  row: Pick<ListRow, 'broken' | 'problems'>,
  reasons: readonly string[],
  {
    header,
    fields,
    language,
  }: { readonly header: readonly string[] | null; readonly fields: readonly FieldRow[]; readonly language: ReasonLanguage },
): readonly string[] {
  const { own, reasons: known } = sentences[language]
  if (row.broken) return [sayBroken(row.broken, language)]
  return [
    ...reasons.flatMap((code) => known[code] ?? []),
    ...row.problems.map((problem) =>
      problem.code === 'own_value'
        ? own(fields.find(({ key }) => key === problem.key)?.label ?? problem.key, problem.value)
        : sayProblem(problem, header, language),
    ),
  ]
}
