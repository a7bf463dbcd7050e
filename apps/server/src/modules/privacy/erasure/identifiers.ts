import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { PointKind } from '../../contacts/index.ts'

/** What names a person: searched for at the end of her erasure, and encrypted until then. */
export type Identifiers = {
  readonly names: readonly string[]
  readonly points: readonly { readonly kind: PointKind; readonly value: string }[]
}

/** The names, addresses and numbers of a contact. */
export async function identifiersOf(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<Identifiers> {
  const contacts = await tx.db
    .selectFrom('contact')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...contactIds])
    .execute()
  const points = await tx.db
    .selectFrom('contact_point')
    .select(['kind', 'value_normalized as value'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', [...contactIds])
    .execute()
  return { names: contacts.map(({ name }) => name), points }
}

/** What can be searched for without finding half of the town: addresses, numbers, and names of more than one word. */
export const searchable = ({ names, points }: Identifiers): readonly string[] => [
  ...new Set([
    ...points.map(({ value }) => value.toLowerCase()),
    ...names.filter((name) => /\S\s+\S/.test(name) && name.length >= 6).map((name) => name.toLowerCase()),
  ]),
]
