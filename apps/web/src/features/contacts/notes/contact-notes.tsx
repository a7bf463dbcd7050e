import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { PartFailed } from '../part-failed.tsx'
import { type Contact, membersQuery, type Note, notesQuery } from '../queries.ts'
import { contactsWords } from '../words.ts'
import { mentionedIn } from './mention.rules.ts'
import { NoteCard } from './note-card.tsx'
import { NoteFields, tellable } from './note-fields.tsx'

/** What the team wants to remember, newest first. A note that is being written survives a reload. */
export function ContactNotes({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const asked = useInfiniteQuery(notesQuery(contact.id))
  const members = useQuery(membersQuery).data?.items ?? []
  const { memberId } = useWorkspace()
  const people = (audience: Note['audience']) => tellable(members, contact, audience, memberId)
  const form = useForm({
    start: { body: '', audience: 'everybody' as Note['audience'] },
    draft: `note.${contact.id}`,
    check: ({ body }) => ({ body: body.trim() === '' ? t('notePlace', { name: contact.name }) : undefined }),
    beside: { 'contacts/member-cannot-see': 'body' },
    send: async ({ body, audience }, key) => {
      await call('POST /contacts/{contactId}/notes', {
        params: { contactId: contact.id },
        body: { body: body.trim(), audience, mentions: mentionedIn(body, people(audience)).map(({ id }) => id) },
        idempotencyKey: key,
      })
      await queries.invalidateQueries({ queryKey: notesQuery(contact.id).queryKey })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
    },
  })
  const notes = asked.data?.pages.flatMap((page) => page.items).filter((note) => note.removedAt === null)
  return (
    <div className="grid gap-4 pt-4">
      <Form form={form} label={t('noteLabel')}>
        <NoteFields
          label={t('noteLabel')}
          placeholder={t('notePlace', { name: contact.name })}
          body={form.field('body')}
          audience={form.field('audience')}
          audiences={['everybody', 'leads', 'author']}
          people={people(form.values.audience)}
          onSend={() => void form.submit()}
        />
        <FormProblem />
        <span>
          <Button type="submit" icon="plus" busy={form.sending}>
            {t('saveNote')}
          </Button>
        </span>
      </Form>
      {asked.isError && !notes && <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />}
      {asked.isPending && <TextSkeleton lines={3} />}
      {notes?.length === 0 && <p className="text-sm text-ink-3">{t('notesEmpty')}</p>}
      <ul className="grid gap-3">
        {notes?.map((note) => (
          <li key={note.id}>
            <NoteCard
              note={note}
              contact={contact}
              members={members}
              author={members.find(({ id }) => id === note.authorMemberId)?.name ?? t('actor/somebody')}
            />
          </li>
        ))}
      </ul>
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </div>
  )
}
