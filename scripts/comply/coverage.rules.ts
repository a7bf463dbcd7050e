import { type PrivacyRow, roomsThatExist } from './privacy-rows.ts'

/** A test whose name says that it proves rows. */
export type Proof = { readonly file: string; readonly test: string; readonly ids: readonly string[] }

/** The rows that wait, by the state they are in: a room that does not exist yet, or a room that exists and has no proof. */
export type Waiting = Readonly<Record<string, string>>

export const notYetProved = 'not yet proved'

/** Begins the entry of a row that tests prove as far as the house goes, and that is not whole without another room. */
const IN_PART = 'in part; '

const isInPart = (id: string, waiting: Waiting): boolean => waiting[id]?.startsWith(IN_PART) ?? false

/** What a row that is not proved waits for: its room, or a part of its room, where there is none yet. */
export const waitsFor = ({ room, until }: PrivacyRow): string => {
  const missing = until ?? (roomsThatExist.includes(room) ? undefined : room)
  return missing === undefined ? notYetProved : `waits for ${missing}`
}

const TITLE = /(?<quote>['"`])(?<title>(?:(?!\k<quote>).)+?)(?<ids>(?:\s\[[A-Z]{1,2}\d+(?:, [A-Z]{1,2}\d+)*\])+)\k<quote>\s*,/g

/** The proofs in the text of one file of tests: names that end in ids, such as `… [M11] [N14]` or `… [D1, D2]`. Ids that no row has belong to other lists and are left out. */
export function proofsIn(file: string, text: string, known: ReadonlySet<string>): readonly Proof[] {
  return [...text.matchAll(TITLE)].flatMap(({ groups }) => {
    const ids = [...(groups?.ids ?? '').matchAll(/[A-Z]{1,2}\d+/g)].map(([id]) => id).filter((id) => known.has(id))
    return ids.length > 0 ? [{ file, test: (groups?.title ?? '').trim(), ids }] : []
  })
}

/** What is wrong between rows, proofs and the list of what waits; empty when all agree. */
export function disagreements(rows: readonly PrivacyRow[], proofs: readonly Proof[], waiting: Waiting): readonly string[] {
  const proved = new Set(proofs.flatMap(({ ids }) => ids))
  const known = new Set(rows.map(({ id }) => id))
  return [
    ...rows.filter(({ id }) => !proved.has(id) && !(id in waiting)).map(({ id }) => `${id} has neither a proof nor a place in the list.`),
    ...rows
      .filter(({ id }) => proved.has(id) && id in waiting && !isInPart(id, waiting))
      .map(({ id }) => `${id} is proved and still in the list.`),
    ...rows
      .filter((row) => row.id in waiting && waiting[row.id] !== waitsFor(row) && !(proved.has(row.id) && isInPart(row.id, waiting)))
      .map((row) => `${row.id} is listed as “${waiting[row.id]}”; it ${waitsFor(row) === notYetProved ? 'is' : ''} ${waitsFor(row)}.`),
    ...Object.keys(waiting)
      .filter((id) => !known.has(id))
      .map((id) => `${id} is no row.`),
  ]
}

/** The list without the rows that are proved by now; it only ever loses rows. */
export function shrunk(proofs: readonly Proof[], waiting: Waiting): Waiting {
  const proved = new Set(proofs.flatMap(({ ids }) => ids))
  return Object.fromEntries(Object.entries(waiting).filter(([id]) => !proved.has(id) || isInPart(id, waiting)))
}

/** The page, row by row. */
export function coveragePage(rows: readonly PrivacyRow[], proofs: readonly Proof[], waiting: Waiting): string {
  const by = new Map<string, Proof[]>()
  for (const proof of proofs) for (const id of new Set(proof.ids)) by.set(id, [...(by.get(id) ?? []), proof])
  const proved = rows.filter(({ id }) => by.has(id) && !isInPart(id, waiting)).length
  const inPart = rows.filter(({ id }) => isInPart(id, waiting)).length
  const open = rows.filter(({ id }) => waiting[id] === notYetProved).length
  const state = ({ id }: PrivacyRow): string => {
    const proofsOfRow = (by.get(id) ?? []).map(({ file, test }) => `“${cell(test)}” (\`${file}\`)`)
    return [...proofsOfRow, ...(id in waiting ? [`*${waiting[id]}*`] : [])].join('<br>')
  }
  return [
    '# What is proved',
    '',
    'Made by `npx node scripts/comply/write-coverage.ts`, and compared by a test. Every promise about privacy, and the test that proves it, by the id at the end of the name of the test.',
    'What is not proved stands in `scripts/comply/waiting-rows.json`: it waits for a room that does not exist yet, or its room exists and the proof is missing. That list may only shrink.',
    '',
    `${rows.length} rows: ${proved} proved, ${inPart} in part, ${open} not yet proved, ${rows.length - proved - inPart - open} wait for their room.`,
    '',
    '| row | what it says | room | proved by |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.id} | ${cell(row.says)} | ${row.room} | ${state(row)} |`),
    '',
  ].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
