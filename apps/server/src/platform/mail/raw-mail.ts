import type { WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../crypto/index.ts'

type Place = { readonly keys: Keys; readonly workspaceId: WorkspaceId }
const bound = (workspaceId: string, table: string, rowId: string) => ({ workspaceId, table, column: 'raw', rowId })

/** Encrypts a MIME text for one row. As Latin-1, which has a letter for every byte: mail may hold any. */
export const sealRaw = ({ keys, workspaceId }: Place, table: 'mail' | 'inbound_mail', rowId: string, raw: Buffer): string =>
  keys.encrypt(raw.toString('latin1'), bound(workspaceId, table, rowId))

/** The MIME text of one row. */
export const openRaw = ({ keys, workspaceId }: Place, table: 'mail' | 'inbound_mail', rowId: string, sealed: string): Buffer =>
  Buffer.from(keys.decrypt(sealed, bound(workspaceId, table, rowId)), 'latin1')
