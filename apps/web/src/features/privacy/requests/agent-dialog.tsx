import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { settingsWords } from '../../settings/words.ts'
import { type Agent, agentsQuery } from './queries.ts'
import { requestWords } from './words.ts'

const ID = /^[A-Za-z0-9_.-]{1,100}$/
const KEY = /^[A-Za-z0-9+/]{43}=$/

type Props = { readonly agent: Agent | undefined; readonly businessId: string; readonly onClose: () => void }

/** Registers an agent with its key, or changes one. */
export function AgentDialog({ agent, businessId, onClose }: Props) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: {
      name: agent?.name ?? '',
      agentId: agent?.agentId ?? '',
      verifyKey: agent?.verifyKey ?? '',
      contactEmail: agent?.contactEmail ?? '',
      businessId: agent?.businessId ?? businessId,
    },
    check: (values) => ({
      name: isBlank(values.name) ? shared('needed') : undefined,
      agentId: ID.test(values.agentId.trim()) ? undefined : t('agentIdWrong'),
      verifyKey: KEY.test(values.verifyKey.trim()) ? undefined : t('verifyKeyWrong'),
      businessId: ID.test(values.businessId.trim()) ? undefined : t('agentIdWrong'),
    }),
    send: async (values, key) => {
      const body = {
        name: values.name.trim(),
        agentId: values.agentId.trim(),
        verifyKey: values.verifyKey.trim(),
        contactEmail: values.contactEmail.trim() || null,
        businessId: values.businessId.trim(),
      }
      if (agent)
        await call('PUT /rights-agents/{rightsAgentId}', {
          params: { rightsAgentId: agent.id },
          body,
          version: agent.version,
          idempotencyKey: key,
        })
      else await call('POST /rights-agents', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: agentsQuery.queryKey })
      notices.show({ tone: 'ok', text: shared('saved') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('agentTitle')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('agentTitle')}>
        <TextField label={t('agentName')} maxLength={200} autoFocus {...form.field('name')} />
        <TextField label={t('agentId')} hint={t('agentIdHint')} maxLength={100} {...form.field('agentId')} />
        <TextField label={t('verifyKey')} hint={t('verifyKeyHint')} maxLength={60} {...form.field('verifyKey')} />
        <TextField label={t('agentEmail')} optional inputMode="email" maxLength={254} {...form.field('contactEmail')} />
        <TextField label={t('businessId')} hint={t('businessIdHint')} maxLength={100} {...form.field('businessId')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
