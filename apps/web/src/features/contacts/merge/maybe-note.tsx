import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import type { Contact } from '../queries.ts'
import { mayMerge } from './may-merge.ts'
import { duplicatesOfQuery } from './queries.ts'
import { reasonWord } from './reason-words.ts'
import { duplicatesWords } from './words.ts'

const linkLook = 'text-link underline underline-offset-2'

/** Says on a card who may be the same person, why, and leads to the comparison. Shared numbers of different people are no news. */
export function MaybeNote({ contact }: { readonly contact: Contact }) {
  const t = useWords(duplicatesWords)
  const { list } = useFormats()
  const { slug: workspace, role } = useWorkspace()
  const pairs = useQuery(duplicatesOfQuery(contact.id)).data?.items.filter(({ likeness }) => likeness === 'same') ?? []
  const [first] = pairs
  const other = first?.contacts.find(({ id }) => id !== contact.id)
  if (!first || !other) return null
  const name = (
    <Link key="name" to="/w/$workspace/contacts/$contactId" params={{ workspace, contactId: other.id }} search={{}} className={linkLook}>
      <bdi>{other.name}</bdi>
    </Link>
  )
  return (
    <Note icon="users">
      <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span>
          {pairs.length === 1
            ? t.parts('maybe', { name, reasons: list(first.reasons.map((reason) => reasonWord(t, reason))) })
            : t.parts('maybeMore', { name, count: pairs.length - 1 })}
        </span>
        {mayMerge.includes(role) && (
          <Link
            to="/w/$workspace/contacts/duplicates/$survivorId/$mergedId"
            params={{ workspace, survivorId: contact.id, mergedId: other.id }}
            search={{}}
            className={linkLook}
          >
            {t('compare')}
          </Link>
        )}
      </span>
    </Note>
  )
}
