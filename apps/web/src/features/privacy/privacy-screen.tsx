import { Outlet, useLocation } from '@tanstack/react-router'
import { shellWords } from '../../app/words.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListPane, Panes } from '../../ui/panes.tsx'
import { PageList } from './page-list.tsx'
import { isFor, privacyPages, seesPrivacy } from './pages.ts'
import { PrivacyPane } from './privacy-pane.tsx'
import { roomWords } from './words.ts'

/** The privacy room: the list of its pages, and beside it what needs somebody today or the page that is open. On the phone the list stands below the first. */
export function PrivacyScreen() {
  const t = useWords(roomWords)
  const shell = useWords(shellWords)
  const { role } = useWorkspace()
  const name = useLocation({ select: ({ pathname }) => pathname.split('/')[4] })
  const open = privacyPages.find(({ key }) => key === name)
  const allowed = seesPrivacy(role) && (!open || isFor(open, role))
  return (
    <Panes open>
      {seesPrivacy(role) && (
        <ListPane label={shell('room/privacy')} header={<PageHeader title={shell('room/privacy')} level="h2" />}>
          <PageList />
        </ListPane>
      )}
      {allowed ? (
        <Outlet />
      ) : (
        <PrivacyPane title={open ? t(`page/${open.key}`) : shell('room/privacy')}>
          <div className="p-4">
            <Note tone="neutral">{t('notForRole')}</Note>
          </div>
        </PrivacyPane>
      )}
    </Panes>
  )
}
