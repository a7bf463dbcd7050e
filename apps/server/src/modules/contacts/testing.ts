/**
 * A workspace with one member of each role, for tests of rooms that stand on accounts.
 */
import type { ContactId, MemberId, Principal, Role, UserId, WorkspaceId } from '@frontdesk/contract'
import { roles } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { TestDatabase } from '../../platform/database/testing.ts'
import { orderedId } from '../../platform/ids/index.ts'
import { findOrCreateContact } from './find-or-create-contact.ts'

export { archiveContact } from './archive-contact.ts'
export { createField } from './fields/define-field.ts'
export { timelinePage } from './timeline-page.ts'

export type TestWorkspace = {
  readonly workspaceId: WorkspaceId
  /** A member of each role. */
  readonly as: Readonly<Record<Role, Extract<Principal, { kind: 'member' }>>>
  readonly visitor: Principal
  /** A contact with an address, made as a booking makes one. */
  newContact(email: string, name?: string): Promise<ContactId>
}

/** Makes a workspace of that name and country. */
export async function testWorkspace(
  { database }: Pick<TestDatabase, 'database'>,
  name = 'Salon Ana',
  country: string | null = 'US',
): Promise<TestWorkspace> {
  const clock = database.clock()
  const made = await database.inWorkspace(orderedId<'workspace'>(clock.epochMilliseconds), async (tx) => {
    const { workspaceId } = tx
    const slug = `ws-${workspaceId}`
    await sql`insert into workspace (id, name, slug, zone, locale, currency, country, brand_colour, created_at, version)
      values (${workspaceId}, ${name}, ${slug}, 'America/New_York', 'en-US', 'USD', ${country}, '#2f6feb', ${tx.now}, 1)`.execute(tx.db)
    await sql`insert into workspace_slug (workspace_id, id, slug, created_at) values (${workspaceId}, ${tx.newId()}, ${slug}, ${tx.now})`.execute(
      tx.db,
    )
    const members = new Map<Role, Extract<Principal, { kind: 'member' }>>()
    for (const role of roles) {
      const memberId: MemberId = tx.newId()
      const userId: UserId = tx.newId()
      await sql`insert into member (workspace_id, id, user_id, name, email, role, joined_at, created_at, version)
        values (${workspaceId}, ${memberId}, ${userId}, ${`The ${role}`}, ${`${role}@salon.example`}, ${role}, ${tx.now}, ${tx.now}, 1)`.execute(
        tx.db,
      )
      members.set(role, { kind: 'member', workspaceId, memberId, userId, role })
    }
    return { workspaceId, as: Object.fromEntries(members) as TestWorkspace['as'] }
  })
  const visitor: Principal = { kind: 'visitor', workspaceId: made.workspaceId }
  return {
    ...made,
    visitor,
    newContact: (email, contactName = 'Ann Lee') =>
      database.inWorkspace(made.workspaceId, async (tx) => {
        const { contactId } = await findOrCreateContact(tx, visitor, { name: contactName, email, source: 'booking' })
        return contactId
      }),
  }
}
