import { type ContactId, type MaskedNumber, maskSensitiveNumbers, type Principal, type SensitiveKind } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { MaskedNumberRow } from './sensitive.tables.ts'

/** What somebody outside wrote, with card and Social Security numbers masked, and which kinds there were. Every field that holds text goes through it before it is kept. */
export function maskFromOutside<Fields extends object>(
  fields: Fields,
): { readonly fields: Fields; readonly found: readonly SensitiveKind[] } {
  const found = new Set<SensitiveKind>()
  const masked = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value]
      const { text, found: kinds } = maskSensitiveNumbers(value)
      for (const kind of kinds) found.add(kind)
      return [name, text]
    }),
  )
  return { fields: masked as Fields, found: [...found] }
}

/** Tells the workspace that something was masked, on the contact's timeline and in the register; what it was is nowhere. */
export async function noteMasked(
  tx: WorkspaceTx,
  by: Principal,
  what: { readonly contactId: ContactId | null; readonly source: MaskedNumberRow['source']; readonly found: readonly SensitiveKind[] },
): Promise<void> {
  for (const kind of what.found) {
    const id = tx.newId()
    await tx.db
      .insertInto('masked_number')
      .values({ workspace_id: tx.workspaceId, id, contact_id: what.contactId, kind, source: what.source, at: tx.now })
      .execute()
    if (what.contactId !== null) {
      await recordTimeline(tx, {
        contactId: what.contactId,
        kind: 'number.masked',
        actor: by,
        summary: { key: `number_masked_${kind}`, values: { source: what.source } },
      })
    }
    await emit(tx, 'number.masked', { maskedId: id, ...(what.contactId === null ? {} : { contactId: what.contactId }) })
  }
}

/** What was masked, newest first. */
export async function listMasked(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: MaskedNumber[]; next: string | null }> {
  privacyPolicy.require(by, 'sensitive_fields.read')
  const before = readCursor(wish.cursor, [z.uuid()])
  const rows = await tx.db
    .selectFrom('masked_number')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(before !== undefined, (query) => query.where(sql<boolean>`id < ${before?.[0]}::uuid`))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(
    rows,
    wish.limit,
    ({ id, contact_id, kind, source, at }) => ({ id, contactId: contact_id, kind, source, at: at.toString() }),
    ({ id }) => [id],
  )
}
