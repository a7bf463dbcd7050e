import type { Counted, Erasure, Field, SubjectPath, TableInventory } from '../../../platform/inventory/index.ts'
import type { Catalog } from './catalog.ts'

// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
export type Inventory = readonly TableInventory<any>[]

/** What becomes of one column of a row that stays. */
export type ColumnChange = { readonly column: string; readonly how: 'null' | 'replace' | 'hmac' | 'day' }

/** A column that two people share: it goes on naming the other one. */
export type HandOver = { readonly column: string; readonly to: string }

/** What one table has of a contact, and what is done about it. */
export type TablePlan = {
  readonly table: string
  /** Queries that select the ids of her rows, with `:ws` for the workspace and `:ids` for her contact ids. */
  readonly ways: readonly string[]
  /** The column whose text names ids of her rows; such rows are hers too. */
  readonly mentionedIn: string | null
  /** Rows that go; otherwise they stay and `changes` empties them. */
  readonly goes: boolean
  readonly changes: readonly ColumnChange[]
  readonly handOver: readonly HandOver[]
  /** Hers only while no row of somebody else points at it. */
  readonly alone: boolean
  /** How it lives on without her when she is anonymized; null: it goes. */
  readonly counted: LivesOn | null
  readonly columns: Readonly<Record<string, Field>>
}

/** How the rows of a table live on without the person, and the column that leads from them to her. */
export type LivesOn = Counted<Record<string, unknown>> & { readonly contact: string }

/** Something that stays, and why. Part of the receipt. */
export type KeptColumn = { readonly table: string; readonly column: string; readonly why: string; readonly until: string | null }

export type ErasurePlan = {
  /** Children before the tables they point at. */
  readonly tables: readonly TablePlan[]
  readonly kept: readonly KeptColumn[]
}

type ContactPath = Extract<SubjectPath, { root: 'contact' }>
type Via = Extract<SubjectPath, { via: readonly string[] }>

/** Derives from the inventory what an erasure does, table by table. Throws where a declaration makes no sense against the database. */
export function planErasure(inventory: Inventory, catalog: Catalog): ErasurePlan {
  const tables = inventory
    .filter(({ schema }) => schema === 'public')
    .map((declared) => planTable(declared, inventory, catalog))
    .filter((plan) => plan !== undefined)
  return { tables: childrenFirst(tables, catalog), kept: keptColumns(inventory) }
}

function planTable(declared: Inventory[number], inventory: Inventory, catalog: Catalog): TablePlan | undefined {
  const paths = declared.subjects.filter((path): path is ContactPath => path.root === 'contact')
  if (paths.length === 0) return undefined
  const vias = paths.filter((path): path is ContactPath & Via => 'via' in path)
  const mention = paths.find((path) => 'mentionedIn' in path)
  const columns: Readonly<Record<string, Field>> = declared.columns
  const handOver = vias.flatMap(({ via: [first = ''] }) => handOverOf(columns, first))
  const goes = mention !== undefined || vias.every(({ via: [first = ''] }) => rowGoes(declared.table, columns, first))
  return {
    table: declared.table,
    ways: vias.map(({ via }) => wayTo(declared.table, via, inventory, catalog)),
    mentionedIn: mention?.mentionedIn ?? null,
    goes,
    changes: goes ? [] : changesOf(declared.table, columns),
    handOver,
    alone: vias.length > 0 && vias.every(({ alone }) => alone === true),
    counted: declared.counted ? livesOn(declared.table, declared.counted, columns, vias[0]?.via ?? []) : null,
    columns,
  }
}

/** Throws where a column of a counted table says neither what it sums nor what it tells: it would stay beside the day. */
function livesOn(
  table: string,
  counted: Counted<Record<string, unknown>>,
  columns: Readonly<Record<string, Field>>,
  via: readonly string[],
): LivesOn {
  const named = new Set([
    ...['workspace_id', 'id', 'version', counted.day],
    ...[counted.later ?? [], counted.sums ?? [], counted.cleared ?? [], Object.keys(counted.tells)].flat(),
  ])
  for (const [column, field] of Object.entries(columns)) {
    const stays =
      field.kind === 'system' ||
      (field.kind === 'personal' && isKept(field) && !isMomentName(column)) ||
      (field.kind === 'reference' && isKept(field))
    if (stays && !named.has(column))
      throw new Error(`${table} is counted, but its inventory does not say what ${column} tells once she is anonymous.`)
  }
  const [contact, ...more] = via
  if (contact === undefined || more.length > 0) throw new Error(`${table} is counted, but no column of it leads to the contact.`)
  return { ...counted, contact }
}

const isKept = ({ erase }: { readonly erase: Erasure }): boolean => typeof erase === 'object' && 'keep' in erase

/** Kept moments become the day by themselves. */
const isMomentName = (column: string): boolean => /(_at|_from|_until|^wall_start)$/.test(column)

function eraseOf(columns: Readonly<Record<string, Field>>, column: string): Erasure | undefined {
  const field = columns[column]
  return field && field.kind !== 'system' ? field.erase : undefined
}

const handOverOf = (columns: Readonly<Record<string, Field>>, column: string): readonly HandOver[] => {
  const erase = eraseOf(columns, column)
  return typeof erase === 'object' && 'handOver' in erase ? [{ column, to: erase.handOver }] : []
}

/** Whether the row goes with her, by the column that leads from it to her. */
function rowGoes(table: string, columns: Readonly<Record<string, Field>>, first: string): boolean {
  if (first.includes('.')) return true // another table says that it is hers
  const erase = eraseOf(columns, first)
  if (erase === undefined) throw new Error(`${table}.${first} leads to a contact, but the inventory does not say how it is erased.`)
  if (typeof erase === 'object') return 'handOver' in erase
  return erase === 'delete_row' || erase === 'destroy_key'
}

function changesOf(table: string, columns: Readonly<Record<string, Field>>): readonly ColumnChange[] {
  return Object.entries(columns).flatMap(([column, field]): ColumnChange[] => {
    if (field.kind === 'system' || (field.kind === 'reference' && field.to !== 'contact')) return []
    const { erase } = field
    if (typeof erase === 'object') return 'generalize' in erase ? [{ column, how: 'day' }] : []
    if (erase === 'delete_row' || erase === 'destroy_key')
      throw new Error(`${table}.${column} is to go with its row, but the row stays. Declare what becomes of the column.`)
    return [{ column, how: erase === 'detach' ? 'null' : erase }]
  })
}

/** The query behind one path of the inventory. */
function wayTo(table: string, via: readonly string[], inventory: Inventory, catalog: Catalog): string {
  const { from, columns } = walk(table, via, inventory, catalog)
  return `select t0.id from ${from} where t0.workspace_id = :ws and ${columns.map((column) => `${column} = any(:ids)`).join(' and ')}`
}

/** The same path the other way round: what to select from, with `t0` for the rows of the table, and each column that names a contact. */
export const contactColumns = (
  table: string,
  via: readonly string[],
  inventory: Inventory,
  catalog: Catalog,
): readonly { readonly from: string; readonly column: string }[] => {
  const { from, columns } = walk(table, via, inventory, catalog)
  return columns.map((column) => ({ from, column }))
}

/** Goes along a path, step by step along foreign keys, or back along one that points here. */
function walk(
  table: string,
  via: readonly string[],
  inventory: Inventory,
  catalog: Catalog,
): { readonly from: string; readonly columns: readonly string[] } {
  let at = { table, alias: 't0' }
  const joins: string[] = []
  const next = (to: string, on: (alias: string) => string) => {
    const alias = `t${joins.length + 1}`
    joins.push(`join ${quote(to)} ${alias} on ${alias}.workspace_id = :ws and ${on(alias)}`)
    at = { table: to, alias }
  }
  for (const [index, step] of via.entries()) {
    const [first = '', column] = step.split('.')
    if (column !== undefined) {
      const { alias } = at
      next(first, (own) => `${own}.${quote(column)} = ${alias}.id`)
      continue
    }
    const last = index === via.length - 1
    if (last) {
      const shared = handOverOf(inventory.find((each) => each.table === at.table)?.columns ?? {}, first)[0]
      const columns = [first, ...(shared ? [shared.to] : [])].map((each) => `${at.alias}.${quote(each)}`)
      return { from: `${quote(table)} t0 ${joins.join(' ')}`, columns }
    }
    const key = catalog.foreignKeys.find((each) => each.table === at.table && each.column === first)
    if (!key) throw new Error(`The inventory leads from ${table} over ${at.table}.${first}, which is no foreign key.`)
    const { alias } = at
    next(key.to, (own) => `${own}.id = ${alias}.${quote(first)}`)
  }
  throw new Error(`The path of ${table} does not end at a column.`)
}

/** Sorted so that whoever points at a row is dealt with before it. */
function childrenFirst(tables: readonly TablePlan[], { foreignKeys }: Catalog): readonly TablePlan[] {
  const waiting = new Map(tables.map((plan) => [plan.table, plan]))
  const sorted: TablePlan[] = []
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(
      ({ table }) => !foreignKeys.some((key) => key.to === table && key.table !== table && waiting.has(key.table)),
    )
    if (free.length === 0) throw new Error(`These tables point at each other: ${[...waiting.keys()].join(', ')}.`)
    for (const plan of free) {
      sorted.push(plan)
      waiting.delete(plan.table)
    }
  }
  return sorted
}

function keptColumns(inventory: Inventory): readonly KeptColumn[] {
  return inventory
    .filter(({ schema }) => schema === 'public')
    .flatMap(({ table, columns, subjects }) => {
      const hers = subjects.filter((path): path is ContactPath & Via => path.root === 'contact' && 'via' in path)
      const stays = hers.length > 0 && !hers.every(({ via: [first = ''] }) => rowGoes(table, columns, first))
      return Object.entries(columns as Record<string, Field>).flatMap(([column, field]): KeptColumn[] => {
        if (field.kind === 'system' || typeof field.erase !== 'object' || !('keep' in field.erase)) return []
        const names = field.kind === 'reference' ? field.to === 'contact' : stays
        return names ? [{ table, column, why: field.erase.keep, until: field.erase.until ?? null }] : []
      })
    })
}

/** An identifier of SQL. Names come from the inventory and the catalogue, never from outside. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
