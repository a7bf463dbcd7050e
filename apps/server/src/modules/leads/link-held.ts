import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'

type Address = { readonly email: string | undefined; readonly phone: string | undefined }

/** The contact whose address or number this is, where there is one. Nobody is made. */
export async function knownByAddress(tx: WorkspaceTx, { email, phone }: Address): Promise<ContactId | null> {
  const wanted = [
    { kind: 'email', value: email?.toLowerCase() },
    { kind: 'phone', value: phone },
  ] as const
  for (const { kind, value } of wanted) {
    if (value === undefined) continue
    const row = await tx.db
      .selectFrom('contact_point')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'contact_point.workspace_id').onRef('contact.id', '=', 'contact_point.contact_id'),
      )
      .select('contact.id')
      .where('contact_point.workspace_id', '=', tx.workspaceId)
      .where('contact_point.kind', '=', kind)
      .where('contact_point.value_normalized', '=', value)
      .where('contact.merged_into', 'is', null)
      .orderBy('contact.id')
      .limit(1)
      .executeTakeFirst()
    if (row) return row.id
  }
  return null
}

/** Gives what is held back to the contact whose address it names, so that it goes with her when she is erased. */
export async function linkHeld(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  const points = await tx.db
    .selectFrom('contact_point')
    .select(['kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('kind', 'in', ['email', 'phone'])
    .execute()
  for (const { kind, value_normalized } of points)
    await tx.db
      .updateTable('form_submission')
      .set({ contact_id: contactId })
      .where('workspace_id', '=', tx.workspaceId)
      .where('state', '=', 'held')
      .where('contact_id', 'is', null)
      .where(kind === 'email' ? sql<boolean>`lower(typed_email) = ${value_normalized}` : sql<boolean>`typed_phone = ${value_normalized}`)
      .execute()
}

/** Looks at whoever is new or has another address. */
export const linkHeldSubscribers: readonly Subscriber[] = [
  subscribe('contact.created', {
    name: 'leads.link-held-of-new',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => linkHeld(tx, payload.contactId as ContactId))
    },
  }),
  subscribe('contact.changed', {
    name: 'leads.link-held-of-changed',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => linkHeld(tx, payload.contactId as ContactId))
    },
  }),
]
