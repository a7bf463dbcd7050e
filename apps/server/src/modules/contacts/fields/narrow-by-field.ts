import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { fieldsInUse } from './list-fields.ts'
import { lookedFor, rangedTypes } from './looked-for.rules.ts'
import { typedValue } from './typed-value.ts'

/** A field, and what it has to say: one value, or a range of numbers, amounts (in minor units) or days, ends included. */
export type FieldFilter = {
  readonly field?: string | undefined
  readonly is?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The condition on `contact` that a filter stands for; undefined for none. Only what is indexed is asked. Throws `http/invalid-request`. */
export async function narrowByField(tx: WorkspaceTx, { field: key, is, from, to }: FieldFilter): Promise<RawBuilder<boolean> | undefined> {
  if (key === undefined) {
    if (is !== undefined || from !== undefined || to !== undefined) throw fault('field', 'Say which field is meant.')
    return undefined
  }
  const field = (await fieldsInUse(tx)).find((each) => each.key === key)
  if (!field) throw fault('field', 'There is no such field.')
  if (field.filter !== 'ready')
    throw fault('field', 'Lists are not narrowed by this field. Turn that on in the settings, or wait a moment.')
  if (is === undefined && ((from === undefined && to === undefined) || !rangedTypes.includes(field.type)))
    throw fault('is', 'Say which value is looked for.')

  if (field.slot === null)
    return sql<boolean>`exists (select from contact_field_choice f where f.workspace_id = contact.workspace_id and f.contact_id = contact.id
      and f.field_id = ${field.id} and f.choice = ${is})`
  const column = sql.ref(`f.${field.slot}`)
  const read = (text: string, at: 'is' | 'from' | 'to') => {
    const found = lookedFor(field, text)
    if ('message' in found) throw fault(at, found.message)
    return typedValue(field.type, found.value)
  }
  const bounds = [
    ...(is === undefined ? [] : [sql`${column} = ${read(is, 'is')}`]),
    ...(from === undefined ? [] : [sql`${column} >= ${read(from, 'from')}`]),
    ...(to === undefined ? [] : [sql`${column} <= ${read(to, 'to')}`]),
  ]
  return sql<boolean>`exists (select from contact_field_index f where f.workspace_id = contact.workspace_id and f.id = contact.id and ${sql.join(bounds, sql` and `)})`
}

const fault = (name: string, message: string): Refusal =>
  new Refusal('http/invalid-request', { detail: message, faults: [{ path: `query.${name}`, code: 'field_filter', message }] })
