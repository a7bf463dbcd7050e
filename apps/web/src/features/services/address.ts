/** What the address of the services room says. */
export type ServicesSearch = {
  /** What was put away is listed. */
  readonly archived?: true
  /** The form that stands open. */
  readonly form?: 'new'
}

/** Reads the address; what makes no sense is left out. */
export function readServicesSearch(search: Readonly<Record<string, unknown>>): ServicesSearch {
  return {
    ...(search.archived === true || search.archived === 'true' ? { archived: true } : {}),
    ...(search.form === 'new' ? { form: 'new' } : {}),
  }
}
