import type { FieldChanges, FieldValue } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { OwnValues } from './field.tables.ts'
import { fitsField, readFieldValue, sameValue } from './field-value.rules.ts'
import { holdFields } from './index-values.ts'
import { type FieldRow, fieldsInUse } from './list-fields.ts'

type Fault = { readonly path: string; readonly code: string; readonly message: string }

/** What was written into own fields, read against their types: the values that differ from what is there, null for nothing. */
export type ReadValues = { readonly fields: readonly FieldRow[]; readonly changed: Readonly<Record<string, FieldValue | null>> }

/**
 * Reads values for the fields in use. With `whole` every required field has to have one; otherwise a required one cannot be emptied.
 * Throws `http/invalid-request` with a fault for each field that does not fit.
 */
export async function readValues(
  tx: WorkspaceTx,
  written: FieldChanges,
  { before, whole }: { readonly before: OwnValues; readonly whole: boolean },
): Promise<ReadValues> {
  const keys = Object.keys(written)
  if (keys.length === 0 && !whole) return { fields: [], changed: {} }
  await holdFields(tx, 'together')
  const fields = await fieldsInUse(tx)
  const members = fields.some(({ type, key }) => type === 'person' && keys.includes(key)) ? await memberIds(tx) : new Set<string>()
  const changed: Record<string, FieldValue | null> = {}
  const faults: Fault[] = []
  const fault = (key: string, code: string, message: string) => faults.push({ path: `body.fields.${key}`, code, message })

  for (const [key, value] of Object.entries(written)) {
    const field = fields.find((each) => each.key === key)
    if (!field) {
      fault(key, 'field_unknown', 'There is no such field.')
      continue
    }
    const read = readFieldValue(field, value, { before: fitsField(field, before[key]) ? before[key] : undefined, members })
    if ('code' in read) fault(key, read.code, read.message)
    else if (read.value === null && field.required && !whole) fault(key, 'field_required', `${field.label} cannot be empty.`)
    else if (!sameValue(before[key], read.value)) changed[key] = read.value
  }
  if (whole) {
    for (const { key, label } of fields.filter(({ required }) => required))
      if ((changed[key] ?? null) === null && !faults.some(({ path }) => path === `body.fields.${key}`))
        fault(key, 'field_required', `${label} cannot be empty.`)
  }
  if (faults.length > 0) {
    throw new Refusal('http/invalid-request', {
      detail: `${faults.map(({ path, message }) => `${path.slice('body.fields.'.length)}: ${message}`).join(' ')} Nothing was saved.`,
      faults,
    })
  }
  return { fields, changed }
}

async function memberIds(tx: WorkspaceTx): Promise<ReadonlySet<string>> {
  const rows = await tx.db
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The values with what changed; emptied fields are left out. */
export const valuesAfter = (before: OwnValues, changed: Readonly<Record<string, FieldValue | null>>): OwnValues =>
  Object.fromEntries(Object.entries({ ...before, ...changed }).filter((entry): entry is [string, FieldValue] => entry[1] !== null))

/** What a contact shows of its own values: those of fields in use. */
export const presentValues = async (tx: WorkspaceTx, stored: OwnValues): Promise<Record<string, FieldValue>> =>
  (await presentManyValues(tx, [stored]))[0] ?? {}

/** The same of several contacts, in their order. */
export async function presentManyValues(tx: WorkspaceTx, stored: readonly OwnValues[]): Promise<Record<string, FieldValue>[]> {
  const fields = stored.some((values) => Object.keys(values).length > 0) ? await fieldsInUse(tx) : []
  return stored.map((values) =>
    Object.fromEntries(
      fields.flatMap((field): [string, FieldValue][] => {
        const value = values[field.key]
        return fitsField(field, value) ? [[field.key, value]] : []
      }),
    ),
  )
}
