/** Makes a valid body, query or path from a JSON schema, so that a test can knock at every route of the OpenAPI document. */

export type JsonSchema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

export type Components = Readonly<Record<string, JsonSchema>>

/** Values whose shape is a rule of the house rather than of JSON schema, by component name. */
const houseValues: Readonly<Record<string, unknown>> = {
  Instant: '2030-06-03T15:00:00Z',
  PlainDate: '2030-06-03',
  WallTime: '09:30',
  Zone: 'America/New_York',
  Locale: 'en-US',
  Currency: 'USD',
  Money: { minor: '100', currency: 'USD' },
  EmailAddress: 'sample@example.com',
  Country: 'US',
  FilterInQuery: '{"all":[]}',
  Role: 'member',
}

const byFormat: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-000000000000',
  'date-time': '2030-06-03T15:00:00Z',
  date: '2030-06-03',
  email: 'sample@example.com',
  uri: 'https://example.com/',
}

/** A sample of a schema. `known` gives values by the name of their field, such as the ids of rows that exist. */
export function sampleOf(schema: JsonSchema, components: Components, known: Readonly<Record<string, unknown>>, name = ''): unknown {
  if (name in known) return known[name]
  if (schema.$ref) {
    const component = schema.$ref.split('/').at(-1) ?? ''
    return component in houseValues ? houseValues[component] : sampleOf(components[component] ?? {}, components, known, name)
  }
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const choices = schema.oneOf ?? schema.anyOf
  if (choices) {
    const chosen = choices.find((choice) => choice.type !== 'null') ?? choices[0] ?? {}
    return sampleOf(chosen, components, known, name)
  }
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, components, known, name)))
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type
  if (type === 'object' || schema.properties) return objectOf(schema, components, known)
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, components, known, name.replace(/s$/, '')))
  if (type === 'boolean') return false
  if (type === 'integer' || type === 'number') return schema.minimum ?? Math.min(1, schema.maximum ?? 1)
  return textOf(schema)
}

function objectOf(schema: JsonSchema, components: Components, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const wanted = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key))
  return Object.fromEntries(wanted.map(([key, part]) => [key, sampleOf(part, components, known, key)]))
}

function textOf(schema: JsonSchema): string {
  if (schema.format && byFormat[schema.format]) return byFormat[schema.format] ?? ''
  const candidates = [
    'sample',
    'a-sample',
    '09:30',
    '2030-06-03',
    'sample-token-0123456789',
    '100',
    'US',
    'USD',
    '#1a6b5a',
    'https://example.com/x',
    '123456',
  ]
  const fits = candidates.find(
    (text) => text.length >= (schema.minLength ?? 0) && (!schema.pattern || new RegExp(schema.pattern, 'u').test(text)),
  )
  return fits ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}
