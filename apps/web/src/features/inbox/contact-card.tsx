import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { MayContact } from '../contacts/may-contact.tsx'
import { NextVisit } from '../contacts/next-visit.tsx'
import { contactQuery } from '../contacts/queries.ts'

/** Whom one writes with: how to reach her, when she comes next, whether she may be contacted. */
export function ContactCard({ contactId }: { readonly contactId: string }) {
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const contact = useQuery(contactQuery(contactId)).data
  if (!contact) {
    return (
      <div className="p-4">
        <TextSkeleton lines={5} />
      </div>
    )
  }
  return (
    <>
      <div className="border-b border-line p-4">
        <Link
          to="/w/$workspace/contacts/$contactId"
          params={{ workspace, contactId }}
          className="-m-2 flex items-center gap-3 rounded-md p-2 no-underline hover:bg-hover"
        >
          <Avatar name={contact.name} id={contact.id} />
          <span className="grid min-w-0 text-sm">
            <bdi className="font-medium wrap-anywhere">{contact.name}</bdi>
            {contact.points.map((point) => (
              <bdi key={point.id} dir="ltr" className="truncate text-start text-ink-2">
                {point.shown}
              </bdi>
            ))}
          </span>
        </Link>
      </div>
      <NextVisit
        contact={contact}
        onBook={() => void navigate({ to: '/w/$workspace/calendar', params: { workspace }, search: { book: 'new', contact: contactId } })}
      />
      <MayContact contact={contact} />
    </>
  )
}
