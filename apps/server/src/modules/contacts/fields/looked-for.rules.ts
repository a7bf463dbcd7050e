import type { FieldType } from '@frontdesk/contract'
import type { FieldFacts } from './field-value.rules.ts'
import { indexed } from './field-value.rules.ts'

/** Types whose values have an order that lists can be narrowed by. */
export const rangedTypes: readonly FieldType[] = ['number', 'money', 'date']

/** What is looked for, as it stands in the index; or why it is no value of the field. */
export function lookedFor(
  field: Pick<FieldFacts, 'type'>,
  text: string,
): { readonly value: string | number } | { readonly message: string } {
  switch (field.type) {
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? { value: Number(text) } : { message: 'Write a number, like 12.5.' }
    case 'money':
      return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { message: 'Write the amount in minor units, like 14000.' }
    case 'date':
      try {
        return { value: Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() }
      } catch {
        return { message: 'Write the date like 2026-11-22.' }
      }
    case 'yes_no':
      return text === 'yes' || text === 'no' ? { value: text } : { message: 'Write yes or no.' }
    case 'text':
    case 'link':
    case 'choice':
    case 'choices':
    case 'person':
      return { value: indexed(field.type, text) }
  }
}
