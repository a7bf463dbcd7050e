import { createHash } from 'node:crypto'
import type { ImportColumn, ImportTarget } from '@frontdesk/contract'
import { headerSignature, proposeMapping, surveyColumns } from '@frontdesk/interchange'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { type FieldRow, fieldsInUse } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'
import type { ListFormat, SettledMapping, StoredImport } from './import.tables.ts'
import { cardExtras } from './incoming.rules.ts'
import { findImport, readingBy, setImport } from './load-import.ts'
import { asListProblem, detectList, type ListFile, ListProblem, openList } from './open-list.ts'
import { importSurroundings } from './surroundings.ts'
import { columnOf } from './targets.rules.ts'

/** Looks at a list once, from its beginning to its end: how it is written, what its columns hold, how many rows there are. */
export const lookAtListJob: Job<{ importId: string }> = defineJob({
  name: 'contacts.look-at-list',
  endsWithClosing: true,
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: system },
  timeoutSeconds: 900,
  concurrency: 2,
  run: async ({ inWorkspace, workspaceId }, { importId }) => {
    const start = await inWorkspace(async (tx) => {
      const row = await findImport(tx, importId)
      const file = row.file_id === null ? undefined : await findFile(tx, row.file_id)
      return { row, file, fields: await fieldsInUse(tx), business: await workspaceFacts(tx) }
    })
    if (start.row.state !== 'reading') return
    try {
      if (!start.file) throw new ListProblem('file_gone')
      const file = { workspaceId, id: start.file.id, size: start.file.size }
      const seen = await look(file, start)
      await inWorkspace((tx) => settle(tx, importId, seen))
    } catch (error) {
      const found = asListProblem(error)
      if (!found) throw error
      await inWorkspace(async (tx) => {
        const row = await findImport(tx, importId, { hold: true })
        if (row.state === 'reading') await setImport(tx, row, { state: 'failed', problem: found.problem })
      })
    }
  },
})

type Seen = {
  readonly format: ListFormat
  readonly header: readonly string[]
  readonly columns: readonly ImportColumn[]
  readonly rows: number
}

async function look(
  file: ListFile,
  {
    row,
    fields,
    business,
  }: { readonly row: StoredImport; readonly fields: readonly FieldRow[]; readonly business: { locale: string; currency: string } },
): Promise<Seen> {
  const { files } = importSurroundings.get()
  const format = await detectList(files, file, row.said)
  const reading = readingBy({ ...business, country: row.country, today: row.created_at.toString().slice(0, 10) })
  const list = await openList(files, file, format, reading)
  let rows = 0
  if (list.kind === 'cards') {
    const told = new Map<string, number>(cardExtras.map((word) => [word, 0]))
    const tell = (word: string, says: boolean) => says && told.set(word, (told.get(word) ?? 0) + 1)
    for await (const cards of list.cards) {
      for (const card of cards) {
        if (card.kind === 'empty') continue
        rows += 1
        if (card.kind === 'broken') continue
        const { person } = card
        tell('birthday', person.birthday !== null)
        tell('anniversary', person.anniversary !== null)
        tell('website', person.websites.length > 0)
        tell('address', person.addresses.length > 0)
        tell('nickname', person.nickname !== null)
        tell('department', person.department !== null)
      }
    }
    if (rows === 0) throw new ListProblem('no_rows')
    const columns = [...told].filter(([, count]) => count > 0).map(([word, count]) => extraColumn(word, count, fields))
    return { format, header: [], columns, rows }
  }
  const survey = surveyColumns(list.width, row.country)
  for await (const batch of list.rows) {
    survey.take(batch)
    for (const one of batch) if (one.kind === 'broken' || one.cells.some((cell) => cell.trim() !== '')) rows += 1
  }
  if (rows === 0) throw new ListProblem('no_rows')
  const contents = survey.columns()
  const proposals = proposeMapping({ header: list.header, contents, country: row.country, currency: business.currency })
  const names = contents.map((_, index) => list.header?.[index] ?? '')
  const columns = contents.flatMap((content, index): ImportColumn[] => {
    const proposal = proposals[index]
    return proposal ? [columnOf({ name: names[index] ?? '', content, proposal }, fields, business.currency)] : []
  })
  return { format, header: list.header ?? [], columns, rows }
}

function extraColumn(word: string, filled: number, fields: readonly FieldRow[]): ImportColumn {
  const label = `${word[0]?.toUpperCase()}${word.slice(1)}`
  const known = fields.find((field) => foldText(field.label) === word || field.key === word)
  return {
    name: word,
    filled,
    target: known ? { use: 'own', key: known.key } : { use: 'ignore' },
    confidence: known ? 0.9 : 0.3,
    asks: [],
    dateOrder: 'ymd',
    decimal: '.',
    suggests: {
      label,
      type: word === 'birthday' || word === 'anniversary' ? 'date' : word === 'website' ? 'link' : 'text',
      category: word === 'address' || word === 'website' ? 'contact_details' : 'free_text',
      currency: null,
      choices: [],
    },
  }
}

/** By what lists of one kind are known again. */
export const signatureOf = (columns: readonly Pick<ImportColumn, 'name'>[]): string =>
  createHash('sha256')
    .update(headerSignature(columns.map(({ name }) => name)))
    .digest('hex')

async function settle(tx: WorkspaceTx, importId: string, { format, columns, rows }: Seen): Promise<void> {
  const row = await findImport(tx, importId, { hold: true })
  if (row.state !== 'reading') return
  const found = await tx.db
    .selectFrom('import_mapping')
    .select('settled')
    .where('workspace_id', '=', tx.workspaceId)
    .where('signature', '=', signatureOf(columns))
    .executeTakeFirst()
  const named = format.kind === 'vcard' || columns.some(({ name }) => name !== '')
  const known = named ? found?.settled : undefined
  await setImport(tx, row, {
    state: 'draft',
    problem: null,
    format: JSON.stringify(format),
    columns: JSON.stringify(known ? remembered(columns, known, await fieldsInUse(tx)) : columns),
    row_count: rows,
    done: 0,
    remembered: known !== undefined,
    ...(known ? { country: known.country, date_order: known.dateOrder, match_by: known.matchBy, rules: JSON.stringify(known.rules) } : {}),
  })
}

/** The columns with what became of them last time. Names that stand twice keep their order. What is proposed for one that was empty then stands, unless another column goes there. */
function remembered(
  columns: readonly ImportColumn[],
  { columns: before }: SettledMapping,
  fields: readonly FieldRow[],
): readonly ImportColumn[] {
  const left = [...before]
  const known = columns.map(({ name }) => {
    const place = left.findIndex((one) => foldText(one.name) === foldText(name))
    const [column] = place < 0 ? [] : left.splice(place, 1)
    const gone = column?.target.use === 'own' && !isField(fields, column.target.key)
    return gone ? undefined : column
  })
  const taken = new Set(known.flatMap((column) => (column ? [placeOf(column.target)] : [])))
  return columns.map((column, index) => {
    const settled = known[index]
    const isOpen = !settled || (settled.empty === true && column.filled > 0)
    if (!isOpen) return { ...column, target: settled.target, confidence: 1 }
    return onlyOnce(column.target) && taken.has(placeOf(column.target)) ? { ...column, target: { use: 'ignore' }, confidence: 0.3 } : column
  })
}

const isField = (fields: readonly FieldRow[], key: string): boolean => fields.some((field) => field.key === key)

/** Where only one column of a list may go: an own field, and when somebody last came. */
const onlyOnce = ({ use }: ImportTarget): boolean => use === 'own' || use === 'when'

const placeOf = (target: ImportTarget): string => (target.use === 'own' ? `own ${target.key}` : target.use)
