import { z } from 'zod'
import { Country } from './accounts-shapes.ts'
import { idOf } from './ids.ts'
import { Line, PlainDate, Text } from './values.ts'

/** What kind of line a number is, as far as the rules tell lines apart. */
export const PhoneLine = z.enum(['mobile', 'landline', 'voip']).meta({ id: 'PhoneLine' })

/** Whether a number was given to somebody else since she gave it: the answer of a database such as the Reassigned Numbers Database. */
export const ReassignedAnswer = z.enum(['no', 'yes', 'no_data']).meta({ id: 'ReassignedAnswer' })

/** One thing that the rules ask about a person or a number, with where it is known from; `answer` is null where nobody knows. */
export const KnownFact = z
  .object({
    kind: z.enum(['place', 'line', 'reassigned', 'heard']),
    /** The number it is about; null where it is about herself. */
    pointId: idOf('contact_point').nullable(),
    /** A country or a part of it (`US-ME`), a line, an answer; of `heard` the instant. */
    answer: z.string().nullable(),
    source: z.enum(['member', 'api', 'booking', 'file', 'lookup', 'numbering_plan', 'herself']).nullable(),
    /** The day on which it was so. */
    on: PlainDate.nullable(),
    /** With what it was looked up; of a place, where it is known from. */
    checkedWith: z.string().nullable(),
    /** Whether the gate counts it now; what was said of a landline counts for a month. */
    counts: z.boolean(),
  })
  .meta({ id: 'KnownFact' })
export type KnownFact = z.output<typeof KnownFact>

const checked = { pointId: idOf('contact_point'), checkedOn: PlainDate, checkedWith: Line(120).nullish() }
/** Of a place: of which day it is known, today unless given, and where from. */
const placed = { checkedOn: PlainDate.nullish(), checkedWith: Line(120).nullish() }

/** What somebody learned. Of an address only the country, and the state or province, are kept. */
export const KnownFactInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('place'), country: Country, address: Text(500).nullish(), ...placed }),
  z.strictObject({ kind: z.literal('line'), answer: PhoneLine, ...checked }),
  z.strictObject({ kind: z.literal('reassigned'), answer: ReassignedAnswer, ...checked }),
])
export type KnownFactInput = z.output<typeof KnownFactInput>
