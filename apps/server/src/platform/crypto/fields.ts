import { CannotDecrypt, type Sealed } from './primitives.ts'

/** Where an encrypted value belongs. It decrypts nowhere else, so that it cannot be moved to another row, column or workspace. */
export type Bound = {
  /** `noWorkspace` for tables that belong to none, such as those of the schema `auth`. */
  readonly workspaceId: string
  readonly table: string
  readonly column: string
  readonly rowId: string
}

/** Stands for the workspace of values that belong to none. */
export const noWorkspace = 'none'

/** The additional data of a field: `workspace|table|column|row id`. */
export function placeOf(bound: Bound): string {
  const parts = [bound.workspaceId, bound.table, bound.column, bound.rowId]
  if (parts.some((part) => part === '' || part.includes('|'))) {
    throw new TypeError(`A field needs a workspace, table, column and row id, none empty and none with "|": ${parts.join(' ')}`)
  }
  return parts.join('|')
}

/** `v1|key id|iv|ciphertext|tag`, the last three in base64url. */
export const writeRecord = (keyId: string, { iv, sealed, tag }: Sealed): string =>
  ['v1', keyId, iv.toString('base64url'), sealed.toString('base64url'), tag.toString('base64url')].join('|')

/** Reads what `writeRecord` wrote. */
export function readRecord(record: string): Sealed & { readonly keyId: string } {
  const [version, keyId, iv, sealed, tag, ...more] = record.split('|')
  if (version !== 'v1' || !keyId || iv === undefined || sealed === undefined || tag === undefined || more.length > 0) {
    throw new CannotDecrypt('malformed', 'An encrypted value is not of the form that Frontdesk writes.')
  }
  return { keyId, iv: Buffer.from(iv, 'base64url'), sealed: Buffer.from(sealed, 'base64url'), tag: Buffer.from(tag, 'base64url') }
}
