import type { WorkspaceId } from '@frontdesk/contract'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'

/** What tells that something was done, and so only grows; the books of the queue; and what is made anew from the rest. */
const grows = new Set([
  'audit_entry',
  'audit_pending',
  'audit_seal',
  'contact_change',
  'contact_merge',
  'contact_merge_row',
  'duplicate_key',
  'duplicate_pair',
  'duplicate_search',
  'failed_job',
  'handled_event',
  'idempotency_key',
  'outbox',
  'timeline_event',
])
/** When and how often something was written, which every act moves. */
const counters = ['version', 'updated_at', 'last_activity_at']

/** What is made anew from the rest. */
const derived = { tables: ['contact_field_choice', 'contact_field_index'], columns: ['name_sort', 'search_text'] }

/** Every row of a workspace in every table that holds a state, as text, by table and id; without what is derived where a test put something else there, and without the tables `besides`. */
export async function wholeWorkspace(
  test: Pick<TestDatabase, 'asSuperuser'>,
  workspaceId: WorkspaceId,
  { withDerived = true, besides = [] }: { readonly withDerived?: boolean; readonly besides?: readonly string[] } = {},
): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await test.asSuperuser(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'workspace'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id') order by 1`)
  const found: Record<string, string> = {}
  for (const { name } of tables) {
    if (grows.has(name) || besides.includes(name) || (!withDerived && derived.tables.includes(name))) continue
    const { rows } = await test.asSuperuser(`select id, (to_jsonb(t) - $2::text[])::text as row from "${name}" t where workspace_id = $1`, [
      workspaceId,
      [...counters, ...(withDerived ? [] : derived.columns)],
    ])
    // Written anew whenever the contact's values are.
    for (const { id, row } of rows)
      found[name === 'contact_field_choice' ? `${name} ${row.replace(id, '')}` : `${name} ${id}`] =
        name === 'contact_field_choice' ? '' : row
  }
  return found
}

/** What differs between two states, row by row. */
export const differences = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, before: before[key], after: after[key] }))
