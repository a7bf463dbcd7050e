import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { indexValues } from '../fields/index-values.ts'
import { foldText } from '../fold-text.ts'
import type { Person } from './filter.testing.ts'

/** What people of a test stand among. */
export type Among = {
  readonly people: readonly Person[]
  readonly companies: readonly string[]
  readonly lists: readonly string[]
  readonly tags: readonly string[]
}

/** Writes people as they are, past every use case; some of what happened to one stands with a card that was merged into hers. */
export async function writePeople(tx: WorkspaceTx, { people, companies, lists, tags }: Among): Promise<void> {
  const base = { workspace_id: tx.workspaceId, created_at: tx.now }
  for (const [at, id] of companies.entries())
    await tx.db
      .insertInto('company')
      .values({
        ...base,
        id,
        name: `C${at}`,
        name_folded: `c${at}`,
        domain: null,
        phone_normalized: null,
        address: null,
        archived_at: null,
      })
      .execute()
  for (const [at, id] of lists.entries())
    await tx.db
      .insertInto('list')
      .values({ ...base, id, version: 1, name: `L${at}`, name_folded: `l${at}`, updated_at: tx.now, archived_at: null })
      .execute()
  const tagIds = new Map(tags.map((tag) => [tag, tx.newId()]))
  for (const [name, id] of tagIds)
    await tx.db
      .insertInto('tag')
      .values({ ...base, id, name, name_folded: foldText(name) })
      .execute()
  for (const [at, person] of people.entries()) {
    const row = {
      workspace_id: tx.workspaceId,
      version: 1,
      name: person.name,
      name_sort: foldText(person.name),
      company_id: person.companyId,
      company_role: null,
      given_name: null,
      family_name: null,
      locale: null,
      zone: null,
      owner_member_id: person.ownerId as never,
      source: 'member' as const,
      search_text: '',
      merged_into: null,
      own_values: JSON.stringify(person.own),
      last_activity_at: person.lastActivityAt,
      last_dealing_at: person.lastActivityAt,
      created_at: person.createdAt,
      updated_at: tx.now,
      archived_at: person.archived ? tx.now : null,
    }
    const id = person.id as never
    await tx.db
      .insertInto('contact')
      .values({ ...row, id })
      .execute()
    await indexValues(tx, [{ id, own_values: person.own }])
    for (const kind of person.has)
      await tx.db
        .insertInto('contact_point')
        .values({
          ...base,
          id: tx.newId(),
          contact_id: id,
          kind,
          value_normalized: `${kind}${at}`,
          value_as_typed: '',
          preferred: true,
          shared: false,
          label: null,
          verified_at: null,
          bounce_kind: null,
          bounced_at: null,
          bounce_retry_after: null,
          last_heard_at: null,
        })
        .execute()
    for (const tag of person.tags)
      await tx.db
        .insertInto('contact_tag')
        .values({ ...base, id: tx.newId(), contact_id: id, tag_id: tagIds.get(tag) as string })
        .execute()
    for (const listId of person.lists)
      await tx.db
        .insertInto('list_member')
        .values({ ...base, id: tx.newId(), contact_id: id, list_id: listId })
        .execute()
    // Some of it happened to a card that was merged into hers.
    const cardId = tx.newId<'contact'>()
    if (person.events.length > 0)
      await tx.db
        .insertInto('contact')
        .values({ ...row, id: cardId, merged_into: id, merged_at: tx.now, archived_at: null })
        .execute()
    for (const [place, { kind, at: happened }] of person.events.entries())
      await tx.db
        .insertInto('timeline_event')
        .values({
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          contact_id: place % 3 === 2 ? cardId : id,
          at: happened,
          kind,
          actor_kind: 'system',
          actor_id: null,
          subject_type: null,
          subject_id: null,
          summary_key: 'x',
          summary_values: '{}',
        })
        .execute()
    const may = { email: person.may.includes('email'), sms: person.may.includes('sms'), call: person.may.includes('call') }
    await sql`insert into standing_answer (workspace_id, id, email, sms, call, looked_at, holds_until)
      values (${tx.workspaceId}, ${id}, ${may.email}, ${may.sms}, ${may.call}, ${tx.now}, ${tx.now})`.execute(tx.db)
  }
}
