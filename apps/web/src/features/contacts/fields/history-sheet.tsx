import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { When } from '../../../ui/ago.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { actorName } from '../event-sentence.tsx'
import { MergesSection } from '../merge/merges-section.tsx'
import { type Contact, contactQuery, membersQuery } from '../queries.ts'
import { contactsWords } from '../words.ts'
import { type ContactChange, changesQuery, fieldsQuery } from './queries.ts'
import { useShownValue } from './use-shown-value.ts'
import { fieldsWords, hasFieldsWord } from './words.ts'

const standardFields = [
  'name',
  'givenName',
  'familyName',
  'company',
  'companyRole',
  'points',
  'tags',
  'locale',
  'zone',
  'ownerMemberId',
] as const

export type HistorySheetProps = { readonly contact: Contact; readonly may: boolean; readonly onClose: () => void }

/** What changed on somebody, of all fields or of one: who, when, from where, from what to what; and the way back. */
export function HistorySheet({ contact, may, onClose }: HistorySheetProps) {
  const t = useWords(fieldsWords)
  const explain = useExplain()
  const [field, setField] = useState('')
  const own = useQuery(fieldsQuery).data?.items ?? []
  const asked = useInfiniteQuery(changesQuery(contact.id, field || undefined))
  const rows = asked.data ? rowsOf(asked.data) : []
  return (
    <Sheet open onOpenChange={onClose} title={t('historyTitle', { name: contact.name })} description={t('historyIntro')}>
      <div className="grid gap-4">
        <MergesSection contact={contact} />
        <Select
          label={t('whichField')}
          value={field}
          onChange={setField}
          options={[
            { value: '', label: t('allFields') },
            ...standardFields.map((name) => ({ value: name as string, label: t(`field/${name}`) })),
            ...own.map(({ key, label }) => ({ value: `own.${key}`, label })),
          ]}
        />
        {asked.isError && (
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
        )}
        {asked.isPending && <TextSkeleton lines={4} />}
        {asked.data && rows.length === 0 && <EmptyState icon="undo">{t('historyEmpty')}</EmptyState>}
        <ul className="grid divide-y divide-line">
          {rows.map((change) => (
            <Change key={change.id} contact={contact} change={change} may={may} />
          ))}
        </ul>
        <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
      </div>
    </Sheet>
  )
}

function Change({ contact, change, may }: { readonly contact: Contact; readonly change: ContactChange; readonly may: boolean }) {
  const t = useWords(fieldsWords)
  const words = useWords(contactsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const members = useQuery(membersQuery).data?.items ?? []
  const { label, shown } = useChangedField(change.field)
  const [busy, setBusy] = useState(false)
  const goBack = async () => {
    setBusy(true)
    try {
      const saved = await call('POST /contacts/{contactId}/changes/{changeId}/back', {
        params: { contactId: contact.id, changeId: change.id },
      })
      queries.setQueryData(contactQuery(contact.id).queryKey, saved)
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({ tone: 'ok', text: t('wentBack', { field: label }) })
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  const empty = change.before === null || change.before === undefined
  return (
    <li className="grid justify-items-start gap-1 py-3 text-sm">
      <span className="wrap-anywhere">
        {change.forgotten
          ? t('forgotten', { field: label })
          : t('fromTo', { field: label, before: shown(change.before), after: shown(change.after) })}
      </span>
      <span className="text-xs text-ink-3">
        {[actorName(words, change.by, contact, members), t(`source/${change.source}`), ...(change.restored ? [t('wasBack')] : [])].join(
          ' · ',
        )}{' '}
        · <When at={change.at} />
      </span>
      {may && !change.forgotten && change.field !== 'archived' && change.field !== 'merged' && (
        <Button size="sm" icon="undo" busy={busy} onClick={() => void goBack()}>
          {empty ? t('goBackEmpty') : t('goBack', { value: short(shown(change.before)) })}
        </Button>
      )}
    </li>
  )
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** What a field is called, and how its values are said. */
function useChangedField(name: string): { readonly label: string; readonly shown: (value: unknown) => string } {
  const t = useWords(fieldsWords)
  const { list } = useFormats()
  const own = useQuery(fieldsQuery).data?.items ?? []
  const members = useQuery(membersQuery).data?.items ?? []
  const shownOwn = useShownValue()
  const field = own.find(({ key }) => name === `own.${key}`)
  if (field) return { label: field.label, shown: (value) => shownOwn(field, value) }
  const key = `field/${name}`
  return {
    label: hasFieldsWord(key) ? t(key as 'field/name') : t('field/other'),
    shown: (value) => {
      if (value === null || value === undefined || value === '') return t('nothing')
      if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
      if (name === 'ownerMemberId') return members.find(({ id }) => id === value)?.name ?? t('somebody')
      if (!Array.isArray(value))
        return typeof value === 'object' ? ('name' in value ? String(value.name) : JSON.stringify(value)) : String(value)
      return value.length === 0 ? t('nothing') : list(value.map((one) => (typeof one === 'object' ? String(one.value) : String(one))))
    },
  }
}
