import type { ChangeFieldBody, ContactField, CreateFieldBody, FieldChoice, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import { fieldNameScreens } from './field-name-screen.ts'
import { keyFrom } from './field-value.rules.ts'
import { indexFields } from './index-fields.ts'
import { freeSlot, holdFields } from './index-values.ts'
import { type FieldRow, listFields, lockField, presentField, readFields } from './list-fields.ts'

const MOST_FIELDS = 200
const TYPES_WITH_CHOICES: readonly string[] = ['choice', 'choices']

export type CreateField = z.output<typeof CreateFieldBody>
export type ChangeField = z.output<typeof ChangeFieldBody> & { readonly fieldId: string; readonly version: number }

/** Adds an own field. Throws `contacts/sensitive-field` for a name that sounds like data that need protection, and 409 for a name that is taken. */
export async function createField(tx: WorkspaceTx, by: Principal, wish: CreateField): Promise<ContactField> {
  contactsPolicy.require(by, 'contact_fields.manage')
  lookAtName(wish)
  await holdFields(tx, 'alone')
  const fields = await readFields(tx)
  if (fields.length >= MOST_FIELDS)
    throw new Refusal('http/conflict', { detail: `There are ${MOST_FIELDS} own fields already. Nothing was added.` })
  requireFreeLabel(fields, wish.label)
  const choices = chosenFrom(wish, [])
  const row = await tx.db
    .insertInto('contact_field')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      key: keyFrom(wish.label, new Set(fields.map(({ key }) => key)), 'field'),
      label: wish.label,
      type: wish.type,
      category: wish.category,
      group_label: wish.group,
      position: Math.max(0, ...fields.map(({ position }) => position)) + 1,
      required: wish.required,
      filter: wish.filter ? 'building' : 'off',
      slot: wish.filter ? freeSlot(wish.type, fields) : null,
      choices: JSON.stringify(choices),
      currency: currencyFor(wish),
      created_at: tx.now,
      updated_at: tx.now,
      archived_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // A column may hold what is left of a field that had it before.
  if (wish.filter) await enqueue(tx, indexFields, {}, { singletonKey: tx.workspaceId })
  return told(tx, by, row, 'contact_field.added')
}

/** Changes what is sent of a field. Throws `http/version-mismatch` with the current values, and what `createField` throws. */
export async function changeField(tx: WorkspaceTx, by: Principal, wish: ChangeField): Promise<ContactField> {
  contactsPolicy.require(by, 'contact_fields.manage')
  const before = await lockField(tx, wish.fieldId)
  if (before.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this field in the meantime. Nothing was saved.',
      current: presentField(before),
    })
  }
  if (wish.label !== undefined && wish.label !== before.label) {
    lookAtName({ label: wish.label, notSensitive: wish.notSensitive })
    requireFreeLabel(
      (await readFields(tx)).filter(({ id }) => id !== before.id),
      wish.label,
    )
  }
  const turned = wish.filter !== undefined && wish.filter !== (before.filter !== 'off')
  if (turned) await holdFields(tx, 'alone')
  const row = await tx.db
    .updateTable('contact_field')
    .set({
      version: before.version + 1,
      updated_at: tx.now,
      ...(turned ? await turn(tx, before, wish.filter === true) : {}),
      ...(wish.label === undefined ? {} : { label: wish.label }),
      ...(wish.category === undefined ? {} : { category: wish.category }),
      ...(wish.group === undefined ? {} : { group_label: wish.group }),
      ...(wish.required === undefined ? {} : { required: wish.required }),
      ...(wish.choices === undefined
        ? {}
        : { choices: JSON.stringify(chosenFrom({ type: before.type, choices: wish.choices }, before.choices)) }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (turned) await enqueue(tx, indexFields, {}, { singletonKey: tx.workspaceId })
  return told(tx, by, row, 'contact_field.changed')
}

const turn = async (tx: WorkspaceTx, { type }: FieldRow, on: boolean) =>
  on ? ({ filter: 'building', slot: freeSlot(type, await readFields(tx)) } as const) : ({ filter: 'off', slot: null } as const)

/** Puts the fields in use in this order. Throws 409 when it is not exactly those: somebody added or archived one meanwhile. */
export async function orderFields(tx: WorkspaceTx, by: Principal, fieldIds: readonly string[]): Promise<ContactField[]> {
  contactsPolicy.require(by, 'contact_fields.manage')
  const inUse = (await readFields(tx)).filter(({ archived_at }) => archived_at === null).map(({ id }) => id)
  if (inUse.length !== new Set(fieldIds).size || !inUse.every((id) => fieldIds.includes(id)))
    throw new Refusal('http/conflict', { detail: 'The fields are not the same any more. Nothing was moved; look at the list again.' })
  for (const [position, id] of fieldIds.entries()) {
    await tx.db
      .updateTable('contact_field')
      .set({ position: position + 1 })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .execute()
  }
  const [first] = fieldIds
  if (first !== undefined) await emit(tx, 'contact_field.changed', { fieldId: first })
  return listFields(tx, by)
}

/** Puts a field out of sight, its values with it. Archiving twice changes nothing more. */
export const archiveField = (tx: WorkspaceTx, by: Principal, fieldId: string): Promise<ContactField> => setArchived(tx, by, fieldId, true)

/** Brings an archived field back, with its values. Throws 409 when another one took its name. */
export const restoreField = (tx: WorkspaceTx, by: Principal, fieldId: string): Promise<ContactField> => setArchived(tx, by, fieldId, false)

async function setArchived(tx: WorkspaceTx, by: Principal, fieldId: string, archive: boolean): Promise<ContactField> {
  contactsPolicy.require(by, 'contact_fields.manage')
  const before = await lockField(tx, fieldId)
  if ((before.archived_at !== null) === archive) return presentField(before)
  if (!archive) requireFreeLabel(await readFields(tx), before.label)
  const row = await tx.db
    .updateTable('contact_field')
    .set({ archived_at: archive ? tx.now : null, version: before.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', fieldId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row, archive ? 'contact_field.archived' : 'contact_field.restored')
}

/** What needs protection is declared with ground and readers, and is kept encrypted; an own field is neither. */
function lookAtName({ label, notSensitive }: { readonly label: string; readonly notSensitive: boolean }): void {
  if (notSensitive) return
  for (const screen of fieldNameScreens.all()) {
    const found = screen.look(label)
    if (!found) continue
    throw new Refusal('contacts/sensitive-field', {
      detail: found.kind
        ? `“${found.word}” sounds like data that need protection. Declare a protected field, or say that it is none. Nothing was saved.`
        : `“${found.word}” sounds like data that the law lets hardly anybody keep. Leave it out, or say that it is none. Nothing was saved.`,
      kind: found.kind,
      word: found.word,
    })
  }
}

function requireFreeLabel(fields: readonly FieldRow[], label: string): void {
  if (!fields.some((field) => field.archived_at === null && foldText(field.label) === foldText(label))) return
  throw new Refusal('http/invalid-request', {
    detail: 'Another field is called the same. Nothing was saved.',
    faults: [{ path: 'body.label', code: 'field_label_taken', message: 'Another field is called the same.' }],
  })
}

/** The choices as they are kept: those that are written in their order, then those that are not offered any more. */
function chosenFrom({ type, choices }: Pick<CreateField, 'type' | 'choices'>, before: readonly FieldChoice[]): readonly FieldChoice[] {
  const fault = (message: string) =>
    new Refusal('http/invalid-request', {
      detail: `${message} Nothing was saved.`,
      faults: [{ path: 'body.choices', code: 'field_choices', message }],
    })
  if (!TYPES_WITH_CHOICES.includes(type)) {
    if (choices.length > 0) throw fault('Only a field of choices has choices.')
    return []
  }
  if (choices.length === 0) throw fault('Give at least one choice.')
  if (new Set(choices.map(({ label }) => foldText(label))).size < choices.length) throw fault('Two choices are called the same.')
  const taken = new Set(before.map(({ key }) => key))
  const written = choices.map(({ key, label, hue }): FieldChoice => {
    if (key !== undefined && !taken.has(key)) throw fault(`There is no choice ${key}.`)
    const own = key ?? keyFrom(label, taken, 'choice')
    taken.add(own)
    return { key: own, label, hue, archived: false }
  })
  const left = before.filter(({ key }) => !written.some((one) => one.key === key)).map((one) => ({ ...one, archived: true }))
  return [...written, ...left]
}

function currencyFor({ type, currency }: Pick<CreateField, 'type' | 'currency'>): string | null {
  if ((type === 'money') === (currency !== null)) return currency
  const message = type === 'money' ? 'Say in which currency.' : 'Only an amount has a currency.'
  throw new Refusal('http/invalid-request', {
    detail: `${message} Nothing was saved.`,
    faults: [{ path: 'body.currency', code: 'field_currency', message }],
  })
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  row: FieldRow,
  action: 'contact_field.added' | 'contact_field.changed' | 'contact_field.archived' | 'contact_field.restored',
): Promise<ContactField> {
  await audit(tx, by, { action, object: { type: 'contact_field', id: row.id }, result: 'done' })
  await emit(tx, 'contact_field.changed', { fieldId: row.id })
  return presentField(row)
}
