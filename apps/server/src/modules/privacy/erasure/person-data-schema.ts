import { PersonProcessing, personDataVersion } from '@frontdesk/contract'
import { z } from 'zod'
import type { Field } from '../../../platform/inventory/index.ts'
import type { Inventory } from './plan.rules.ts'

/** The JSON schema of `data.json`, written from the inventory, so that it says what the copy holds: for each column its kind of data and why it is kept. */
export function personDataSchema(inventory: Inventory): Readonly<Record<string, unknown>> {
  const tables = inventory
    .filter(({ schema, subjects }) => schema === 'public' && subjects.some((path) => path.root === 'contact' && 'via' in path))
    .filter(({ columns }) => Object.values(columns as Record<string, Field>).some((field) => field.kind === 'personal' && field.export))
  // References lead to the root of the document they stand in (JSON Schema 2020-12, 8.2.3.1), so definitions stand there and nowhere deeper.
  const { $schema: dialect, $defs, ...processing } = z.toJSONSchema(PersonProcessing)
  return {
    $schema: dialect,
    $defs,
    title: 'Everything that is kept about one person',
    type: 'object',
    required: ['schema', 'version', 'exportedAt', 'business', 'contactId', 'tables', 'context'],
    properties: {
      schema: { const: 'frontdesk-person-data' },
      version: { const: personDataVersion },
      exportedAt: { type: 'string', format: 'date-time' },
      business: { type: 'string' },
      contactId: { type: 'string', format: 'uuid' },
      tables: {
        type: 'object',
        properties: Object.fromEntries(tables.map(({ table, columns, ownWork }) => [table, tableSchema(columns, ownWork === true)])),
        additionalProperties: false,
      },
      context: { type: 'object', additionalProperties: { type: 'array', items: { type: 'object' } } },
      processing,
    },
  }
}

function tableSchema(columns: Readonly<Record<string, Field>>, ownWork: boolean) {
  const shown = Object.entries(columns).flatMap(([column, field]) => {
    if (column === 'workspace_id') return []
    if (field.kind === 'system') return [[column, {}] as const]
    if (field.kind === 'reference')
      return field.to === 'member' || field.to === 'user' ? [] : [[column, { type: ['string', 'null'] }] as const]
    const given = field.export && field.category !== 'credential' && field.stored !== 'hashed'
    return given ? [[column, { description: `${field.category}, kept for ${field.purpose} (${field.basis})` }] as const] : []
  })
  return {
    type: 'array',
    ...(ownWork ? { description: 'What this provider sent and decided; another one does not take it over.' } : {}),
    items: { type: 'object', properties: Object.fromEntries(shown), additionalProperties: false },
  }
}
