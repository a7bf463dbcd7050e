import type { RequestFor, RequestKind, RequestRegion } from '@frontdesk/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { dayOf, momentOf } from '../consents/consent-day.ts'
import { askers, homes, kinds, ways } from './choices.ts'
import { ContactField } from './contact-field.tsx'
import { requestWords } from './words.ts'

/** Takes in what somebody asked for on the telephone, by letter, by mail, at the counter, or through an agent. */
export function RecordRequestSheet({ contactId, onClose }: { readonly contactId?: string; readonly onClose: () => void }) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const navigate = useNavigate()
  const { slug, zone, role } = useWorkspace()
  const id = useId()
  const today = dayOf(Date.now(), zone)
  const form = useForm({
    draft: 'record-request',
    start: {
      kind: 'access' as RequestKind,
      way: 'phone' as (typeof ways)[number],
      forWhom: 'self' as RequestFor,
      contactId: contactId ?? '',
      name: '',
      email: '',
      agentName: '',
      agentEmail: '',
      agentAuthority: '',
      region: '' as '' | RequestRegion,
      day: today,
      details: '',
    },
    check: (values) => ({
      contactId: values.contactId === '' && isBlank(values.name) && isBlank(values.email) ? t('recordSomebody') : undefined,
      agentName: values.forWhom === 'agent' && isBlank(values.agentName) ? shared('needed') : undefined,
      day: values.day === '' ? shared('needed') : undefined,
    }),
    send: async (values, key) => {
      const or = (text: string) => text.trim() || undefined
      const agent = values.forWhom === 'agent'
      const taken = await call('POST /requests', {
        body: {
          kind: values.kind,
          receivedBy: values.way,
          forWhom: values.forWhom,
          contactId: or(values.contactId),
          requesterName: or(values.name),
          requesterEmail: or(values.email),
          details: or(values.details),
          ...(agent
            ? { agentName: or(values.agentName), agentEmail: or(values.agentEmail), agentAuthority: or(values.agentAuthority) }
            : {}),
          ...(values.region === '' ? {} : { region: values.region }),
          ...(values.day === today ? {} : { receivedAt: momentOf(values.day, zone) }),
        },
        idempotencyKey: key,
      })
      void queries.invalidateQueries({ queryKey: ['requests'] })
      notices.show({ tone: 'ok', text: t('recorded', { number: taken.number }) })
      onClose()
      if (role === 'owner' || role === 'privacy_officer' || (role === 'admin' && taken.kind !== 'complaint'))
        void navigate({ to: '/w/$workspace/privacy/requests/$requestId', params: { workspace: slug, requestId: taken.id } })
    },
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('recordTitle')}
      description={t('recordIntro')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('record')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('recordTitle')}>
        <Select label={t('asked')} options={kinds.map((value) => ({ value, label: t(`kind/${value}`) }))} {...form.field('kind')} />
        <Select label={t('way')} options={ways.map((value) => ({ value, label: t(`way/${value}`) }))} {...form.field('way')} />
        <DateField label={t('recordDay')} {...form.field('day')} />
        <Select label={t('for')} options={askers.map((value) => ({ value, label: t(`for/${value}`) }))} {...form.field('forWhom')} />
        {form.values.forWhom === 'agent' && (
          <>
            <TextField label={t('agentName')} maxLength={200} {...form.field('agentName')} />
            <TextField label={t('agentEmail')} type="email" optional {...form.field('agentEmail')} />
            <TextArea label={t('agentAuthority')} optional rows={2} maxLength={2000} {...form.field('agentAuthority')} />
          </>
        )}
        <ContactField label={t('recordWhose')} optional {...form.field('contactId')} />
        <TextField label={t('requester')} optional maxLength={200} autoComplete="off" {...form.field('name')} />
        <TextField label={t('address')} optional type="email" autoComplete="off" {...form.field('email')} />
        <Select
          label={t('region')}
          options={[{ value: '' as const, label: t('regionHome') }, ...homes.map((value) => ({ value, label: t(`region/${value}`) }))]}
          {...form.field('region')}
        />
        <TextArea label={t('recordDetails')} optional rows={4} maxLength={10_000} {...form.field('details')} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
