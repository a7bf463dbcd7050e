import { Link } from '@tanstack/react-router'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button, buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { isNarrowed } from './address.ts'
import { mayImport } from './import/may-import.ts'
import type { ContactsAddress } from './use-contacts-address.ts'
import { contactsWords } from './words.ts'

/** Why the list is empty, and the one thing to do about it. */
export function Nobody({ address: { search, change } }: { readonly address: ContactsAddress }) {
  const t = useWords(contactsWords)
  const { slug, role } = useWorkspace()
  if (search.q) {
    return (
      <EmptyState
        icon="search"
        action={
          <Button icon="plus" onClick={() => change({ form: 'new' })}>
            {t('addNamed', { name: search.q })}
          </Button>
        }
      >
        {t('noneFound', { text: search.q })}
      </EmptyState>
    )
  }
  if (isNarrowed(search)) {
    return (
      <EmptyState
        icon="filter"
        action={
          <Button
            onClick={() =>
              change({
                tag: undefined,
                owner: undefined,
                archived: undefined,
                field: undefined,
                is: undefined,
                filter: undefined,
                segment: undefined,
              })
            }
          >
            {t('removeAll')}
          </Button>
        }
      >
        {t('noneNarrowed')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="users"
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <Link to="/w/$workspace/services" params={{ workspace: slug }} className={buttonLook({ variant: 'solid' })}>
            {t('share')}
          </Link>
          {mayImport.includes(role) && (
            <Link to="/w/$workspace/contacts/import" params={{ workspace: slug }} search={{}} className={buttonLook()}>
              {t('bring')}
            </Link>
          )}
        </span>
      }
    >
      {t('empty')}
    </EmptyState>
  )
}
