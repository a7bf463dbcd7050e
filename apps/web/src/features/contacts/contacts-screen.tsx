import { Link } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Page } from '../../ui/panes.tsx'
import { contactsWords } from './words.ts'

/** The contacts room. */
export function ContactsScreen() {
  const t = useWords(contactsWords)
  const shell = useWords(shellWords)
  const { slug } = useWorkspace()
  return (
    <Page header={<PageHeader title={shell('room/contacts')} />}>
      <EmptyState
        icon="users"
        action={
          <Link to="/w/$workspace/welcome" params={{ workspace: slug }} className={buttonLook({ variant: 'solid' })}>
            {t('share')}
          </Link>
        }
      >
        {t('empty')}
      </EmptyState>
    </Page>
  )
}
