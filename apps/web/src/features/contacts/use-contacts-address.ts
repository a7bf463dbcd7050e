import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useWorkspace } from '../../lib/session.ts'
import { type ContactsSearch, readContactsSearch } from './address.ts'

/** Where one is in the contacts room, and how to go elsewhere in it. */
export type ContactsAddress = {
  readonly search: ContactsSearch
  /** The contact that is open. */
  readonly contactId: string | undefined
  /** Changes what the address says about the list or the open contact; `undefined` takes it away. */
  readonly change: (change: Partial<ContactsSearch>, options?: { readonly replace?: boolean }) => void
  /** Opens a contact, or with nothing the list. */
  readonly open: (contactId: string | undefined, change?: Partial<ContactsSearch>) => void
}

/** Reads the address of the contacts room. */
export function useContactsAddress(): ContactsAddress {
  const { slug: workspace } = useWorkspace()
  // Read again, because the router passes on what the reading left out.
  const search = readContactsSearch(useSearch({ from: '/w/$workspace/contacts' }))
  const { contactId } = useParams({ strict: false })
  const navigate = useNavigate()
  return {
    search,
    contactId,
    change: (change, options) =>
      void navigate({
        to: '.',
        search: (before) => readContactsSearch({ ...before, ...change }),
        replace: options?.replace ?? false,
      }),
    open: (id, change) => {
      const next = readContactsSearch({ ...search, tab: undefined, form: undefined, ...change })
      void (id
        ? navigate({ to: '/w/$workspace/contacts/$contactId', params: { workspace, contactId: id }, search: next })
        : navigate({ to: '/w/$workspace/contacts', params: { workspace }, search: next }))
    },
  }
}
