import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useId, useState } from 'react'
import { ApiProblem, call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { minorUnits } from '../../lib/money.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { ContactPicker } from '../calendar/contact-picker.tsx'
import { type Lead, leadQuery } from './queries.ts'
import { sourceOptions } from './source-options.ts'
import { leadsWords } from './words.ts'

const NewContactSheet = lazy(() => import('../contacts/new-contact-sheet.tsx').then((file) => ({ default: file.NewContactSheet })))

export type NewLeadDialogProps = {
  /** Left out: the pipeline that new leads go to. */
  readonly pipelineId?: string
  /** Already chosen, where one comes from her card. */
  readonly contact?: { readonly id: string; readonly name: string }
  readonly onClose: () => void
  /** Opens the new one, or one that is there already. */
  readonly onOpen: (leadId: string) => void
}

/** Adds a lead for somebody who is known, or for somebody new. */
export function NewLeadDialog({ pipelineId, contact, onClose, onOpen }: NewLeadDialogProps) {
  const t = useWords(leadsWords)
  const { currency } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const [chosen, setChosen] = useState(contact ?? { id: '', name: '' })
  const [newName, setNewName] = useState<string>()
  const [other, setOther] = useState<string>()
  const form = useForm({
    start: { contact: chosen.id, title: '', value: '', source: 'other' as Lead['source'], nextStep: '' },
    check: ({ value }) => ({
      contact: chosen.id === '' ? t('contactMissing') : undefined,
      value: value.trim() !== '' && minorUnits(value, currency) === undefined ? t('valueWrong') : undefined,
    }),
    send: async (values, key) => {
      setOther(undefined)
      try {
        const minor = values.value.trim() === '' ? undefined : minorUnits(values.value, currency)
        const lead = await call('POST /leads', {
          body: {
            contactId: chosen.id as Lead['contact']['id'],
            source: values.source,
            ...(pipelineId === undefined ? {} : { pipelineId }),
            ...(values.title.trim() ? { title: values.title.trim() } : {}),
            ...(minor === undefined ? {} : { value: { minor, currency } }),
            ...(values.nextStep.trim() ? { nextStep: { text: values.nextStep.trim() } } : {}),
          },
          idempotencyKey: key,
        })
        queries.setQueryData(leadQuery(lead.id).queryKey, lead)
        void queries.invalidateQueries({ queryKey: ['leads'] })
        notices.show({ tone: 'ok', text: t('added', { name: lead.contact.name }) })
        onOpen(lead.id)
      } catch (error) {
        if (error instanceof ApiProblem && typeof error.details.leadId === 'string') setOther(error.details.leadId)
        throw error
      }
    },
  })
  if (newName !== undefined) {
    return (
      <Suspense>
        <NewContactSheet
          name={newName}
          onClose={() => setNewName(undefined)}
          onAdded={(added) => {
            setChosen({ id: added.id, name: added.name })
            setNewName(undefined)
          }}
          onOpen={(contactId) => {
            setChosen({ id: contactId, name: newName })
            setNewName(undefined)
          }}
        />
      </Suspense>
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('addTitle')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('saveNew')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('addTitle')}>
        {contact ? (
          <p className="text-sm">
            <span className="text-ink-3">{t('contact')}</span> <bdi className="font-medium">{contact.name}</bdi>
          </p>
        ) : (
          <ContactPicker
            value={chosen.id}
            chosenName={chosen.name}
            onChange={(found) => {
              setChosen(found)
              form.set({ contact: found.id })
            }}
            onNew={setNewName}
            error={form.faults.contact}
          />
        )}
        <TextField label={t('titleLabel')} hint={t('titleHint')} optional maxLength={120} {...form.field('title')} />
        <MoneyField label={t('value')} optional currency={currency} {...form.field('value')} />
        <Select label={t('source')} options={sourceOptions(t)} {...form.field('source')} />
        <TextField label={t('nextStep')} hint={t('nextStepHint')} optional maxLength={200} {...form.field('nextStep')} />
        <FormProblem>
          {other !== undefined && (
            <span className="block pt-2">
              <Button size="sm" onClick={() => onOpen(other)}>
                {t('openOther')}
              </Button>
            </span>
          )}
        </FormProblem>
      </Form>
    </Dialog>
  )
}
