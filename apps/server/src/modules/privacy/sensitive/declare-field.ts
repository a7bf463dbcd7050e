import type { Principal, Role, SensitiveField, SensitiveFieldKind, SensitiveGround } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { SensitiveFieldRow } from './sensitive.tables.ts'
import { factsOfKind, sensitiveKinds } from './sensitive-kinds.ts'

export type DeclareField = {
  readonly kind: SensitiveFieldKind
  readonly label: string
  readonly ground: SensitiveGround
  readonly why: string
  readonly readers: readonly Role[]
}

/** Declares a sensitive field for all contacts. Throws `privacy/tax-ids-off` while tax numbers are not collected, `privacy/ground-does-not-fit` for a ground that cannot carry it. */
export async function declareField(tx: WorkspaceTx, by: Principal, wish: DeclareField): Promise<SensitiveField> {
  privacyPolicy.require(by, 'sensitive_fields.manage')
  const { taxId, grounds } = factsOfKind(wish.kind)
  if (taxId) await requireTaxIds(tx)
  if (!grounds.includes(wish.ground)) {
    throw new Refusal('privacy/ground-does-not-fit', {
      detail: `A field of this kind can stand on ${grounds.join(' or ')}. Nothing was declared.`,
      grounds,
    })
  }
  const row = await tx.db
    .insertInto('sensitive_field')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      ...wish,
      readers: JSON.stringify([...new Set(wish.readers)]),
      declared_by: actorText(by),
      created_at: tx.now,
      updated_at: tx.now,
      ended_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, row.id, 'sensitive_field.declared')
  return presentField(row, 0)
}

/** Changes label, reason or readers. What it holds and its ground stay: they were what people were told. Throws `http/version-mismatch`. */
export async function changeField(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly fieldId: string
    readonly label: string
    readonly why: string
    readonly readers: readonly Role[]
    readonly version: number
  },
): Promise<SensitiveField> {
  privacyPolicy.require(by, 'sensitive_fields.manage')
  const before = await loadField(tx, wish.fieldId)
  if (before.version !== wish.version) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this field in the meantime. Nothing was saved.',
      current: presentField(before, await countValues(tx, before.id)),
    })
  }
  const row = await tx.db
    .updateTable('sensitive_field')
    .set({
      label: wish.label,
      why: wish.why,
      readers: JSON.stringify([...new Set(wish.readers)]),
      version: before.version + 1,
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, row.id, 'sensitive_field.changed')
  return presentField(row, await countValues(tx, row.id))
}

/** Ends a field; with `deleteValues` everything that was written down goes for good. Ending twice changes nothing more. */
export async function endField(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly fieldId: string; readonly deleteValues: boolean },
): Promise<SensitiveField> {
  privacyPolicy.require(by, 'sensitive_fields.manage')
  const before = await loadField(tx, wish.fieldId)
  if (wish.deleteValues) {
    await tx.db.deleteFrom('sensitive_value').where('workspace_id', '=', tx.workspaceId).where('field_id', '=', before.id).execute()
  }
  const row = await tx.db
    .updateTable('sensitive_field')
    .set({ ended_at: before.ended_at ?? tx.now, version: before.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await told(tx, by, row.id, 'sensitive_field.ended')
  return presentField(row, await countValues(tx, row.id))
}

/** What was declared, the oldest first, and what can be. */
export async function listFields(tx: WorkspaceTx, by: Principal) {
  privacyPolicy.require(by, 'sensitive_fields.read')
  const rows = await tx.db
    .selectFrom('sensitive_field')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id')
    .limit(200)
    .execute()
  const counts = await tx.db
    .selectFrom('sensitive_value')
    .select(['field_id', ({ fn }) => fn.countAll<number>().as('values')])
    .where('workspace_id', '=', tx.workspaceId)
    .groupBy('field_id')
    .execute()
  const countOf = new Map(counts.map(({ field_id, values }) => [field_id, Number(values)]))
  return {
    items: rows.map((row) => presentField(row, countOf.get(row.id) ?? 0)),
    taxIds: (await readPrivacySettings(tx))['tax_id.collect'],
    kinds: sensitiveKinds.map(({ kind, taxId, grounds, law }) => ({ kind, taxId, grounds: [...grounds], law })),
  }
}

/** Throws 404. */
export async function loadField(tx: WorkspaceTx, fieldId: string): Promise<Selectable<SensitiveFieldRow>> {
  const row = await tx.db
    .selectFrom('sensitive_field')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', fieldId)
    .executeTakeFirst()
  if (row) return row
  throw new Refusal('http/not-found', { detail: 'There is no such field. Declare it under Privacy first.' })
}

/** Throws `privacy/tax-ids-off` unless the setting says that tax law asks for tax numbers. */
export async function requireTaxIds(tx: WorkspaceTx): Promise<void> {
  if (await collectsTaxIds(tx)) return
  throw new Refusal('privacy/tax-ids-off', {
    detail: 'Turn on “tax_id.collect” in the privacy settings once tax law asks for such numbers. Nothing was saved or shown.',
  })
}

/** Whether tax numbers may be written down and seen. */
export const collectsTaxIds = async (tx: WorkspaceTx): Promise<boolean> => (await readPrivacySettings(tx))['tax_id.collect'] !== 'off'

async function countValues(tx: WorkspaceTx, fieldId: string): Promise<number> {
  const { values } = await tx.db
    .selectFrom('sensitive_value')
    .select(({ fn }) => fn.countAll<number>().as('values'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('field_id', '=', fieldId)
    .executeTakeFirstOrThrow()
  return Number(values)
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  id: string,
  action: 'sensitive_field.declared' | 'sensitive_field.changed' | 'sensitive_field.ended',
): Promise<void> {
  await audit(tx, by, { action, object: { type: 'sensitive_field', id }, result: 'done' })
  await emit(tx, 'sensitive_field.changed', { fieldId: id })
}

const presentField = (row: Selectable<SensitiveFieldRow>, values: number): SensitiveField => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  taxId: factsOfKind(row.kind).taxId,
  label: row.label,
  ground: row.ground,
  why: row.why,
  readers: [...row.readers],
  values,
  createdAt: row.created_at.toString(),
  endedAt: row.ended_at?.toString() ?? null,
})
