import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { saveText } from '../../../lib/save-file.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { ConfirmDialog, Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { More } from '../../../ui/table.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked, SettingsPane } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { ownershipWords } from './ownership-words.ts'
import { after, byCursor } from './queries.ts'
import { RegisterList } from './register-list.tsx'

type Change = Awaited<ReturnType<typeof call<'GET /ownership-changes'>>>['items'][number]

const changesQuery = infiniteQueryOptions({
  queryKey: ['registers', 'ownership'],
  queryFn: ({ pageParam, signal }) => call('GET /ownership-changes', { query: { limit: 20, ...after(pageParam) }, signal }),
  ...byCursor,
})

const objectionsQuery = (changeId: string) =>
  infiniteQueryOptions({
    queryKey: ['registers', 'ownership-objections', changeId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /ownership-changes/{changeId}/objections', { params: { changeId }, query: { limit: 25, ...after(pageParam) }, signal }),
    ...byCursor,
  })

/** Changes of ownership: planned, told, and who objects. */
export function OwnershipPage() {
  const t = useWords(ownershipWords)
  const { role } = useWorkspace()
  const asked = useInfiniteQuery(changesQuery)
  const [planning, setPlanning] = useState(false)
  const may = role === 'owner'
  const button = may && (
    <Button icon="plus" onClick={() => setPlanning(true)}>
      {t('plan')}
    </Button>
  )
  return (
    <SettingsPane title={t('title')}>
      <RegisterList intro={t('intro')} action={asked.data && rowsOf(asked.data).length > 0 && button}>
        <Asked asked={asked}>
          {(data) =>
            rowsOf(data).length === 0 ? (
              <EmptyState icon="transfer" action={button}>
                {t('empty')}
              </EmptyState>
            ) : (
              <>
                <ul className="grid divide-y divide-line">
                  {rowsOf(data).map((change) => (
                    <ChangeRow key={change.id} change={change} may={may} />
                  ))}
                </ul>
                <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
              </>
            )
          }
        </Asked>
      </RegisterList>
      {planning && <PlanDialog onClose={() => setPlanning(false)} />}
    </SettingsPane>
  )
}

const acts = {
  tell: 'POST /ownership-changes/{changeId}/telling',
  complete: 'POST /ownership-changes/{changeId}/completion',
  cancel: 'POST /ownership-changes/{changeId}/cancellation',
} as const

function ChangeRow({ change, may }: { readonly change: Change; readonly may: boolean }) {
  const t = useWords(ownershipWords)
  const formats = useFormats()
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [asking, setAsking] = useState<keyof typeof acts>()
  const now = useMinute()
  const { zone } = useWorkspace()
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString()
  const act = async (what: keyof typeof acts) => {
    setAsking(undefined)
    try {
      await call(acts[what], { params: { changeId: change.id }, body: {}, idempotencyKey: newKey() })
      void queries.invalidateQueries({ queryKey: changesQuery.queryKey })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const takeStock = async () => {
    try {
      const stock = await call('GET /ownership-changes/{changeId}/inventory', { params: { changeId: change.id } })
      saveText(`inventory-${change.effectiveOn}.json`, 'application/json', JSON.stringify(stock, null, 2))
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return (
    <li className="grid gap-2 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <bdi className="font-medium wrap-anywhere">{change.successor}</bdi>
        <span>{t('on', { date: formats.plainDate(change.effectiveOn) })}</span>
        <Badge tone={change.state === 'told' || change.state === 'done' ? 'ok' : change.state === 'cancelled' ? 'neutral' : 'wait'}>
          {t(`state/${change.state}`)}
        </Badge>
      </span>
      <bdi className="wrap-anywhere whitespace-pre-line text-ink-2">{change.note}</bdi>
      <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        {change.state === 'planned' && <span>{t('tellBy', { date: formats.plainDate(change.tellBy) })}</span>}
        {change.people > 0 && <span>{t('people', { count: change.people })}</span>}
        {change.sent > 0 && <span>{t('sent', { count: change.sent })}</span>}
        {change.notOut > 0 && <span>{t('notOut', { count: change.notOut })}</span>}
        {change.sentLater > 0 && <span>{t('sentLater', { count: change.sentLater })}</span>}
        {change.unreachable > 0 && <span>{t('unreachable', { count: change.unreachable })}</span>}
      </span>
      <span className="flex flex-wrap gap-2">
        {may && change.state === 'planned' && (
          <Button size="sm" variant="solid" icon="send" onClick={() => setAsking('tell')}>
            {t('tell')}
          </Button>
        )}
        {may && change.state === 'told' && change.effectiveOn <= today && (
          <Button size="sm" variant="solid" icon="check" onClick={() => setAsking('complete')}>
            {t('complete')}
          </Button>
        )}
        {change.state !== 'cancelled' && (
          <Button size="sm" icon="download" onClick={() => void takeStock()}>
            {t('inventory')}
          </Button>
        )}
        {may && (change.state === 'planned' || change.state === 'told') && (
          <Button size="sm" onClick={() => setAsking('cancel')}>
            {t('cancel')}
          </Button>
        )}
      </span>
      {change.objections > 0 && <Objections change={change} />}
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(undefined)}
          title={t(`${asking}Ask`)}
          description={t(`${asking}Text`)}
          action={t(asking)}
          onConfirm={() => void act(asking)}
        />
      )}
    </li>
  )
}

function Objections({ change }: { readonly change: Change }) {
  const t = useWords(ownershipWords)
  const formats = useFormats()
  const asked = useInfiniteQuery(objectionsQuery(change.id))
  return (
    <details>
      <summary className="cursor-pointer">
        {t('showObjections')} ({t('objections', { count: change.objections })})
      </summary>
      <Asked asked={asked} lines={2}>
        {(data) => (
          <>
            <ul className="grid divide-y divide-line">
              {rowsOf(data).map((objection) => (
                <li key={objection.id} className="grid gap-0.5 py-2">
                  <bdi className="font-medium">{objection.name ?? t('somebody')}</bdi>
                  {objection.text && <bdi className="wrap-anywhere text-ink-2">{objection.text}</bdi>}
                  <span className="text-xs text-ink-3">{formats.dateTime(objection.at)}</span>
                </li>
              ))}
            </ul>
            <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
          </>
        )}
      </Asked>
    </details>
  )
}

function PlanDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords(ownershipWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: { successor: '', effectiveOn: '', noticeDays: '30', note: '' },
    check: (values) => ({
      successor: isBlank(values.successor) ? shared('needed') : undefined,
      effectiveOn: isBlank(values.effectiveOn) ? shared('needed') : undefined,
      noticeDays: Number(values.noticeDays) >= 14 && Number(values.noticeDays) <= 180 ? undefined : t('daysWrong'),
      note: isBlank(values.note) ? shared('needed') : undefined,
    }),
    send: async ({ successor, effectiveOn, noticeDays, note }, key) => {
      const body = { successor: successor.trim(), effectiveOn, noticeDays: Number(noticeDays), note: note.trim() }
      await call('POST /ownership-changes', { body, idempotencyKey: key })
      void queries.invalidateQueries({ queryKey: changesQuery.queryKey })
      notices.show({ tone: 'ok', text: t('planned') })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('plan')}
      footer={
        <>
          <Button onClick={onClose}>{shared('cancel')}</Button>
          <Button variant="solid" type="submit" form={id} busy={form.sending}>
            {t('plan')}
          </Button>
        </>
      }
    >
      <Form form={form} id={id} label={t('plan')}>
        <TextField label={t('successor')} maxLength={200} autoFocus {...form.field('successor')} />
        <DateField label={t('effectiveOn')} {...form.field('effectiveOn')} />
        <TextField label={t('noticeDays')} inputMode="numeric" maxLength={3} figures {...form.field('noticeDays')} />
        <TextArea label={t('note')} hint={t('noteHint')} maxLength={5000} {...form.field('note')} />
        <FormProblem />
      </Form>
    </Dialog>
  )
}
