import { useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useMergedEdit } from '../../lib/use-merged-edit.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { ConflictNote } from './conflict-note.tsx'
import { ContactFields } from './contact-fields.tsx'
import { type ContactValues, changedContactBody, placeFaults, placeOf, valuesOf } from './contact-form.ts'
import { PointTaken, type TakenPoint, takenPoint } from './point-taken.tsx'
import { type Contact, contactQuery } from './queries.ts'
import { useContactsAddress } from './use-contacts-address.ts'
import { contactsWords, sayFaults } from './words.ts'

/** Edits somebody. When somebody else saved meanwhile, both edits are brought together and shown before anything is saved. */
export function EditContactSheet({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const t = useWords(contactsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { open } = useContactsAddress()
  const id = useId()
  const [taken, setTaken] = useState<TakenPoint>()
  const share = useRef(false)
  const edit = useMergedEdit<ContactValues>({
    start: { values: valuesOf(contact), version: contact.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...contactQuery(contact.id), staleTime: 0 })
      return { values: valuesOf(current), version: current.version }
    },
    save: async (values, fields, version) => {
      const body = { ...changedContactBody(values, fields), ...placeOf(values) }
      const answer = await call('PATCH /contacts/{contactId}', { params: { contactId: contact.id }, body, version })
      queries.setQueryData(contactQuery(contact.id).queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('saved', { name: answer.name }) })
    },
  })
  const form = useForm<ContactValues>({
    start: valuesOf(contact),
    draft: `contact.${contact.id}`,
    check: (values) => ({ name: values.name.trim() === '' ? t('nameMissing') : undefined, ...sayFaults(placeFaults(values), t) }),
    send: async (values) => {
      setTaken(undefined)
      const sent = share.current ? { ...values, points: values.points.map((point) => ({ ...point, shared: true })) } : values
      share.current = false
      try {
        await edit.send(sent, form.set)
        onClose()
      } catch (error) {
        setTaken(takenPoint(error))
        throw error
      }
    },
    beside: { 'privacy/unreadable-place': 'livesAddress' },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch' || slug === 'contacts/point-taken',
  })
  const { merged } = edit
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('editTitle', { name: contact.name })}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t('save')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('editTitle', { name: contact.name })}>
        {form.restored && !merged && (
          <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
            {t('draftBack')}
            <Button size="sm" variant="quiet" onClick={form.reset}>
              {t('startOver')}
            </Button>
          </p>
        )}
        {merged && (
          <ConflictNote
            merged={merged}
            unsaved={edit.isChanged(form.values)}
            onChoose={(change) => form.set(change)}
            values={form.values}
          />
        )}
        <ContactFields form={form} place />
        {taken && (
          <PointTaken
            taken={taken}
            onOpen={(other) => {
              onClose()
              open(other)
            }}
            onShare={() => {
              share.current = true
              void form.submit()
            }}
          />
        )}
        <FormProblem />
      </Form>
    </Sheet>
  )
}
