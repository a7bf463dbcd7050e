import type { PolicyKind } from '@frontdesk/contract'

/** The index of a business's documents. */
export const legalPath = (slug: string): string => `/legal/${slug}`
/** The document that counts now. */
export const policyPath = (slug: string, kind: PolicyKind): string => `/legal/${slug}/${kind}`
/** The permanent address of one version. */
export const versionPath = (slug: string, kind: PolicyKind, version: number, locale: string): string =>
  `/legal/${slug}/${kind}/versions/${version}?lang=${locale}`
/** The same as the plain text whose hash is kept. */
export const plainTextPath = (slug: string, kind: PolicyKind, version: number, locale: string): string =>
  `/legal/${slug}/${kind}/versions/${version}/text?lang=${locale}`
