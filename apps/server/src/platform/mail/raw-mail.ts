import type { WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../crypto/index.ts'
import type { WorkspaceTx } from '../database/index.ts'
import './mail.tables.ts'

type Place = { readonly keys: Keys; readonly workspaceId: WorkspaceId }
const bound = (workspaceId: string, table: string, rowId: string) => ({ workspaceId, table, column: 'raw', rowId })

/** Encrypts a MIME text for one row. As Latin-1, which has a letter for every byte: mail may hold any. */
export const sealRaw = ({ keys, workspaceId }: Place, table: 'mail' | 'inbound_mail', rowId: string, raw: Buffer): string =>
  keys.encrypt(raw.toString('latin1'), bound(workspaceId, table, rowId))

const notKept =
  'This mail held a card or Social Security number. Its words stand in the conversation, with the number masked; as it came it was not kept.\r\n'

/** Puts a sentence in the place of a mail as it came, because it holds what must not be kept. */
export const forgetInboundRaw = (tx: WorkspaceTx, inboundId: string) =>
  tx.db
    .updateTable('inbound_mail')
    .set({ raw: sealRaw(tx, 'inbound_mail', inboundId, Buffer.from(notKept)) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', inboundId)
    .execute()

/** The MIME text of one row. */
export const openRaw = ({ keys, workspaceId }: Place, table: 'mail' | 'inbound_mail', rowId: string, sealed: string): Buffer =>
  Buffer.from(keys.decrypt(sealed, bound(workspaceId, table, rowId)), 'latin1')
