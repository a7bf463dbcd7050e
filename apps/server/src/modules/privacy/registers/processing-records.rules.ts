import type { DataCategory, PersonKind, ProcessingActivity, Processor } from '@frontdesk/contract'
import type { Field, PersonalField, Purpose, Retention, TableInventory } from '../../../platform/inventory/index.ts'
import { endsOtherwise } from '../retention/retention-rules.ts'
import { personKindsOf, sideOf } from './person-kinds.ts'
import { purposeGrounds } from './purposes.ts'

// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
type Inventory = readonly TableInventory<any>[]
type Side = 'controller' | 'processor'
type Recipient = Pick<Processor, 'name' | 'purposes' | 'categories' | 'stopped'>

/** The order in which purposes are told. */
export const purposes = ['service', 'communication', 'account', 'security', 'compliance', 'operation'] as const satisfies readonly Purpose[]

/**
 * The records of processing of both sides (GDPR Art. 30(1) and (2)), derived from the inventory: a new column joins by itself, under the purpose it declares.
 * Recipients are those whose entry covers a purpose and one of its kinds of data.
 */
export function processingActivities(
  inventory: Inventory,
  recipients: readonly Recipient[],
): { readonly controller: ProcessingActivity[]; readonly processor: ProcessingActivity[] } {
  const of = (side: Side) =>
    purposes.map((purpose) => activityOf(side, purpose, inventory, recipients)).filter((activity) => activity !== undefined)
  return { controller: of('controller'), processor: of('processor') }
}

function activityOf(side: Side, purpose: Purpose, inventory: Inventory, recipients: readonly Recipient[]): ProcessingActivity | undefined {
  const tables = inventory
    .filter((declared) => sideOf(declared) === side)
    .map((declared) => ({ declared, fields: personalFields(declared).filter((field) => field.purpose === purpose) }))
    .filter(({ fields }) => fields.length > 0)
  if (tables.length === 0) return undefined
  const fields = tables.flatMap((table) => table.fields)
  const categories = sorted(fields.map(({ category }) => category))
  const ground = groundOf(side, purpose)
  return {
    purpose,
    ...ground,
    otherBases: sorted(fields.map(({ basis }) => basis)).filter((basis) => basis !== ground.basis),
    persons: sorted(tables.flatMap(({ declared }) => personKindsOf(declared))),
    categories,
    tables: sorted(tables.map(({ declared: { schema, table } }) => (schema === 'public' ? table : `${schema}.${table}`))),
    periods: sorted(fields.map(({ retention }) => retention)).map((retention: Retention) => ({
      retention,
      ends: endsOtherwise[retention].ends,
    })),
    recipients: recipients
      .filter(({ stopped }) => stopped === null)
      .filter((one) => one.purposes.includes(purpose) && one.categories.some((category) => categories.includes(category)))
      .map(({ name }) => name),
  }
}

/** A processor's own ground is the instruction, but for what the law asks of the processor itself. */
function groundOf(side: Side, purpose: Purpose): Pick<ProcessingActivity, 'basis' | 'law'> {
  if (side === 'controller' || purpose === 'compliance') return purposeGrounds[purpose]
  return { basis: 'workspace_instruction', law: `GDPR Art. 28(3)(a); ${purposeGrounds[purpose].law}` }
}

const personalFields = ({ columns }: Inventory[number]): readonly PersonalField[] =>
  Object.values(columns as Record<string, Field>).filter((field) => field.kind === 'personal')

/** Which tables hold data of each kind of person. */
export function tablesByPerson(inventory: Inventory): Readonly<Record<PersonKind, string[]>> {
  const found: Record<PersonKind, string[]> = {
    customer: [],
    end_user: [],
    representative: [],
    site_user: [],
    newsletter_subscriber: [],
    prospect: [],
    counterparty: [],
  }
  for (const declared of inventory)
    if (personalFields(declared).length > 0)
      for (const kind of personKindsOf(declared))
        found[kind].push(declared.schema === 'public' ? declared.table : `${declared.schema}.${declared.table}`)
  return found
}

/** Every category that is processed for one purpose, on either side. */
export const categoriesFor = (inventory: Inventory, purpose: Purpose): readonly DataCategory[] =>
  sorted(
    inventory
      .flatMap(personalFields)
      .filter((field) => field.purpose === purpose)
      .map(({ category }) => category),
  )

const sorted = <Item extends string>(items: readonly Item[]): Item[] => [...new Set(items)].sort()
