import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { type RadioChoice, RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank, looksLikeEmail } from '../../accounts/checks.ts'
import type { RightsDialogProps } from '../erasure/export-dialog.tsx'
import { type ContactFlags, flagsQuery, refreshFlags } from './queries.ts'
import { useApartNotice } from './use-apart-notice.ts'
import { agesWords } from './words.ts'

/** What somebody learned of a person's age: no age, only what follows. */
type Learned = 'of_age' | 'under_age' | 'guardian' | 'child'
type AgeValues = { choice: Learned; name: string; email: string }

/** Takes down what was learned of a person's age, and says before what follows from it. */
export function AgeDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(agesWords)
  const explain = useExplain()
  const asked = useQuery({ ...flagsQuery(contactId), retry: false })
  const shared = { contactId, name, onClose }
  if (asked.data && !asked.data.open.some(({ reason }) => reason === 'child')) return <AgeForm {...shared} flags={asked.data} />
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('ageTitle', { name })}
      description={t('ageText')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      {asked.data ? (
        <Note tone="wait">{t('apartAlready', { name })}</Note>
      ) : asked.isError ? (
        <Note tone="no" role="alert">
          {explain(asked.error).message}
        </Note>
      ) : (
        <TextSkeleton lines={5} />
      )}
    </Dialog>
  )
}

function AgeForm({ contactId, name, onClose, flags }: RightsDialogProps & { readonly flags: ContactFlags }) {
  const t = useWords(agesWords)
  const formats = useFormats()
  const notices = useNotices()
  const queries = useQueryClient()
  const tellApart = useApartNotice({ contactId, name })
  const id = useId()
  const params = { contactId }
  const { ageLimit: limit, guardianMayAgree } = flags

  const note = async (underAge: boolean) => {
    const put = (value: boolean) => call('PUT /contacts/{contactId}/under-age', { params, body: { underAge: value } })
    await put(underAge)
    await refreshFlags(queries, contactId, 'child')
    notices.show({
      tone: 'ok',
      text: t(underAge ? 'notedUnderAge' : 'notedOfAge', { name }),
      undo: async () => {
        await put(!underAge)
        await refreshFlags(queries, contactId, 'child')
      },
    })
  }
  const askGuardian = async (values: AgeValues, key: string) => {
    const body = { name: values.name.trim(), email: values.email.trim() }
    await call('POST /contacts/{contactId}/guardian', { params, body, idempotencyKey: key })
    const flag = await refreshFlags(queries, contactId, 'child')
    notices.show({ tone: 'ok', text: t('asked', { name, when: formats.dateTime(flag?.dueAt ?? '') }) })
  }
  const form = useForm<AgeValues>({
    start: { choice: flags.underAge ? 'of_age' : 'under_age', name: '', email: '' },
    check: (values) =>
      values.choice === 'guardian'
        ? {
            name: isBlank(values.name) ? t('nameMissing') : undefined,
            email: looksLikeEmail(values.email) ? undefined : t('emailWrong'),
          }
        : {},
    beside: { 'privacy/guardian-is-child': 'email' },
    send: async (values, key) => {
      if (values.choice === 'guardian') await askGuardian(values, key)
      else if (values.choice === 'child') {
        await call('POST /contacts/{contactId}/child-report', { params, idempotencyKey: key })
        await tellApart('child')
      } else await note(values.choice === 'under_age')
      onClose()
    },
  })
  const { choice } = form.values
  const choices: readonly (RadioChoice<Learned> & { readonly offered: boolean })[] = [
    { value: 'of_age', label: t('isOfAge', { limit }), note: t('isOfAgeNote'), offered: flags.underAge },
    { value: 'under_age', label: t('isUnderAge', { limit }), note: t('isUnderAgeNote'), offered: !flags.underAge },
    { value: 'guardian', label: t('askGuardian'), note: t('askGuardianNote'), offered: guardianMayAgree },
    { value: 'child', label: t('isChild'), note: t('isChildNote'), offered: true },
  ]
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('ageTitle', { name })}
      description={t('ageText')}
      size="md"
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant={choice === 'child' ? 'danger' : 'solid'} type="submit" form={id} busy={form.sending}>
            {t(`do/${choice}`)}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('ageTitle', { name })}>
        <RadioGroup
          label={t('ageTitle', { name })}
          quiet
          look="boxes"
          {...form.field('choice')}
          choices={choices.filter(({ offered }) => offered).map(({ offered: _, ...one }) => one)}
        />
        {choice === 'guardian' && (
          <>
            <TextField label={t('guardianName')} maxLength={120} autoComplete="off" {...form.field('name')} />
            <TextField label={t('guardianEmail')} type="email" maxLength={254} autoComplete="off" {...form.field('email')} />
          </>
        )}
        {!guardianMayAgree && <p className="text-xs text-ink-3">{t('guardianOff')}</p>}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
