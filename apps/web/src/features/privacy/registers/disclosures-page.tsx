import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
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
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { Choices } from './choices.tsx'
import { type Disclosure, disclosuresQuery } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { type Recipient, recipientsQuery } from './queries.ts'
import { RegisterList, RegisterPane } from './register-pane.tsx'
import { registerWords } from './words.ts'

/** Who was given data, when and what for. */
export function DisclosuresPage() {
  const t = useWords(legalWords)
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useInfiniteQuery(disclosuresQuery)
  const [writing, setWriting] = useState(false)
  return (
    <RegisterPane title={t('disclosures')}>
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
      {writing && <WriteDialog onClose={() => setWriting(false)} />}
    </RegisterPane>
  )
}

function DisclosureLine({ disclosure }: { readonly disclosure: Disclosure }) {
  const t = useWords(legalWords)
  const registers = useWords(registerWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { recipient, purpose, contactId, people, categories, at, by } = disclosure
  return (
    <li className="grid gap-0.5 py-3 text-sm">
      <span className="flex flex-wrap gap-x-2">
        <bdi className="font-medium wrap-anywhere">{recipient}</bdi>
        <span className="text-ink-2">{t(`purpose/${purpose}`)}</span>
      </span>
      {categories.length > 0 && (
        <span className="text-ink-2">{categories.map((category) => registers(`category/${category}`)).join(', ')}</span>
      )}
      <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{t('stepBy', { date: formats.dateTime(at), name: by })}</span>
        {contactId ? (
          <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId }} className={linkLook}>
            {t('people', { count: people })}
          </Link>
        ) : (
          <span>{t('people', { count: people })}</span>
        )}
      </span>
    </li>
  )
}

const purposes = ['accounting', 'advice', 'service', 'legal_claim'] as const

type Values = {
  readonly processorId: string
  readonly purpose: (typeof purposes)[number]
  readonly categories: Disclosure['categories']
  readonly people: string
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
    start: { processorId: '', purpose: 'accounting', categories: [], people: '1', note: '' },
    check: ({ processorId, categories, people }) => ({
      processorId: able.some((one) => one.id === processorId) ? undefined : shared('needed'),
      categories: categories.length === 0 ? registers('chooseOne') : undefined,
      people: /^[1-9]\d{0,7}$/.test(people.trim()) ? undefined : t('countWrong'),
    }),
    send: async ({ processorId, purpose, categories, people, note }, key) => {
      const body = {
        processorId,
        purpose,
        categories: [...categories],
        people: Number(people),
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
        <TextField label={t('howMany')} inputMode="numeric" maxLength={8} {...form.field('people')} />
        <TextField label={t('remark')} optional maxLength={200} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
