import { Outlet, useParams } from '@tanstack/react-router'
import { Panes } from '../../ui/panes.tsx'
import { MailList } from './mail-list.tsx'

/** The outbox room: every mail, and beside it one as it goes out. */
export function OutboxScreen() {
  const { mailId } = useParams({ strict: false })
  return (
    <Panes open={mailId !== undefined}>
      <MailList />
      <Outlet />
    </Panes>
  )
}
