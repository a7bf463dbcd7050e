import { z } from 'zod'

/** A moment, as RFC 3339 in UTC: `2026-11-22T15:30:00Z`. */
export const Instant = z.iso.datetime({ offset: true, error: 'Write the moment like 2026-11-22T15:30:00Z.' }).meta({ id: 'Instant' })

/** A calendar date without a zone: `2026-11-22`. */
export const PlainDate = z.iso.date('Write the date like 2026-11-22.').meta({ id: 'PlainDate' })

/** A wall-clock time without a date, on 24 hours: `09:30`; `24:00` ends a day. */
export const WallTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write the time like 09:30.')
  .meta({ id: 'WallTime' })

const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])

const isZone = (name: string): boolean => {
  if (zones.has(name)) return true
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0 && !/^[+-]/.test(name)
  } catch {
    return false
  }
}

/** An IANA time zone: `America/New_York`. Offsets are refused, because they forget daylight saving. */
export const Zone = z.string().max(64).refine(isZone, 'This time zone is not known. Use a name like America/New_York.').meta({ id: 'Zone' })

/** A language tag (BCP 47): `en-US`. */
export const Locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, 'Write the language like en-US.')
  .meta({ id: 'Locale' })

/** ISO 4217. */
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'Write the currency like USD.')
  .meta({ id: 'Currency' })

/** Integer minor units (cents) as a decimal string, with their currency. */
export const Money = z
  .object({ minor: z.string().regex(/^-?\d{1,15}$/, 'Write the amount in minor units, like 14000.'), currency: Currency })
  .meta({ id: 'Money' })
export type Money = z.infer<typeof Money>

/** An address as typed. Its lower-cased form is what is compared. */
export const EmailAddress = z.string().trim().max(254).pipe(z.email('This is not an email address.')).meta({ id: 'EmailAddress' })

/** What a person typed as a phone number, with or without a country prefix. */
export const PhoneInput = z.string().trim().min(4).max(32)

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029\ufeff]/

/** One line typed by a person: trimmed, no control characters, any script and emoji. */
export const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Please fill this in.')
    .max(max, `At most ${max} characters.`)
    .refine((value) => !CONTROL.test(value) && !/[\r\n]/.test(value), 'Control characters and line breaks are not allowed here.')

/** Several lines typed by a person. */
export const Text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((value) => !CONTROL.test(value), 'Control characters are not allowed here.')

/** Where the next page begins; opaque to callers. */
export const Cursor = z.string().max(512).meta({ id: 'Cursor' })

/** The query of every list. */
export const PageQuery = z.strictObject({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The answer of every list: one page and where the next one begins. */
export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: Cursor.nullable() })

/** Part of a public address: lower-case letters, digits and hyphens. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and hyphens.')
  .min(1)
  .max(60)
