import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane, SidePane } from '../../ui/panes.tsx'
import { readInboxSearch } from './address.ts'
import { ContactCard } from './contact-card.tsx'
import { type Conversation, conversationQuery } from './queries.ts'
import { ReplyBox } from './reply-box.tsx'
import { StatusActions } from './status-actions.tsx'
import { Thread } from './thread.tsx'
import { inboxWords } from './words.ts'

const route = getRouteApi('/w/$workspace/inbox/$conversationId')

/** One conversation: what was written, the answer, and who it is with. */
export function ThreadScreen() {
  const t = useWords(inboxWords)
  const { slug: workspace } = useWorkspace()
  const { conversationId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(conversationQuery(conversationId))}
      title={t('conversations')}
      back={t('back')}
      onBack={() =>
        void navigate({
          to: '/w/$workspace/inbox',
          params: { workspace },
          search: (before) => readInboxSearch({ ...before, reply: undefined }),
        })
      }
      failed={(reason) => t('threadFailed', { reason })}
      again={t('again')}
    >
      {(conversation, back) => <OpenThread key={conversation.id} conversation={conversation} back={back} />}
    </DetailScreen>
  )
}

function OpenThread({ conversation, back }: { readonly conversation: Conversation; readonly back: React.ReactNode }) {
  const t = useWords(inboxWords)
  const { slug: workspace } = useWorkspace()
  const { reply } = readInboxSearch(route.useSearch())
  return (
    <>
      <DetailPane
        header={
          <PageHeader
            title={conversation.subject || t('noSubject')}
            tab={`${conversation.subject || t('noSubject')}, ${conversation.contactName}`}
            back={back}
            actions={<StatusActions conversation={conversation} />}
          >
            <p className="flex items-center gap-2 px-4 pb-2 text-sm text-ink-2 phone:ps-14">
              <Link
                to="/w/$workspace/contacts/$contactId"
                params={{ workspace, contactId: conversation.contactId }}
                className="min-w-0 truncate text-link underline underline-offset-2"
              >
                <bdi>{conversation.contactName}</bdi>
              </Link>
            </p>
          </PageHeader>
        }
        className="flex flex-col"
      >
        <Thread conversation={conversation} />
        <ReplyBox conversation={conversation} focus={reply ?? false} />
      </DetailPane>
      <SidePane label={conversation.contactName}>
        <ContactCard contactId={conversation.contactId} />
      </SidePane>
    </>
  )
}
