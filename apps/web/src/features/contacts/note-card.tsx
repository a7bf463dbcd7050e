import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Ago } from '../../ui/ago.tsx'
import { Note as Sentence } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Note, notesQuery } from './queries.ts'
import { contactsWords } from './words.ts'

/** One note, to read, edit, and take away. */
export function NoteCard({ note, author }: { readonly note: Note; readonly author: string }) {
  const t = useWords(contactsWords)
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
  if (editing) return <NoteEditor note={note} onDone={() => setEditing(false)} />
  return (
    <article className="grid gap-1 rounded-lg border border-line bg-raised px-4 py-3">
      <p dir="auto" className="text-sm whitespace-pre-wrap wrap-anywhere">
        {note.body}
      </p>
      <footer className="-mb-1 flex items-center gap-1 text-xs text-ink-3">
        <span className="min-w-0 flex-1">
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
function NoteEditor({ note, onDone }: { readonly note: Note; readonly onDone: () => void }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const [theirs, setTheirs] = useState<Note>()
  const [version, setVersion] = useState(note.version)
  const form = useForm({
    start: { body: note.body },
    draft: `note.edit.${note.id}`,
    send: async ({ body }) => {
      try {
        await call('PATCH /contacts/{contactId}/notes/{noteId}', {
          params: { contactId: note.contactId, noteId: note.id },
          body: { body: body.trim() },
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
        <TextArea quiet label={t('editNote')} autoFocus maxLength={20_000} {...form.field('body')} />
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
