import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { More } from '../../ui/table.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { NoteCard } from './note-card.tsx'
import { PartFailed } from './part-failed.tsx'
import { type Contact, membersQuery, notesQuery } from './queries.ts'
import { contactsWords } from './words.ts'

/** What the team wants to remember, newest first. A note that is being written survives a reload. */
export function ContactNotes({ contact }: { readonly contact: Contact }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const asked = useInfiniteQuery(notesQuery(contact.id))
  const members = useQuery(membersQuery).data?.items ?? []
  const form = useForm({
    start: { body: '' },
    draft: `note.${contact.id}`,
    check: ({ body }) => ({ body: body.trim() === '' ? t('notePlace', { name: contact.name }) : undefined }),
    send: async ({ body }, key) => {
      await call('POST /contacts/{contactId}/notes', {
        params: { contactId: contact.id },
        body: { body: body.trim() },
        idempotencyKey: key,
      })
      await queries.invalidateQueries({ queryKey: ['contacts'] })
    },
  })
  const notes = asked.data?.pages.flatMap((page) => page.items).filter((note) => note.removedAt === null)
  return (
    <div className="grid gap-4 pt-4">
      <Form form={form} label={t('noteLabel')}>
        <TextArea
          label={t('noteLabel')}
          hint={t('noteHint')}
          placeholder={t('notePlace', { name: contact.name })}
          maxLength={20_000}
          {...form.field('body')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
            event.preventDefault()
            void form.submit()
          }}
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
            <NoteCard note={note} author={members.find(({ id }) => id === note.authorMemberId)?.name ?? t('actor/somebody')} />
          </li>
        ))}
      </ul>
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </div>
  )
}
