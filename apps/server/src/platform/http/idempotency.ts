import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'

/** A write that may arrive twice: who sent it, under which key, and a hash of what was asked. */
export type IdempotentRequest = {
  readonly principal: string
  readonly key: string
  readonly requestHash: string
  /** Keep the answer encrypted: it may hold what is shown once, such as an API key or a link, and people's data. */
  readonly sealed?: boolean
}
export type StoredAnswer = { readonly status: number; readonly answer: unknown }

/** Hash of method, address and body: the same key with another request is refused. */
export const hashRequest = (method: string, url: string, body: unknown): string =>
  createHash('sha256')
    .update(`${method} ${url}\n${JSON.stringify(body ?? null)}`)
    .digest('base64url')

/**
 * Runs a write once per key. A repetition gets the stored answer; one that arrives while the first is running waits for it. The answer is stored in the write's own
 * transaction, so both exist or neither.
 */
export async function oncePerKey(
  tx: WorkspaceTx,
  request: IdempotentRequest,
  write: () => Promise<StoredAnswer>,
): Promise<StoredAnswer & { replayed: boolean }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId}|${request.principal}|${request.key}`}, 7))`.execute(tx.db)
  const before = await tx.db
    .selectFrom('idempotency_key')
    .select(['id', 'request_hash', 'status', 'answer'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('principal', '=', request.principal)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (before) {
    if (before.request_hash !== request.requestHash) {
      throw new Refusal('http/idempotency-key-reused', { detail: 'Use a new Idempotency-Key for a new request. Nothing was changed.' })
    }
    const answer = request.sealed ? JSON.parse(tx.keys.decrypt(String(before.answer), placeOf(tx, before.id))) : before.answer
    return { status: before.status, answer, replayed: true }
  }
  const result = await write()
  const id = tx.newId()
  const answer = JSON.stringify(result.answer ?? null)
  await tx.db
    .insertInto('idempotency_key')
    .values({
      workspace_id: tx.workspaceId,
      id,
      principal: request.principal,
      key: request.key,
      request_hash: request.requestHash,
      status: result.status,
      answer: request.sealed ? JSON.stringify(tx.keys.encrypt(answer, placeOf(tx, id))) : answer,
      created_at: tx.now,
    })
    .execute()
  return { ...result, replayed: false }
}

const placeOf = (tx: WorkspaceTx, rowId: string) => ({ workspaceId: tx.workspaceId, table: 'idempotency_key', column: 'answer', rowId })
