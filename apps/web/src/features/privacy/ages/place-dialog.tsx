import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../../lib/api.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Combobox } from '../../../ui/combobox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { knownCountries } from '../../accounts/region.ts'
import type { RightsDialogProps } from '../erasure/export-dialog.tsx'
import { flagsQuery } from './queries.ts'
import { useApartNotice } from './use-apart-notice.ts'
import { agesWords } from './words.ts'

/** Takes down where somebody lives, as far as it matters: whether the business serves that country. Says before what follows. */
export function PlaceDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(agesWords)
  const explain = useExplain()
  const asked = useQuery({ ...flagsQuery(contactId), retry: false })
  if (asked.data?.served) return <PlaceForm contactId={contactId} name={name} onClose={onClose} served={asked.data.served} />
  return (
    <Dialog open onOpenChange={onClose} title={t('placeTitle', { name })} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      {asked.data ? (
        <Note>{t('everywhere')}</Note>
      ) : asked.isError ? (
        <Note tone="no" role="alert">
          {explain(asked.error).message}
        </Note>
      ) : (
        <TextSkeleton lines={3} />
      )}
    </Dialog>
  )
}

function PlaceForm({ contactId, name, onClose, served }: RightsDialogProps & { readonly served: readonly string[] }) {
  const t = useWords(agesWords)
  const { tag } = useReader()
  const notices = useNotices()
  const queries = useQueryClient()
  const tellApart = useApartNotice({ contactId, name })
  const id = useId()
  const places = new Intl.DisplayNames([tag], { type: 'region' })
  const nameOf = (code: string) => places.of(code) ?? code
  const form = useForm({
    start: { country: '' },
    check: ({ country }) => ({ country: country === '' ? t('countryMissing') : undefined }),
    send: async ({ country }, key) => {
      const answer = await call('POST /contacts/{contactId}/residence', { params: { contactId }, body: { country }, idempotencyKey: key })
      if (answer.served) {
        void queries.invalidateQueries({ queryKey: flagsQuery(contactId).queryKey })
        notices.show({ tone: 'ok', text: t('isServed', { country: nameOf(country) }) })
      } else await tellApart('place')
      onClose()
    },
  })
  const { country } = form.values
  const elsewhere = country !== '' && !served.includes(country)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('placeTitle', { name })}
      description={t('placeText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant={elsewhere ? 'danger' : 'solid'} type="submit" form={id} busy={form.sending}>
            {t(elsewhere ? 'do/child' : 'do/served')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('placeTitle', { name })}>
        <Combobox
          label={t('country')}
          {...form.field('country')}
          options={[...new Set([...served, ...knownCountries])]
            .map((code) => ({ value: code, label: nameOf(code), note: code, words: [code] }))
            .toSorted((a, b) => a.label.localeCompare(b.label, tag))}
        />
        {country !== '' && (
          <Note tone={elsewhere ? 'wait' : 'neutral'} role="status">
            {t(elsewhere ? 'notServed' : 'served', { country: nameOf(country) })}
          </Note>
        )}
        <FormProblem />
      </Form>
    </Dialog>
  )
}
