import type { ContactId, Principal, SensitiveValue } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import { CannotDecrypt } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { loadContact, recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { collectsTaxIds, loadField, requireTaxIds } from './declare-field.ts'
import type { SensitiveFieldRow, SensitiveValueRow } from './sensitive.tables.ts'
import { factsOfKind } from './sensitive-kinds.ts'
import { maskSensitiveValue, normalizeSensitive } from './sensitive-value.rules.ts'

export type ValuePlace = { readonly contactId: ContactId; readonly fieldId: string }

type Field = Selectable<SensitiveFieldRow>
type Value = Selectable<SensitiveValueRow>

/** A contact's sensitive fields, masked: those that are declared, and ended ones that still hold something. */
export async function listValues(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<SensitiveValue[]> {
  privacyPolicy.require(by, 'sensitive_values.read')
  const contact = await loadContact(tx, by, contactId)
  const fields = await tx.db
    .selectFrom('sensitive_field')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id')
    .limit(200)
    .execute()
  const values = await tx.db
    .selectFrom('sensitive_value')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contact.id)
    .execute()
  const taxIds = await collectsTaxIds(tx)
  return fields
    .map((field) => ({ field, value: values.find(({ field_id }) => field_id === field.id) }))
    .filter(({ field, value }) => value !== undefined || (field.ended_at === null && (taxIds || !factsOfKind(field.kind).taxId)))
    .map(({ field, value }) => presentValue(tx, by, { field, value, taxIds }))
}

/** Writes a value down, encrypted for its row. Throws `privacy/tax-ids-off`, `privacy/not-such-a-number`, and 409 for a field that has ended. */
export async function recordValue(tx: WorkspaceTx, by: Principal, wish: ValuePlace & { readonly value: string }): Promise<SensitiveValue> {
  privacyPolicy.require(by, 'sensitive_values.write')
  const field = await loadField(tx, wish.fieldId)
  const { taxId, copyInFull } = factsOfKind(field.kind)
  if (taxId) await requireTaxIds(tx)
  if (field.ended_at !== null)
    throw new Refusal('http/conflict', { detail: 'This field has ended, so nothing new is written down in it. Nothing was saved.' })
  const contact = await loadContact(tx, by, wish.contactId)
  const value = normalizeSensitive(field.kind, wish.value)
  if (value === undefined)
    throw new Refusal('privacy/not-such-a-number', {
      detail: 'Compare it with the paper it stands on. Nothing was saved.',
      kind: field.kind,
    })
  const before = await findValue(tx, { contactId: contact.id, fieldId: field.id })
  const id = before?.id ?? tx.newId()
  const sealed = {
    value: tx.keys.encrypt(value, placeOf(tx, id, 'value')),
    in_copy: tx.keys.encrypt(copyInFull ? value : maskSensitiveValue(field.kind, value), placeOf(tx, id, 'in_copy')),
    recorded_by: actorText(by),
    updated_at: tx.now,
  }
  const row = await tx.db
    .insertInto('sensitive_value')
    .values({ workspace_id: tx.workspaceId, id, field_id: field.id, contact_id: contact.id, ...sealed, created_at: tx.now })
    // Of two who write at once the later one waits and is told, because a value is bound to its row.
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(sealed))
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, contact.id, 'sensitive_value.recorded')
  return presentValue(tx, by, { field, value: row, taxIds: true })
}

/** Deletes a value for good; where there is none nothing happens. */
export async function removeValue(tx: WorkspaceTx, by: Principal, place: ValuePlace): Promise<SensitiveValue> {
  privacyPolicy.require(by, 'sensitive_values.write')
  const field = await loadField(tx, place.fieldId)
  const contact = await loadContact(tx, by, place.contactId)
  const { numDeletedRows } = await tx.db
    .deleteFrom('sensitive_value')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contact.id)
    .where('field_id', '=', field.id)
    .executeTakeFirst()
  if (numDeletedRows > 0n) await told(tx, by, contact.id, 'sensitive_value.removed')
  return presentValue(tx, by, { field, value: undefined, taxIds: await collectsTaxIds(tx) })
}

/** The stored value of one contact and field. */
export const findValue = (tx: WorkspaceTx, { contactId, fieldId }: ValuePlace): Promise<Value | undefined> =>
  tx.db
    .selectFrom('sensitive_value')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('field_id', '=', fieldId)
    .executeTakeFirst()

/** A stored value in the clear; undefined where it was changed past us or moved here, or its key is gone. */
export function openValue(tx: WorkspaceTx, { id, value }: Pick<Value, 'id' | 'value'>): string | undefined {
  try {
    return tx.keys.decrypt(value, placeOf(tx, id, 'value'))
  } catch (error) {
    if (error instanceof CannotDecrypt) return undefined
    throw error
  }
}

/** Whether somebody may see values of a field in full: a person of a role that was named, never a key or a program. */
export const isReader = (by: Principal, { readers }: Pick<Field, 'readers'>): boolean => by.kind === 'member' && readers.includes(by.role)

/** Until when the tax office may ask for a value. */
export const keptUntil = ({ kind }: Pick<Field, 'kind'>, { updated_at }: Pick<Value, 'updated_at'>): Temporal.Instant | null => {
  const { statutoryYears } = factsOfKind(kind)
  if (statutoryYears === null) return null
  return Temporal.PlainDate.from({ year: updated_at.toZonedDateTimeISO('UTC').year + 1 + statutoryYears, month: 1, day: 1 })
    .toZonedDateTime('UTC')
    .toInstant()
}

const placeOf = (tx: WorkspaceTx, rowId: string, column: 'value' | 'in_copy') => ({
  workspaceId: tx.workspaceId,
  table: 'sensitive_value',
  column,
  rowId,
})

const unreadable = '••••••'

function presentValue(
  tx: WorkspaceTx,
  by: Principal,
  { field, value, taxIds }: { readonly field: Field; readonly value: Value | undefined; readonly taxIds: boolean },
): SensitiveValue {
  const closed = factsOfKind(field.kind).taxId && !taxIds
  return {
    fieldId: field.id,
    kind: field.kind,
    label: field.label,
    why: field.why,
    masked: value ? maskSensitiveValue(field.kind, openValue(tx, value) ?? unreadable) : null,
    recordedAt: value?.updated_at.toString() ?? null,
    recordedBy: value?.recorded_by ?? null,
    mayReveal: value !== undefined && !closed && isReader(by, field) && privacyPolicy.decide(by, 'sensitive_values.reveal').allowed,
    mayWrite: !closed && field.ended_at === null && privacyPolicy.decide(by, 'sensitive_values.write').allowed,
    keptUntil: value && closed ? (keptUntil(field, value)?.toString() ?? null) : null,
  }
}

async function told(tx: WorkspaceTx, by: Principal, contactId: ContactId, action: 'sensitive_value.recorded' | 'sensitive_value.removed') {
  await audit(tx, by, { action, object: { type: 'contact', id: contactId }, result: 'done' })
  await recordTimeline(tx, { contactId, kind: action, actor: by, summary: { key: action.replace('.', '_'), values: {} } })
  await emit(tx, 'contact.changed', { contactId })
}
