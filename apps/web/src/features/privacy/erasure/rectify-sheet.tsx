import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { ConflictNote } from '../../contacts/conflict-note.tsx'
import { ContactFields } from '../../contacts/contact-fields.tsx'
import { type ContactValues, changedContactBody, valuesOf } from '../../contacts/contact-form.ts'
import { type Contact, contactQuery } from '../../contacts/queries.ts'
import { contactsWords } from '../../contacts/words.ts'
import { rightsWords } from './words.ts'

/** Corrects her data because she asked for it. Says what was wrong, in words; what stood there before is not kept. */
export function RectifySheet({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const t = useWords(rightsWords)
  const contacts = useWords(contactsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const start = { ...valuesOf(contact), note: '' }
  const edit = useMergedEdit<ContactValues>({
    start: { values: start, version: contact.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...contactQuery(contact.id), staleTime: 0 })
      return { values: valuesOf(current), version: current.version }
    },
    save: async (values, fields, version) => {
      await call('POST /contacts/{contactId}/rectification', {
        params: { contactId: contact.id },
        body: { changes: changedContactBody(values, fields), whatWasWrong: values.note.trim() },
        version,
      })
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('rectified') })
    },
  })
  const form = useForm<ContactValues>({
    start,
    check: (values) => ({
      name:
        values.name.trim() === '' ? contacts('nameMissing') : edit.isChanged({ ...values, note: '' }) ? undefined : t('nothingCorrected'),
      note: values.note.trim() === '' ? t('whatWasWrongMissing') : undefined,
    }),
    send: async (values) => {
      await edit.send(values, form.set)
      onClose()
    },
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const { merged } = edit
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('rectifyTitle', { name: contact.name })}
      description={t('rectifyText')}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t('doRectify')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('rectifyTitle', { name: contact.name })}>
        {merged && (
          <ConflictNote
            merged={merged}
            unsaved={edit.isChanged(form.values)}
            onChoose={(change) => form.set(change)}
            values={form.values}
          />
        )}
        <TextField label={t('whatWasWrong')} hint={t('whatWasWrongHint')} maxLength={500} autoFocus {...form.field('note')} />
        <ContactFields form={form} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
