import { Outlet, useParams } from '@tanstack/react-router'
import { Panes } from '../../ui/panes.tsx'
import { ConversationList } from './conversation-list.tsx'

/** The inbox room: conversations, and beside them the one that is open. */
export function InboxScreen() {
  const { conversationId } = useParams({ strict: false })
  return (
    <Panes open={conversationId !== undefined}>
      <ConversationList />
      <Outlet />
    </Panes>
  )
}
