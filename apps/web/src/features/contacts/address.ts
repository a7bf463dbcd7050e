/** What the address of the contacts room says: how the list is narrowed, and which part of a contact is open. Only what differs from the usual view. */
export type ContactsSearch = {
  /** What is looked for. */
  readonly q?: string
  readonly tag?: string
  readonly owner?: string
  readonly archived?: true
  readonly sort?: 'name'
  readonly tab?: ContactTab
  /** The form that stands open: for somebody new, or for the contact shown. */
  readonly form?: 'new' | 'edit'
}

/** The parts of a contact beside her timeline. */
export const contactTabs = ['bookings', 'conversations', 'notes', 'consents', 'sensitive'] as const
export type ContactTab = (typeof contactTabs)[number]

/** Reads the address; what makes no sense is left out. */
export function readContactsSearch(search: Readonly<Record<string, unknown>>): ContactsSearch {
  const q = text(search.q, 120)
  const tag = text(search.tag, 60)
  const owner = typeof search.owner === 'string' && isId.test(search.owner) ? search.owner : undefined
  const tab = contactTabs.find((one) => one === search.tab)
  return {
    ...(q ? { q } : {}),
    ...(tag ? { tag } : {}),
    ...(owner ? { owner } : {}),
    ...(search.archived === true || search.archived === 'true' ? { archived: true } : {}),
    ...(search.sort === 'name' ? { sort: 'name' } : {}),
    ...(tab ? { tab } : {}),
    ...(search.form === 'new' || search.form === 'edit' ? { form: search.form } : {}),
  }
}

/** Whether the list is narrowed by more than what is looked for. */
export const isNarrowed = ({ tag, owner, archived }: ContactsSearch): boolean => Boolean(tag || owner || archived)

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The router reads `?q=555` as a number; here it is what somebody typed. */
function text(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const found = String(value).trim().slice(0, most)
  return found === '' ? undefined : found
}
