import { z } from 'zod'

/** A JSON Schema (2020-12), as far as this room looks into it. */
export type JsonSchema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly minimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

/** Which side of a schema is meant: what a caller sends, or what the server answers. */
export type Side = 'input' | 'output'

/** Gathers named schemas (`.meta({ id })`) as components while turning zod schemas into JSON Schema. */
export class SchemaBook {
  readonly #components = new Map<string, JsonSchema>()

  /** The components gathered so far, by name. */
  get components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].sort(([left], [right]) => left.localeCompare(right)))
  }

  /** The JSON Schema of one side of a zod schema, with references to components. */
  write(schema: z.ZodType, side: Side): JsonSchema {
    const {
      $defs = {},
      $schema: _dialect,
      ...root
    } = z.toJSONSchema(schema, { io: side, unrepresentable: 'any', override: simplify(side) }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>
      $schema?: string
    }
    const names = new Map(Object.entries($defs).map(([name, json]) => [name, this.#nameFor(name, json, $defs, side)]))
    const rename = (json: JsonSchema) => renamed(json, names)
    for (const [name, json] of Object.entries($defs)) this.#components.set(names.get(name) ?? name, rename(json))
    return rename(root)
  }

  /** What a component stands for. */
  resolve(schema: JsonSchema): JsonSchema {
    const name = schema.$ref?.split('/').at(-1)
    return name === undefined ? schema : (this.#components.get(name) ?? {})
  }

  /** A schema whose two sides differ gets a second component for what is sent. */
  #nameFor(name: string, json: JsonSchema, all: Readonly<Record<string, JsonSchema>>, side: Side): string {
    const own = new Map(Object.keys(all).map((each) => [each, each]))
    const known = this.#components.get(name)
    if (known === undefined || JSON.stringify(stripped(known)) === JSON.stringify(stripped(renamed(json, own)))) return name
    return side === 'input' ? `${name}Input` : `${name}Answer`
  }
}

/** Comparable regardless of what its references were renamed to. */
const stripped = (json: JsonSchema): unknown =>
  JSON.parse(JSON.stringify(json).replace(/("#\/components\/schemas\/\w+?)(Input|Answer)?"/g, '$1"'))

function renamed(json: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema {
  return JSON.parse(JSON.stringify(json), (key, value) =>
    key === '$ref' && typeof value === 'string'
      ? `#/components/schemas/${names.get(value.split('/').at(-1) ?? '') ?? value.split('/').at(-1)}`
      : value,
  )
}

const FORMATS_THAT_SAY_ENOUGH = new Set(['uuid', 'date-time', 'date', 'email'])

/** Drops patterns that repeat a format, and what would forbid a later version to answer more. */
const simplify = (side: Side) => (context: { jsonSchema: { pattern?: unknown; format?: unknown; additionalProperties?: unknown } }) => {
  if (FORMATS_THAT_SAY_ENOUGH.has(String(context.jsonSchema.format))) delete context.jsonSchema.pattern
  if (side === 'output' && context.jsonSchema.additionalProperties === false) delete context.jsonSchema.additionalProperties
}

/** An example that the schema accepts, made from its own examples and limits; the same one each time. */
export function sampleOf(schema: JsonSchema, book: SchemaBook, name = '', depth = 0): unknown {
  if (schema.examples?.length) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum?.length) return schema.enum[0]
  if (schema.$ref) return depth > 8 ? null : sampleOf(book.resolve(schema), book, nameThrough(schema.$ref, name), depth + 1)
  const choice = (schema.oneOf ?? schema.anyOf ?? schema.allOf)?.find(({ type }) => type !== 'null')
  if (choice) return sampleOf(choice, book, name, depth + 1)
  const type = [schema.type].flat()[0]
  if (type === 'object') return sampleObject(schema, book, depth)
  if (type === 'array') return schema.items ? [sampleOf(schema.items, book, name, depth + 1)] : []
  if (type === 'integer' || type === 'number') return schema.minimum !== undefined && schema.minimum > -1e9 ? schema.minimum : 1
  if (type === 'boolean') return true
  if (type === 'null' || type === undefined) return null
  return sampleText(schema, name)
}

function sampleObject(schema: JsonSchema, book: SchemaBook, depth: number): Record<string, unknown> {
  const own = Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(value, book, key, depth + 1)] as const)
  return Object.fromEntries(own)
}

const samples: Readonly<Record<string, string>> = {
  uuid: '019b8c4e-7a10-7000-8000-5d0f3c2b1a00',
  'date-time': '2027-01-04T15:30:00Z',
  date: '2027-01-04',
  email: 'ana@example.com',
  uri: 'https://desk.example.com',
  Zone: 'Europe/Madrid',
  zone: 'Europe/Madrid',
  country: 'US',
  brandColour: '#1a6b5a',
  code: '123456',
  'WallTime to': '17:00',
  Locale: 'en-US',
  locale: 'en-US',
  Currency: 'EUR',
  currency: 'EUR',
  minor: '4500',
  Slug: 'haircut',
  slug: 'haircut',
  WallTime: '09:30',
  EmailAddress: 'ana@example.com',
  phone: '+34 600 123 456',
  Cursor: 'WyIwMTliOGM0ZSJd',
  cursor: 'WyIwMTliOGM0ZSJd',
}

/** A field's own name where it says more than its component's: the end of a block of hours is later than its beginning. */
function nameThrough(reference: string, name: string): string {
  const component = reference.split('/').at(-1) ?? ''
  return [`${component} ${name}`, name].find((known) => known in samples) ?? component
}

function sampleText(schema: JsonSchema, name: string): string {
  const known = samples[schema.format ?? ''] ?? samples[name] ?? 'text'
  return known.padEnd(schema.minLength ?? 0, '-text').slice(0, schema.maxLength)
}

/** An example that the zod schema takes too: where its own rules want one of two optional fields and not both, fields are left out until it does. */
export function acceptedSample(schema: z.ZodType, json: JsonSchema, book: SchemaBook): unknown {
  const sample = sampleOf(json, book)
  const { properties = {}, required = [] } = book.resolve(json)
  const optional = Object.keys(properties).filter((key) => !required.includes(key))
  const candidates = [
    sample,
    ...optional.map((left) => Object.fromEntries(Object.entries(sample as object).filter(([key]) => key !== left))),
  ]
  return candidates.find((candidate) => schema.safeParse(candidate).success) ?? sample
}
