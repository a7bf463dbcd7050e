import type { ChangeImportBody, Import, ImportColumn, ImportGround, ImportTarget, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { createField } from '../fields/define-field.ts'
import { fieldsInUse } from '../fields/list-fields.ts'
import { checkImportJob } from './check-import.ts'
import type { SettledMapping, StoredImport } from './import.tables.ts'
import { importScreens } from './import-screen.ts'
import { fileGone, findImport, noCounts, notReady, presentImport, setImport, undoDays } from './load-import.ts'
import { lookAtListJob, signatureOf } from './look-at-list.ts'
import { runImportJob } from './run-import.ts'
import { undoImportJob } from './undo-import.ts'

/** What whoever starts an import says of its people, by the ground that was chosen. */
const vouchedWords: Readonly<Record<ImportGround['kind'], string>> = {
  customers: 'I vouch for how we know these people: they are customers.',
  asked: 'I vouch for how we know these people: they asked us.',
  consent: 'I vouch for how we know these people: they signed a consent.',
  bought: 'I vouch for how we know these people: the list was bought or rented.',
  unknown: 'I vouch for how we know these people: that is not known.',
}

type Shown = z.input<typeof Import>
export type ChangeImport = z.output<typeof ChangeImportBody> & { readonly importId: string; readonly version: number }

/** Settles an import before it is checked; what was checked before has to be checked again. Throws `http/version-mismatch`, `contacts/import-not-ready`, and what making a field throws. */
export async function changeImport(tx: WorkspaceTx, by: Principal, wish: ChangeImport): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, wish.importId, { hold: true })
  if (row.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this import in the meantime. Nothing was saved; look at it again.',
      current: presentImport(row),
    })
  }
  if (row.state !== 'draft' && row.state !== 'checked')
    throw notReady('Only an import that was not started yet can be changed. Nothing was saved.')
  if (wish.format) {
    const said = { ...row.said, ...wish.format }
    await enqueue(tx, lookAtListJob, { importId: row.id })
    return presentImport(await setImport(tx, row, { state: 'reading', said: JSON.stringify(said), columns: '[]', forecast: null, done: 0 }))
  }
  const targets = await withNewFields(tx, by, wish.columns ?? row.columns.map(({ target }) => target), wish.newFields ?? [])
  const columns = await settled(tx, row, targets)
  return presentImport(
    await setImport(tx, row, {
      state: 'draft',
      forecast: null,
      columns: JSON.stringify(columns),
      ...(wish.country === undefined ? {} : { country: wish.country }),
      ...(wish.dateOrder === undefined ? {} : { date_order: wish.dateOrder }),
      ...(wish.matchBy === undefined ? {} : { match_by: [...new Set(wish.matchBy)] }),
      ...(wish.rules === undefined ? {} : { rules: JSON.stringify(wish.rules) }),
      ...(wish.tags === undefined ? {} : { tags: wish.tags }),
      ...(wish.ground === undefined ? {} : { ground: JSON.stringify(wish.ground) }),
    }),
  )
}

async function withNewFields(
  tx: WorkspaceTx,
  by: Principal,
  targets: readonly ImportTarget[],
  wished: NonNullable<ChangeImport['newFields']>,
): Promise<readonly ImportTarget[]> {
  const next = [...targets]
  for (const { column, ...wish } of wished) {
    if (column >= next.length) throw faulty('newFields', 'import_column', `There is no column ${column + 1} in this list.`)
    const { key } = await createField(tx, by, wish)
    next[column] = { use: 'own', key }
  }
  return next
}

async function settled(tx: WorkspaceTx, row: StoredImport, targets: readonly ImportTarget[]): Promise<readonly ImportColumn[]> {
  if (targets.length !== row.columns.length)
    throw faulty('columns', 'import_columns', `This list has ${row.columns.length} columns, and ${targets.length} were settled.`)
  const own = targets.flatMap((target) => (target.use === 'own' ? [target.key] : []))
  const known = new Set((await fieldsInUse(tx)).map(({ key }) => key))
  const unknown = own.find((key) => !known.has(key))
  if (unknown !== undefined) throw faulty('columns', 'import_field', `There is no own field ${unknown}.`)
  const twice = own.find((key, place) => own.indexOf(key) !== place)
  if (twice !== undefined) throw faulty('columns', 'import_field_twice', `Two columns go into the field ${twice}. Choose one of them.`)
  if (targets.filter(({ use }) => use === 'when').length > 1)
    throw faulty('columns', 'import_when_twice', 'Only one column can say when somebody last came.')
  return row.columns.map((column, place) => ({ ...column, target: targets[place] ?? column.target }))
}

const faulty = (path: string, code: string, message: string): Refusal =>
  new Refusal('http/invalid-request', { detail: `${message} Nothing was saved.`, faults: [{ path: `body.${path}`, code, message }] })

/** Begins a dry run. Throws `contacts/ground-missing` before it was said how these people are known. */
export async function checkImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId, { hold: true })
  if (row.state !== 'draft' && row.state !== 'checked')
    throw notReady('Only an import that was not started yet can be checked. Nothing was changed.')
  requireFile(row)
  requireGround(row)
  requireSomebody(row)
  await enqueue(tx, checkImportJob, { importId })
  return presentImport(await setImport(tx, row, { state: 'checking', done: 0, forecast: null }))
}

/** Begins to write a list that was checked. Who says so vouches for how these people are known, and the mapping is remembered for the next list of the same kind. */
export async function startImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  for (const screen of importScreens.all()) await screen.begin(tx)
  const row = await findImport(tx, importId, { hold: true })
  requireGround(row)
  if (row.state !== 'checked') throw notReady('Check this import first: it shows what would become of each row. Nothing was changed.')
  requireFile(row)
  await remember(tx, row)
  await audit(tx, by, { action: 'import.vouched', object: { type: 'import', id: importId }, result: 'done' })
  await enqueue(tx, runImportJob, { importId })
  return presentImport(
    await setImport(tx, row, {
      state: 'writing',
      problem: null,
      done: 0,
      counts: JSON.stringify(noCounts),
      vouched_by: actorText(by),
      vouched_words: row.ground === null ? null : vouchedWords[row.ground.kind],
      vouched_at: tx.now,
      started_at: tx.now,
    }),
  )
}

/** Holds a running import on. The batch that is being written is still written. */
export async function pauseImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId, { hold: true })
  if (row.state === 'paused') return presentImport(row)
  if (row.state !== 'writing') throw notReady('Only an import that is running can be paused. Nothing was changed.')
  return presentImport(await setImport(tx, row, { state: 'paused' }))
}

/** Goes on behind the last row that was written. */
export async function resumeImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId, { hold: true })
  if (row.state === 'writing') return presentImport(row)
  if (row.state !== 'paused') throw notReady('Only an import that was paused can be continued. Nothing was changed.')
  requireFile(row)
  await enqueue(tx, runImportJob, { importId })
  return presentImport(await setImport(tx, row, { state: 'writing', problem: null }))
}

/** Ends an import where it is. What was written stays. */
export async function cancelImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId, { hold: true })
  if (row.state === 'cancelled') return presentImport(row)
  if (!['reading', 'draft', 'checking', 'checked', 'writing', 'paused', 'failed'].includes(row.state))
    throw notReady('This import has ended already. Nothing was changed.')
  await audit(tx, by, { action: 'import.cancelled', object: { type: 'import', id: importId }, result: 'done' })
  return presentImport(await setImport(tx, row, { state: 'cancelled', finished_at: tx.now }))
}

/** Begins to take an import back. Throws `contacts/import-not-ready` once what it replaced is not kept any more. */
export async function undoImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<Shown> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId, { hold: true })
  if (row.state === 'undoing') return presentImport(row)
  if (row.started_at === null || !['finished', 'cancelled', 'paused'].includes(row.state))
    throw notReady('Only an import that has written something can be taken back. Nothing was changed.')
  if (Temporal.Instant.compare(tx.now, row.started_at.add({ hours: 24 * undoDays })) > 0)
    throw notReady(`An import can be taken back for ${undoDays} days, as long as what it replaced is kept. Nothing was changed.`)
  await audit(tx, by, { action: 'import.undone', object: { type: 'import', id: importId }, result: 'done' })
  await enqueue(tx, undoImportJob, { importId })
  return presentImport(await setImport(tx, row, { state: 'undoing', problem: null, removed: 0, restored: 0, kept: 0 }))
}

function requireFile(row: StoredImport): void {
  if (row.file_id === null) throw fileGone()
}

function requireGround(row: StoredImport): void {
  if (row.ground !== null) return
  throw new Refusal('contacts/ground-missing', {
    detail: 'Say how you know these people: what you may do with them hangs on it. Nothing was changed.',
  })
}

/** Without a name, an address or a number there is nobody to bring. */
function requireSomebody(row: StoredImport): void {
  if (row.format?.kind === 'vcard') return
  const telling = ['name', 'givenName', 'familyName', 'company', 'email', 'phone']
  if (row.columns.some(({ target }) => target.use === 'field' && telling.includes(target.field))) return
  throw faulty('columns', 'import_nobody', 'Choose at least one column with a name, a mail address or a number.')
}

async function remember(tx: WorkspaceTx, row: StoredImport): Promise<void> {
  const settledNow: SettledMapping = {
    columns: row.columns.map(({ name, target, filled }) =>
      filled === 0 && target.use === 'ignore' ? { name, target, empty: true } : { name, target },
    ),
    country: row.country,
    dateOrder: row.date_order,
    matchBy: row.match_by,
    rules: row.rules,
  }
  await tx.db
    .insertInto('import_mapping')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      signature: signatureOf(row.columns),
      settled: JSON.stringify(settledNow),
      used_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'signature']).doUpdateSet({ settled: JSON.stringify(settledNow), used_at: tx.now }),
    )
    .execute()
}
