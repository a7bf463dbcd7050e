import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { ContactFields } from './contact-fields.tsx'
import { type ContactValues, emptyContact, newContactBody, placeFaults } from './contact-form.ts'
import { typedOf, type ValueFault, valueFrom } from './fields/own-value.ts'
import { fieldsQuery, type OwnField } from './fields/queries.ts'
import { ValueInput } from './fields/value-input.tsx'
import { fieldsWords } from './fields/words.ts'
import { PointTaken, type TakenPoint, takenPoint } from './point-taken.tsx'
import { type Contact, contactQuery } from './queries.ts'
import { contactsWords, sayFaults } from './words.ts'

export type NewContactSheetProps = {
  /** What was looked for when nobody was found. */
  readonly name?: string | undefined
  readonly onClose: () => void
  readonly onAdded: (contact: Contact) => void
  /** Somebody who is there already. */
  readonly onOpen: (contactId: string) => void
}

/** Adds somebody. What is typed survives a reload. */
export function NewContactSheet({ name, onClose, onAdded, onOpen }: NewContactSheetProps) {
  const t = useWords(contactsWords)
  const fieldWords = useWords(fieldsWords)
  const needed = useQuery(fieldsQuery).data?.items.filter(({ required, archivedAt }) => required && archivedAt === null) ?? []
  const { id: workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const [taken, setTaken] = useState<TakenPoint>()
  // Pressing "shared" sends at once, before the box is drawn anew.
  const share = useRef(false)
  const form = useForm({
    start: name && !/[\d@]/.test(name) ? { ...emptyContact, name } : emptyContact,
    draft: `contact.new.${workspaceId}`,
    check: (values) => ({
      name: values.name.trim() === '' ? t('nameMissing') : undefined,
      ...sayFaults(placeFaults(values), t),
      ...faultsOf(needed, values, fieldWords),
    }),
    send: async (values, key) => {
      setTaken(undefined)
      const sent = share.current ? { ...values, points: values.points.map((point) => ({ ...point, shared: true })) } : values
      share.current = false
      try {
        const contact = await call('POST /contacts', { body: newContactBody(sent, ownValues(needed, sent)), idempotencyKey: key })
        queries.setQueryData(contactQuery(contact.id).queryKey, contact)
        void queries.invalidateQueries({ queryKey: ['contacts'] })
        notices.show({ tone: 'ok', text: t('added', { name: contact.name }) })
        onAdded(contact)
      } catch (error) {
        setTaken(takenPoint(error))
        throw error
      }
    },
    beside: { 'privacy/unreadable-place': 'livesAddress' },
    onRefusal: ({ slug }) => slug === 'contacts/point-taken',
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('addTitle')}
      footer={
        <Button variant="solid" size="lg" wide type="submit" form={id} busy={form.sending}>
          {t('saveNew')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('addTitle')}>
        {form.restored && (
          <p className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
            {t('draftBack')}
            <Button size="sm" variant="quiet" onClick={form.reset}>
              {t('startOver')}
            </Button>
          </p>
        )}
        <ContactFields form={form} place />
        {needed.map((field) => (
          <ValueInput
            key={field.id}
            field={field}
            value={form.values.own[field.key] ?? typedOf(field, undefined)}
            onChange={(value) => form.set({ own: { ...form.values.own, [field.key]: value } })}
            error={(form.faults as Readonly<Record<string, string | undefined>>)[`fields.${field.key}`]}
          />
        ))}
        <TextArea label={t('firstNote')} hint={t('noteHint')} optional maxLength={20_000} {...form.field('note')} />
        {taken && (
          <PointTaken
            taken={taken}
            onOpen={onOpen}
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

const readOf = (field: OwnField, { own }: ContactValues) => valueFrom(field, own[field.key] ?? typedOf(field, undefined))

/** What is wrong with the own fields that are needed, under the names by which the server calls them. */
const faultsOf = (needed: readonly OwnField[], values: ContactValues, say: (fault: ValueFault | 'valueNeeded') => string) =>
  Object.fromEntries(
    needed.flatMap((field): [string, string][] => {
      const read = readOf(field, values)
      if ('fault' in read) return [[`fields.${field.key}`, say(read.fault)]]
      return read.value === null ? [[`fields.${field.key}`, say('valueNeeded')]] : []
    }),
  )

const ownValues = (needed: readonly OwnField[], values: ContactValues) =>
  Object.fromEntries(
    needed.flatMap((field) => {
      const read = readOf(field, values)
      return 'value' in read ? [[field.key, read.value]] : []
    }),
  )
