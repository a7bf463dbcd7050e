import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { grantListQuery } from './queries.ts'

/** A grant with its code, which is shown once. */
export type Given = Awaited<ReturnType<typeof call<'POST /operator-grants'>>>

type GrantValues = { readonly reason: string; readonly access: 'read' | 'change'; readonly hours: '1' | '4' | '24' | '72' }

/** Lets the operator look inside for a while. */
export function GrantDialog({ onClose, onGiven }: { readonly onClose: () => void; readonly onGiven: (given: Given) => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  const id = useId()
  const form = useForm<GrantValues>({
    start: { reason: '', access: 'read', hours: '4' },
    draft: 'operator-grant',
    check: ({ reason }) => ({ reason: isBlank(reason) ? shared('needed') : undefined }),
    send: async ({ reason, access, hours }, key) => {
      const body = { reason: reason.trim(), access, hours: Number(hours) }
      const given = await confirmed(() => call('POST /operator-grants', { body, idempotencyKey: key }))
      void queries.invalidateQueries({ queryKey: grantListQuery.queryKey })
      onGiven(given)
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('grant')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('grantDo')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('grant')}>
        <TextField label={t('grantReason')} hint={t('grantReasonHint')} maxLength={300} autoFocus {...form.field('reason')} />
        <RadioGroup
          label={t('grantAccess')}
          look="boxes"
          {...form.field('access')}
          choices={[
            { value: 'read', label: t('access/read'), note: t('access/readNote') },
            { value: 'change', label: t('access/change'), note: t('access/changeNote') },
          ]}
        />
        <Select
          label={t('grantHours')}
          {...form.field('hours')}
          options={(['1', '4', '24', '72'] as const).map((hours) => ({ value: hours, label: t('hours', { count: Number(hours) }) }))}
        />
        <FormProblem />
      </Form>
      {dialog}
    </Dialog>
  )
}

/** The code for the operator, shown once. */
export function GivenDialog({ given, onClose }: { readonly given: Given; readonly onClose: () => void }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const formats = useFormats()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('grantMade')}
      description={t('grantMadeText', { date: formats.dateTime(given.grant.expiresAt) })}
      size="md"
      footer={
        <Button variant="solid" onClick={onClose}>
          {shared('done')}
        </Button>
      }
    >
      <div className="grid gap-3">
        <CopyField label={t('grantCode')} value={given.code} />
        <p className="text-xs text-ink-3">{shared('shownOnce')}</p>
      </div>
    </Dialog>
  )
}
