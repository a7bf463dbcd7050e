import type { z } from 'zod'
import { type EventType, events } from './events.ts'

const SAMPLE_AT = '2026-11-24T15:00:00Z'

/** What stands in the fields of an example: by their names, because a payload has ids, states, roles and counts only. */
const sampleField = (name: string, schema: z.ZodType): unknown => {
  const inner = 'unwrap' in schema && typeof schema.unwrap === 'function' ? (schema.unwrap() as z.ZodType) : schema
  if ('options' in inner && Array.isArray(inner.options)) return inner.options[0]
  if (name === 'count') return 12
  if (name === 'role') return 'member'
  return name.endsWith('Id') ? idLike(name) : 'in_progress'
}

/** An id that is the same for the same field in every example. */
const idLike = (name: string): string => {
  const number = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff, 7)
  return `01a20242-359e-7000-8000-0000${number.toString(16).padStart(8, '0')}`
}

/** An example of one kind of event, as `GET /events` gives it and as a webhook sends it. */
export const sampleEvent = (type: EventType) => ({
  id: idLike(type),
  type,
  at: SAMPLE_AT,
  payload: Object.fromEntries(Object.entries(events[type].shape).map(([name, schema]) => [name, sampleField(name, schema as z.ZodType)])),
})
