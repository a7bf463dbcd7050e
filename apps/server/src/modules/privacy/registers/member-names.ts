import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** Reads who an actor's text (`member:019b…`) means: the member's name, or the kind of actor. */
export async function memberNames(tx: WorkspaceTx): Promise<(actor: string) => string> {
  const rows = await tx.db.selectFrom('member').select(['id', 'name']).where('workspace_id', '=', tx.workspaceId).execute()
  const names = new Map(rows.map(({ id, name }) => [`member:${id}`, name]))
  return (actor) => names.get(actor) ?? actor.split(':')[0] ?? actor
}
