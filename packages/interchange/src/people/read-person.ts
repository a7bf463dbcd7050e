import type { CellProblem } from '../cells/problem.ts'
import type { Day } from '../cells/read-dates.ts'
import { type NameCulture, splitName } from '../cells/read-names.ts'
import type { ColumnTarget, Mapping } from '../columns/fields.ts'
import { unguarded } from '../delimited/write-delimited.ts'
import type { Row } from '../rows.ts'
import { type AddressDraft, columnReader, type Reading } from './column-readers.ts'
import { draftPerson, type Person, type PersonDraft, type PostalAddress, wholeName } from './person.ts'

/** What cells are read by. */
export type PersonReading = {
  /** Of telephone numbers without a country (ISO 3166). */
  readonly country: string | null
  readonly culture: NameCulture
  /** Of amounts that name no currency (ISO 4217). */
  readonly currency?: string
  /** ISO; decides which century two digits mean. */
  readonly today: Day
}

/** What a row says. Problems are of single cells: what else it says stands. */
export type PersonRead = { readonly person: Person; readonly problems: readonly CellProblem[] }

const noProblems: readonly CellProblem[] = Object.freeze([])

/** Makes a reader of rows for one mapping. It never throws. */
export function personReader(mapping: Mapping, reading: PersonReading): (row: Row) => PersonRead {
  // Labels first, so that they are known when their values are read.
  const columns = mapping
    .map((target, column) => ({ target, column }))
    .filter(({ target }) => target.field !== 'ignore')
    .toSorted((one, other) => Number(other.target.field === 'label') - Number(one.target.field === 'label'))
    .map(({ target, column }) => ({ column, read: columnReader(target, reading), most: mostChars(target) }))

  let problems: CellProblem[] = []
  // One for all rows: it is emptied for each.
  const at: Reading = {
    labels: [],
    addresses: [],
    custom: [],
    problem: (code, column, value) => problems.push({ code, column, value: value.slice(0, 200) }),
  }
  return (row) => {
    const person = draftPerson()
    at.labels.length = 0
    at.addresses.length = 0
    at.custom.length = 0
    if (problems.length > 0) problems = []
    const { cells } = row
    for (const { column, read, most } of columns) {
      const raw = cells[column]
      if (raw === undefined || raw === '') continue
      const cell = clean(raw)
      if (cell === '') continue
      if (cell.length > most) at.problem('too_long', column, cell)
      else read(cell, person, at, column)
    }
    if (at.custom.length > 0) person.custom = [...at.custom]
    if (at.addresses.length > 0) person.addresses = at.addresses.map(addressOf)
    // No text holds this character: it is what a decoder writes for bytes it cannot read.
    if (row.raw.includes('\ufffd')) {
      for (const { column } of columns) if (cells[column]?.includes('\ufffd')) at.problem('undecodable', column, cells[column])
    }
    finishName(person, reading.culture)
    return { person, problems: problems.length === 0 ? noProblems : problems }
  }
}

const addressOf = (draft: AddressDraft): PostalAddress => ({
  label: draft.label,
  text: draft.text,
  street: draft.street,
  poBox: draft.poBox,
  city: draft.city,
  region: draft.region,
  postalCode: draft.postalCode,
  country: draft.country,
  countryCode: draft.countryCode,
})

const mostChars = ({ field }: ColumnTarget): number => (field === 'note' ? 100_000 : field === 'custom' || field === 'tags' ? 10_000 : 1000)

/** Without blanks around it, and without the apostrophe that guards against formulas. */
function clean(cell: string): string {
  const first = cell.charCodeAt(0)
  const last = cell.charCodeAt(cell.length - 1)
  const text = first <= 32 || last <= 32 || first >= 0xa0 || last >= 0xa0 ? cell.trim() : cell
  return text.charCodeAt(0) === 39 ? unguarded(text) : text
}

const twoWords = /^[A-Za-z\u00c0-\u024f'-]{3,} [A-Za-z\u00c0-\u024f'-]{4,}$/

function finishName(person: PersonDraft, culture: NameCulture): void {
  const hasParts = person.givenName !== null || person.familyName !== null
  if (person.name === '') {
    if (hasParts) person.name = wholeName(person)
    return
  }
  if (hasParts || (twoWords.test(person.name) && splitTwo(person))) return
  const parts = splitName(person.name, culture)
  person.namePrefix ??= parts.prefix ?? null
  person.givenName = parts.given ?? null
  person.middleName ??= parts.middle ?? null
  person.familyName = parts.family ?? null
  person.nameSuffix ??= parts.suffix ?? null
  // "Lee, Ann" is how lists sort; people are called Ann Lee.
  if (person.name.includes(',') && parts.given !== undefined) person.name = wholeName(person)
}

/** Words of three letters and more after which a name of two words is not simply given and family name. */
const telling =
  /^(?:mrs|miss|doctor|prof|professor|rev|hon|sir|dame|sra|srta|don|doña|mme|mlle|dos|del|las|los|van|von|der|den|ter|ten|bin|ibn|saint|mac) /i
const firmWords = / (?:corp|clinic|clinica|clínica|clinique|hotel|salon|group|service|services|company|gmbh|sarl|sasu|eurl)$/i

/** The plain case, which nearly all are: told apart without the rules of `splitName`. */
function splitTwo(person: PersonDraft): boolean {
  const { name } = person
  if (telling.test(name) || firmWords.test(name)) return false
  const at = name.indexOf(' ')
  person.givenName = name.slice(0, at)
  person.familyName = name.slice(at + 1)
  return true
}
