import type { PersonKind } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { TableInventory } from '../../../platform/inventory/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
type Declared = Pick<TableInventory<any>, 'table' | 'schema' | 'subjects'>

/** Kinds of person that a contact can be: what she did here says which. */
const contactKinds = ['customer', 'representative', 'newsletter_subscriber', 'prospect'] as const satisfies readonly PersonKind[]

/** Whose data a table can hold. Contacts are customers, prospects and the like; accounts are end users; what no account owns is about visitors. */
export function personKindsOf({ table, subjects }: Declared): readonly PersonKind[] {
  if (table === 'counterparty') return ['counterparty']
  const kinds = new Set<PersonKind>()
  for (const { root } of subjects) {
    if (root === 'contact') for (const kind of contactKinds) kinds.add(kind)
    else kinds.add(root === 'none' ? 'site_user' : 'end_user')
  }
  return [...kinds]
}

/** Whether the operator processes it for the business (GDPR Art. 28), or for its own ends. */
export const sideOf = ({ subjects }: Declared): 'controller' | 'processor' =>
  subjects.some(({ root }) => root === 'contact') ? 'processor' : 'controller'

/** How many of each kind there are; null where nobody is told apart. A person can be of several kinds. */
export async function countPersons(tx: WorkspaceTx): Promise<Readonly<Record<PersonKind, number | null>>> {
  const { rows } = await sql<Readonly<Record<PersonKind, string | null>>>`
    select
      (select count(distinct d.contact_id) from dealing d where d.workspace_id = ${tx.workspaceId} and d.kind = 'transaction') as customer,
      (select count(*) from member m where m.workspace_id = ${tx.workspaceId} and m.removed_at is null) as end_user,
      (select count(*) from contact c where c.workspace_id = ${tx.workspaceId} and c.merged_into is null and c.company_id is not null) as representative,
      null as site_user,
      (select count(*) from (
        select distinct on (k.contact_id, k.channel) k.contact_id, k.action from consent k
        where k.workspace_id = ${tx.workspaceId} and k.purpose = 'marketing' and k.contact_id is not null
        order by k.contact_id, k.channel, k.happened_at desc, k.id desc
      ) newest where newest.action = 'given') as newsletter_subscriber,
      (select count(*) from contact c where c.workspace_id = ${tx.workspaceId} and c.merged_into is null
        and not exists (select from dealing d where d.workspace_id = c.workspace_id and d.contact_id = c.id and d.kind = 'transaction')) as prospect,
      (select count(*) from counterparty p where p.workspace_id = ${tx.workspaceId}) as counterparty`.execute(tx.db)
  const [row] = rows
  const count = (kind: PersonKind) => (row?.[kind] == null ? null : Number(row[kind]))
  return {
    customer: count('customer'),
    end_user: count('end_user'),
    representative: count('representative'),
    site_user: null,
    newsletter_subscriber: count('newsletter_subscriber'),
    prospect: count('prospect'),
    counterparty: count('counterparty'),
  }
}
