import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'

/** The country in whose way the business writes phone numbers (ISO 3166): the one it named, otherwise that of its language; null where neither says one. */
export async function homeCountry(tx: WorkspaceTx): Promise<string | null> {
  const { rows } = await sql<{
    country: string | null
    locale: string
  }>`select country, locale from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  const workspace = rows[0]
  if (!workspace) return null
  return workspace.country ?? new Intl.Locale(workspace.locale).region ?? null
}
