/** Where the logo of a business lies, as its public pages show it; undefined without one. Another logo has another address. */
export const logoAddress = ({ slug, logoFileId }: { readonly slug: string; readonly logoFileId: string | null }): string | undefined =>
  logoFileId === null ? undefined : `/b/${slug}/logo/${logoFileId}`
