import type { WorkspaceTx } from '../../../../platform/database/index.ts'

/** What a notice of an erasure keeps encrypted: who received the data and, until it was told, what names her to it. */
export type Sealed = { readonly recipient: string; readonly named: readonly string[] }

const place = (tx: WorkspaceTx, noticeId: string) => ({
  workspaceId: tx.workspaceId,
  table: 'recipient_notice',
  column: 'sealed',
  rowId: noticeId,
})

/** Encrypts it for one notice. */
export const seal = (tx: WorkspaceTx, noticeId: string, sealed: Sealed): string =>
  tx.keys.encrypt(JSON.stringify(sealed), place(tx, noticeId))

/** Reads it; null where the notice is about something else. */
export function unseal(tx: WorkspaceTx, { id, sealed }: { readonly id: string; readonly sealed: string | null }): Sealed | null {
  return sealed === null ? null : JSON.parse(tx.keys.decrypt(sealed, place(tx, id)))
}
