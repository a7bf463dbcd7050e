import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { ContactFields } from '../../contacts/contact-fields.tsx'
import { type ContactValues, changedContactBody, valuesOf } from '../../contacts/contact-form.ts'
import { type Contact, contactQuery } from '../../contacts/queries.ts'
import { settingsWords } from '../../settings/words.ts'
import { type RequestCase, requestQuery } from './queries.ts'
import { requestWords } from './words.ts'

type Props = { readonly found: RequestCase; readonly onClose: () => void }
type Values = ContactValues & { readonly whatWasWrong: string }

const fields = ['name', 'givenName', 'familyName', 'company', 'locale', 'zone', 'points', 'tags'] as const

/** Corrects what somebody said is wrong, in the case that asks for it. */
export function RectifySheet({ found, onClose }: Props) {
  const t = useWords(requestWords)
  const asked = useQuery({ ...contactQuery(found.contactId ?? ''), enabled: found.contactId !== null })
  if (asked.data) return <Correcting found={found} contact={asked.data} onClose={onClose} />
  return (
    <Sheet open onOpenChange={onClose} title={t('act/rectify')}>
      <TextSkeleton lines={6} />
    </Sheet>
  )
}

function Correcting({ found, contact, onClose }: Props & { readonly contact: Contact }) {
  const t = useWords(requestWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const start: Values = { ...valuesOf(contact), whatWasWrong: '' }
  const changedIn = (values: Values) => fields.filter((field) => JSON.stringify(values[field]) !== JSON.stringify(start[field]))
  const form = useForm<Values>({
    start,
    draft: `rectify-${found.id}`,
    check: (values) => ({
      whatWasWrong: isBlank(values.whatWasWrong) ? shared('needed') : undefined,
      name: isBlank(values.name) ? shared('needed') : changedIn(values).length === 0 ? t('nothingChanged') : undefined,
    }),
    send: async (values, key) => {
      const changed = await call('POST /requests/{requestId}/rectification', {
        params: { requestId: found.id },
        body: {
          changes: changedContactBody(values, changedIn(values)),
          whatWasWrong: values.whatWasWrong.trim(),
          contactVersion: contact.version,
        },
        idempotencyKey: key,
      })
      void queries.invalidateQueries({ queryKey: ['registers', 'recipient-notices'] })
      queries.setQueryData(requestQuery(found.id).queryKey, changed)
      void queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('done') })
      onClose()
    },
  })
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('act/rectify')}
      description={t('text/rectify')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('act/rectify')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('act/rectify')}>
        <ContactFields form={form as never} />
        <TextField label={t('whatWasWrong')} hint={t('whatWasWrongHint')} maxLength={500} {...form.field('whatWasWrong')} />
        <FormProblem />
      </Form>
    </Sheet>
  )
}
