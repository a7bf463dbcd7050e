import type { Workspace } from './queries.ts'

/** A business as its form shows it; empty text is nothing. */
export type BusinessValues = {
  readonly name: string
  readonly slug: string
  readonly industry: string
  readonly brandColour: string
  readonly zone: string
  readonly locale: string
  readonly currency: string
  readonly country: string
  readonly phone: string
  readonly email: string
  readonly website: string
  readonly address: string
}

export type BusinessField = keyof BusinessValues

/** The form of what the server knows. */
export const businessValues = (workspace: Workspace): BusinessValues => ({
  name: workspace.name,
  slug: workspace.slug,
  industry: workspace.industry ?? '',
  brandColour: workspace.brandColour,
  zone: workspace.zone,
  locale: workspace.locale,
  currency: workspace.currency,
  country: workspace.country ?? '',
  phone: workspace.phone ?? '',
  email: workspace.email ?? '',
  website: workspace.website ?? '',
  address: workspace.address ?? '',
})

const or = (text: string): string | null => text.trim() || null

/** A website as typed; whoever leaves out the scheme means https. */
export const websiteFrom = (typed: string): string | null => {
  const text = typed.trim()
  if (text === '') return null
  return /^https?:\/\//i.test(text) ? text : `https://${text}`
}

/** The body of the request: only the named fields. */
export function businessBody(values: BusinessValues, fields: readonly string[]) {
  const all = {
    name: values.name.trim(),
    slug: values.slug.trim(),
    industry: or(values.industry),
    brandColour: values.brandColour.toLowerCase(),
    zone: values.zone,
    locale: values.locale,
    currency: values.currency,
    country: or(values.country),
    phone: or(values.phone),
    email: or(values.email),
    website: websiteFrom(values.website),
    address: or(values.address),
  }
  const body: Partial<typeof all> = Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)))
  return body
}

/** Whether a text can be a public address. */
export const looksLikeSlug = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 60

/** Whether a text can be a website. */
export const looksLikeWebsite = (text: string): boolean => {
  const address = websiteFrom(text)
  return address === null || (URL.canParse(address) && new URL(address).hostname.includes('.'))
}
