import type { ContactId, ErasureMode, ErasurePreview, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readCatalog } from './catalog.ts'
import { plannedAhead } from './erase-contact.ts'
import { planErasure, type TablePlan } from './plan.rules.ts'
import { erasureSurroundings, holdsOn } from './surroundings.ts'
import { contactAndMerged, everyRow } from './whose-rows.ts'

/** What an erasure or anonymization would do, by the same plan that carries it out. Changes nothing. Throws 404. */
export async function previewErasure(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly mode: ErasureMode },
): Promise<ErasurePreview> {
  privacyPolicy.require(by, 'contacts.erase')
  const { id } = await loadContact(tx, by, wish.contactId)
  const contactIds = await contactAndMerged(tx, id)
  const plan = planErasure(erasureSurroundings.get().inventory, await readCatalog(tx))
  const rows = await everyRow(tx, plan, contactIds)
  const count = (table: string) => rows.get(table)?.length ?? 0
  const { rows: stopped } = await sql<{ stops: number }>`
    select count(*)::int as stops from suppression where workspace_id = ${tx.workspaceId} and lifted_at is null and contact_id = any (${[...contactIds]}::uuid[])`.execute(
    tx.db,
  )
  const fateOf = ({ goes, counted }: TablePlan) =>
    goes ? (wish.mode === 'anonymize' && counted !== null ? 'anonymized' : 'goes') : 'emptied'
  return {
    tables: [
      ...plan.tables.map((table) => ({ table: table.table, rows: count(table.table), fate: fateOf(table) }) as const),
      ...(await handedOver(tx, plan.tables, contactIds)),
    ]
      .filter((table) => table.rows > 0)
      .sort((one, other) => one.table.localeCompare(other.table)),
    files: count('file'),
    bookingsAhead: await plannedAhead(tx, contactIds),
    suppressions: stopped[0]?.stops ?? 0,
    kept: plan.kept.map((kept) => ({ ...kept, rows: count(kept.table) })).filter((kept) => kept.rows > 0 || kept.table === 'audit_entry'),
    holds: [...(await holdsOn(tx, contactIds))],
  }
}

async function handedOver(tx: WorkspaceTx, tables: readonly TablePlan[], contactIds: readonly ContactId[]) {
  const found: { table: string; rows: number; fate: 'handed_over' }[] = []
  for (const { table, handOver } of tables) {
    for (const { column, to } of handOver) {
      const { rows } = await sql<{ rows: number }>`
        select count(*)::int as rows from ${sql.table(table)} where workspace_id = ${tx.workspaceId}
          and ${sql.ref(column)} = any (${[...contactIds]}::uuid[]) and ${sql.ref(to)} <> all (${[...contactIds]}::uuid[])`.execute(tx.db)
      found.push({ table, rows: rows[0]?.rows ?? 0, fate: 'handed_over' })
    }
  }
  return found
}
