import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note as Sentence } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type Contact, type Member, type Note, notesQuery } from '../queries.ts'
import { contactsWords } from '../words.ts'
import { mentionedIn, piecesOf } from './mention.rules.ts'
import { leadRoles, NoteFields, tellable } from './note-fields.tsx'
import { notesWords } from './words.ts'

export type NoteCardProps = {
  readonly note: Note
  readonly author: string
  readonly contact: Contact
  readonly members: readonly Member[]
}

/** One note, to read, edit, and take away. */
export function NoteCard({ note, author, contact, members }: NoteCardProps) {
  const t = useWords(contactsWords)
  const seen = useWords(notesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [editing, setEditing] = useState(false)
  const params = { contactId: note.contactId, noteId: note.id }
  const refresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const remove = async () => {
    try {
      await call('DELETE /contacts/{contactId}/notes/{noteId}', { params })
      await refresh()
      notices.show({
        text: t('noteRemoved'),
        undo: async () => {
          await call('POST /contacts/{contactId}/notes/{noteId}/restore', { params })
          await refresh()
        },
      })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  if (editing) return <NoteEditor note={note} contact={contact} members={members} onDone={() => setEditing(false)} />
  const mentioned = members.filter(({ id }) => note.mentions.includes(id))
  return (
    <article className="grid gap-1 rounded-lg border border-line bg-raised px-4 py-3">
      <p dir="auto" className="text-sm whitespace-pre-wrap wrap-anywhere">
        {piecesOf(note.body, mentioned).map((piece) =>
          typeof piece === 'string' ? (
            piece
          ) : (
            <b key={piece.start} className="font-medium text-accent-ink">
              @{piece.person.name}
            </b>
          ),
        )}
      </p>
      <footer className="-mb-1 flex items-center gap-1 text-xs text-ink-3">
        <span className="min-w-0 flex-1">
          {note.audience !== 'everybody' && (
            <>
              <Badge icon="lock">{seen(`seen/${note.audience}`)}</Badge>{' '}
            </>
          )}
          <bdi>{author}</bdi> · <Ago at={note.createdAt} />
          {note.updatedAt !== note.createdAt && <> · {t.parts('noteChanged', { when: <Ago key="when" at={note.updatedAt} /> })}</>}
        </span>
        <IconButton name={t('editNote')} icon="edit" size="sm" onClick={() => setEditing(true)} />
        <IconButton name={t('removeNote')} icon="trash" size="sm" onClick={() => void remove()} />
      </footer>
    </article>
  )
}

/** Edits a note. When somebody else changed it meanwhile both are shown, and a person decides. */
function NoteEditor({ note, contact, members, onDone }: Omit<NoteCardProps, 'author'> & { readonly onDone: () => void }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const { memberId, role } = useWorkspace()
  const own = note.authorMemberId === memberId
  const people = (audience: Note['audience']) => tellable(members, contact, audience, note.authorMemberId)
  const audiences: readonly Note['audience'][] = own
    ? ['everybody', 'leads', 'author']
    : leadRoles.includes(role)
      ? ['everybody', 'leads']
      : [note.audience]
  const [theirs, setTheirs] = useState<Note>()
  const [version, setVersion] = useState(note.version)
  const form = useForm({
    start: { body: note.body, audience: note.audience },
    draft: `note.edit.${note.id}`,
    beside: { 'contacts/member-cannot-see': 'body' },
    send: async ({ body, audience }) => {
      try {
        await call('PATCH /contacts/{contactId}/notes/{noteId}', {
          params: { contactId: note.contactId, noteId: note.id },
          body: {
            body: body.trim(),
            ...(audience === note.audience ? {} : { audience }),
            mentions: mentionedIn(body, people(audience)).map(({ id }) => id),
          },
          version,
        })
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.slug !== 'http/version-mismatch') throw error
        const { pages } = await queries.fetchInfiniteQuery({ ...notesQuery(note.contactId), staleTime: 0 })
        const current = pages.flatMap((page) => page.items).find(({ id }) => id === note.id)
        if (!current) throw error
        setTheirs(current)
        setVersion(current.version)
        throw error
      }
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      onDone()
    },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const cancel = () => {
    form.reset()
    onDone()
  }
  return (
    <div className="rounded-lg border border-line-strong p-3">
      <Form form={form} label={t('editNote')}>
        <NoteFields
          label={t('editNote')}
          quiet
          autoFocus
          body={form.field('body')}
          audience={form.field('audience')}
          audiences={audiences}
          people={people(form.values.audience)}
          onSend={() => void form.submit()}
        />
        {theirs && (
          <Sentence tone="wait" role="alert">
            <p>{t('noteConflict')}</p>
            <blockquote dir="auto" className="mt-1 border-s-2 border-wait-line ps-2 whitespace-pre-wrap">
              {theirs.body}
            </blockquote>
          </Sentence>
        )}
        <FormProblem />
        <div className="flex flex-wrap gap-2">
          <Button variant="solid" type="submit" busy={form.sending}>
            {theirs ? t('noteKeep') : t('save')}
          </Button>
          {theirs && <Button onClick={() => form.set({ body: theirs.body })}>{t('noteTake')}</Button>}
          <Button onClick={cancel}>{t('cancel')}</Button>
        </div>
      </Form>
    </div>
  )
}
