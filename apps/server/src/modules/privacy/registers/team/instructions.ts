import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { actorText, audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { memberNames } from '../member-names.ts'
import { teamPolicy } from './team.policy.ts'

type Instruction = { id: string; text: string; by: string; at: string }

/** Puts an instruction to whoever runs the server on record. */
export async function giveInstruction(tx: WorkspaceTx, by: Principal, { text }: { readonly text: string }): Promise<Instruction> {
  teamPolicy.require(by, 'processing_terms.accept')
  const row = await tx.db
    .insertInto('processing_instruction')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), text, given_by: actorText(by), at: tx.now })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'processing_instruction.given', object: { type: 'processing_instruction', id: row.id }, result: 'done' })
  return present(row, await memberNames(tx))
}

/** One page of instructions, newest first. */
export async function listInstructions(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Instruction[]; next: string | null }> {
  teamPolicy.require(by, 'processing_terms.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('processing_instruction')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const nameOf = await memberNames(tx)
  return pageFrom(
    rows,
    wish.limit,
    (row) => present(row, nameOf),
    (row) => [row.id],
  )
}

const present = (
  row: { readonly id: string; readonly text: string; readonly given_by: string; readonly at: Temporal.Instant },
  nameOf: (actor: string) => string,
): Instruction => ({ id: row.id, text: row.text, by: nameOf(row.given_by), at: row.at.toString() })
