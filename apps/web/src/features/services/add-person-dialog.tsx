import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { staffQuery } from '../calendar/queries.ts'
import { membersQuery } from '../contacts/queries.ts'
import { personQuery, type Staff } from './queries.ts'
import { servicesWords } from './words.ts'

export type AddPersonDialogProps = { readonly onClose: () => void; readonly onAdded: (person: Staff) => void }

/** Adds somebody who can be booked; a member of the team, or anybody else. */
export function AddPersonDialog({ onClose, onAdded }: AddPersonDialogProps) {
  const t = useWords(servicesWords)
  const { id: workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const people = useQuery(staffQuery).data ?? []
  const members = (useQuery(membersQuery).data?.items ?? []).filter((member) => !people.some((person) => person.memberId === member.id))
  const form = useForm({
    start: { name: '', memberId: '' },
    draft: `person.new.${workspaceId}`,
    check: ({ name }) => ({ name: name.trim() === '' ? t('nameNeeded') : undefined }),
    send: async ({ name, memberId }, key) => {
      const person = await call('POST /staff', { body: { name: name.trim(), ...(memberId ? { memberId } : {}) }, idempotencyKey: key })
      queries.setQueryData(personQuery(person.id).queryKey, person)
      await queries.invalidateQueries({ queryKey: ['scheduling'] })
      notices.show({ tone: 'ok', text: t('personAdded', { name: person.name }) })
      onAdded(person)
    },
  })
  const { values, set, field } = form
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addPersonTitle')}
      description={t('addPersonText')}
      footer={
        <Button variant="solid" type="submit" form={id} busy={form.sending}>
          {t('doAdd')}
        </Button>
      }
    >
      <Form form={form} id={id} label={t('addPersonTitle')}>
        {members.length > 0 && (
          <Select
            label={t('member')}
            value={values.memberId}
            onChange={(memberId) => {
              const member = members.find((one) => one.id === memberId)
              set({ memberId, ...(member && values.name.trim() === '' ? { name: member.name } : {}) })
            }}
            options={[
              { value: '', label: t('noMember') },
              ...members.map((member) => ({ value: member.id as string, label: member.name })),
            ]}
          />
        )}
        <TextField label={t('personName')} hint={t('personNameHint')} maxLength={80} autoComplete="off" {...field('name')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
