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

/** A PostgreSQL client that takes and gives `Temporal` values, so that `Date` never enters the house. */
export class TemporalClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads of query; only the values are touched here
  override query(config: any, values?: any, callback?: any): any {
    if (Array.isArray(values)) return super.query(config, values.map(toText), callback)
    if (typeof config === 'object' && config !== null && Array.isArray(config.values)) config.values = config.values.map(toText)
    return super.query(config, values, callback)
  }
}
