import type { FieldType } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'

/** A value with the type of its column, so that the index is used. */
export function typedValue(type: FieldType, value: string | number): RawBuilder<unknown> {
  switch (type) {
    case 'number':
      return sql`${value}::double precision`
    case 'money':
      return sql`${value}::bigint`
    case 'date':
      return sql`${value}::date`
    case 'text':
    case 'link':
    case 'choice':
    case 'choices':
    case 'person':
    case 'yes_no':
      return sql`${value}::text`
  }
}
