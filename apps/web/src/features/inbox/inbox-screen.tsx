import { Link } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Page } from '../../ui/panes.tsx'
import { inboxWords } from './words.ts'

/** The inbox room. */
export function InboxScreen() {
  const t = useWords(inboxWords)
  const shell = useWords(shellWords)
  const { slug } = useWorkspace()
  return (
    <Page header={<PageHeader title={shell('room/inbox')} />}>
      <EmptyState
        icon="inbox"
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
