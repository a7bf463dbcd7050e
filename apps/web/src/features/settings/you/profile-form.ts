import type { Profile } from './queries.ts'

/** A profile as its form shows it; empty text is nothing. */
export type ProfileValues = {
  readonly name: string
  readonly phone: string
  readonly company: string
  readonly industry: string
  readonly locale: string
  readonly zone: string
}

/** The name of a field of the profile. */
export type ProfileField = keyof ProfileValues

/** The form of what the server knows. */
export const profileValues = ({ name, phone, company, industry, locale, zone }: Profile): ProfileValues => ({
  name,
  phone: phone ?? '',
  company: company ?? '',
  industry: industry ?? '',
  locale: locale ?? '',
  zone: zone ?? '',
})

const or = (text: string): string | null => text.trim() || null

/** The body of the request: only the named fields. What was emptied is taken away. */
export function profileBody(values: ProfileValues, fields: readonly string[]) {
  const all = {
    name: values.name.trim(),
    phone: or(values.phone),
    company: or(values.company),
    industry: or(values.industry),
    locale: or(values.locale),
    zone: or(values.zone),
  }
  const body: Partial<typeof all> = Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)))
  return body
}
