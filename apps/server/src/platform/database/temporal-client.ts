import type { Writable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'

const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20

pg.types.setTypeParser(TIMESTAMPTZ, (text) => Temporal.Instant.from(text))
pg.types.setTypeParser(DATE, (text) => Temporal.PlainDate.from(text))
pg.types.setTypeParser(INT8, safeInteger)

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database returned ${text}, which is beyond 2^53.`)
  return value
}

const isTemporal = (value: unknown): value is { toString(): string } =>
  value instanceof Temporal.Instant || value instanceof Temporal.PlainDate || value instanceof Temporal.PlainTime

const toText = (value: unknown): unknown => (Array.isArray(value) ? value.map(toText) : isTemporal(value) ? value.toString() : value)

/**
 * Marks a statement that is asked all the time: `.modifyEnd(prepared('permit.insert'))`. Each connection parses and plans it once. Its text must be the same each time (no lists
 * of changing length: give an array), and one plan must be good for all values.
 */
export const prepared = (name: string): RawBuilder<unknown> => sql.raw(`/* prepared: ${name} */`)

const preparedAs = (text: string): string | undefined =>
  text.endsWith('*/') ? /\/\* prepared: ([a-z._]+) \*\/$/.exec(text)?.[1] : undefined

/** A PostgreSQL client that takes and gives `Temporal` values, so that `Date` never enters the house. */
export class TemporalClient extends pg.Client {
  #gathering = false

  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads of query; only the values are touched here
  override query(config: any, values?: any, callback?: any): any {
    this.#writeTogether()
    if (Array.isArray(values)) {
      const name = typeof config === 'string' ? preparedAs(config) : undefined
      return super.query(name === undefined ? config : { name, text: config }, values.map(toText), callback)
    }
    if (typeof config === 'object' && config !== null && Array.isArray(config.values)) config.values = config.values.map(toText)
    return super.query(config, values, callback)
  }

  /** What is asked in one turn goes out as one packet: where queries are sent ahead, that is the beginning of a transaction with its first query. */
  #writeTogether(): void {
    const { stream } = (this as unknown as { readonly connection: { readonly stream: Writable } }).connection
    if (this.#gathering) return
    this.#gathering = true
    stream.cork()
    process.nextTick(() => {
      this.#gathering = false
      stream.uncork()
    })
  }
}
