import type { ContactId } from '@frontdesk/contract'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Select } from '../../../ui/select.tsx'
import { More } from '../../../ui/table.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { ContactField } from '../requests/contact-field.tsx'
import { roomWords } from '../words.ts'
import { Choices } from './choices.tsx'
import { DisclosureLine } from './disclosure-line.tsx'
import { type Disclosure, disclosuresQuery } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { type Recipient, recipientsQuery } from './queries.ts'
import { RecipientNotices, ToldRecipients } from './recipient-notices.tsx'
import { RegisterList } from './register-list.tsx'
import { registerWords } from './words.ts'

/** Who was given data, when and what for. */
export function DisclosuresPage() {
  const t = useWords(legalWords)
  const room = useWords(roomWords)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useInfiniteQuery(disclosuresQuery)
  const [writing, setWriting] = useState(false)
  return (
    <PrivacyPane title={room('page/disclosures')}>
      <RecipientNotices may={may} />
      <RegisterList
        intro={t('disclosuresIntro')}
        action={
          may && (
            <Button icon="plus" onClick={() => setWriting(true)}>
              {t('writeDown')}
            </Button>
          )
        }
      >
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="share">{t('disclosuresEmpty')}</EmptyState>
            ) : (
              <>
                <ul className="grid divide-y divide-line">
                  {rowsOf(data).map((disclosure) => (
                    <DisclosureLine key={disclosure.id} disclosure={disclosure} />
                  ))}
                </ul>
                <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
              </>
            )
          }
        </Asked>
      </RegisterList>
      <ToldRecipients />
      {writing && <WriteDialog onClose={() => setWriting(false)} />}
    </PrivacyPane>
  )
}

const purposes = ['accounting', 'advice', 'service', 'legal_claim', 'their_offers'] as const

type Values = {
  readonly processorId: string
  readonly purpose: (typeof purposes)[number]
  readonly categories: Disclosure['categories']
  readonly people: string
  /** Whose they are, where they are one person's; offers of others are asked for person by person. */
  readonly contactId: string
  readonly note: string
}

function WriteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const shared = useWords(settingsWords)
  const registers = useWords(registerWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const able = (useQuery(recipientsQuery).data?.items ?? []).flatMap((one): (Recipient & { readonly id: string })[] =>
    one.id !== null && one.connection === null && one.stopped === null ? [{ ...one, id: one.id }] : [],
  )
  const form = useForm<Values>({
    start: { processorId: '', purpose: 'accounting', categories: [], people: '1', contactId: '', note: '' },
    check: ({ processorId, purpose, contactId, categories, people }) => ({
      processorId: able.some((one) => one.id === processorId) ? undefined : shared('needed'),
      categories: categories.length === 0 ? registers('chooseOne') : undefined,
      contactId: purpose === 'their_offers' && contactId === '' ? shared('needed') : undefined,
      people: contactId !== '' || purpose === 'their_offers' || /^[1-9]\d{0,7}$/.test(people.trim()) ? undefined : t('countWrong'),
    }),
    send: async ({ processorId, purpose, categories, people, contactId, note }, key) => {
      const body = {
        processorId,
        purpose,
        categories: [...categories],
        ...(contactId === '' ? { people: Number(people) } : { contactId: contactId as ContactId }),
        ...(isBlank(note) ? {} : { note: note.trim() }),
      }
      await call('POST /disclosures', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: disclosuresQuery.queryKey })
      notices.show({ tone: 'ok', text: t('written') })
      onClose()
    },
  })
  const chosen = able.find((one) => one.id === form.values.processorId)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('writeDown')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending} disabled={able.length === 0}>
            {shared('save')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('writeDown')}>
        {able.length === 0 && <Note tone="wait">{t('noRecipients')}</Note>}
        <Select
          label={t('recipient')}
          hint={t('recipientHint')}
          {...form.field('processorId')}
          options={[{ value: '', label: '…' }, ...able.map((one) => ({ value: one.id, label: one.name }))]}
        />
        <Select
          label={t('purpose')}
          {...form.field('purpose')}
          options={purposes.map((value) => ({ value, label: t(`purpose/${value}`) }))}
        />
        <Choices
          label={registers('categoriesTitle')}
          {...form.field('categories')}
          onChange={(categories) => form.set({ categories: [...categories] })}
          options={(chosen?.categories ?? []).map((value) => ({ value, label: registers(`category/${value}`) }))}
        />
        <ContactField label={t('whose')} optional={form.values.purpose !== 'their_offers'} {...form.field('contactId')} />
        {form.values.purpose !== 'their_offers' && form.values.contactId === '' && (
          <TextField label={t('howMany')} inputMode="numeric" maxLength={8} {...form.field('people')} />
        )}
        <TextField label={t('remark')} optional maxLength={200} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
