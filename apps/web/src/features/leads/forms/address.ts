/** The views of one form; setting it up is the usual one. */
export type FormTab = 'edit' | 'came' | 'share'

/** Reads the address of a form; what makes no sense is left out. */
export const readFormSearch = (search: Readonly<Record<string, unknown>>): { tab?: Exclude<FormTab, 'edit'> } =>
  search.tab === 'came' || search.tab === 'share' ? { tab: search.tab } : {}
