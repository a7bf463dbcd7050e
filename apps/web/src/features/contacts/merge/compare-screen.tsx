import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useCommands } from '../../../lib/commands.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { slugOf, useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { When } from '../../../ui/ago.tsx'
import { Avatar } from '../../../ui/avatar.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Contact } from '../queries.ts'
import { CompareFields } from './compare-fields.tsx'
import { mayMerge } from './may-merge.ts'
import { type MergeChoice, type MergePreview, mergePreviewQuery } from './queries.ts'
import { reasonWord } from './reason-words.ts'
import { type DuplicatesTranslator, duplicatesWords, hasDuplicatesWord } from './words.ts'

const route = getRouteApi('/w/$workspace/contacts/duplicates/$survivorId/$mergedId')

/** Two contacts side by side: why they may be one person, which card stays, what is kept of each field, and what comes along. */
export function CompareScreen() {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const { survivorId, mergedId } = route.useParams()
  const asked = useQuery(mergePreviewQuery(survivorId, mergedId))
  const toList = () => void navigate({ to: '/w/$workspace/contacts/duplicates', params: { workspace }, search: {} })
  const back = <IconButton name={t('back')} icon="chevronLeft" size="lg" tip="none" onClick={toList} />
  const header = <PageHeader title={t('compareTitle')} back={back} />
  if (asked.data)
    return (
      <Compared
        key={`${survivorId} ${mergedId}`}
        preview={asked.data}
        header={header}
        onDone={toList}
        onAgain={() => void asked.refetch()}
      />
    )
  return (
    <DetailPane header={header} className="p-6">
      {asked.isError ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : (
        <TextSkeleton lines={8} />
      )}
    </DetailPane>
  )
}

type ComparedProps = {
  readonly preview: MergePreview
  readonly header: ReactNode
  readonly onDone: () => void
  readonly onAgain: () => void
}

function Compared({ preview, header, onDone, onAgain }: ComparedProps) {
  const t = useWords(duplicatesWords)
  const { list } = useFormats()
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const { survivor, merged, fields, moves, pair } = preview
  const [take, setTake] = useState<Readonly<Record<string, MergeChoice>>>({})
  const { busy, failed, merge, dismiss } = useDecision({ preview, take, onDone, onAgain })
  const may = mayMerge.includes(role)
  const swap = () =>
    void navigate({
      to: '/w/$workspace/contacts/duplicates/$survivorId/$mergedId',
      params: { workspace, survivorId: merged.id, mergedId: survivor.id },
      search: {},
      replace: true,
    })
  useCommands(
    may
      ? [
          { label: t('merge'), group: t('duplicates'), keys: 'm', icon: 'users', run: merge },
          { label: t('swap'), group: t('duplicates'), keys: 's', icon: 'undo', run: swap },
          ...(pair ? [{ label: t('notSame'), group: t('duplicates'), keys: 'n', icon: 'close' as const, run: dismiss }] : []),
        ]
      : [],
  )
  return (
    <DetailPane header={header}>
      <div className="grid gap-4 px-6 py-5 phone:px-4">
        {pair && <p className="text-sm text-ink-2">{t('why', { reasons: list(pair.reasons.map((reason) => reasonWord(t, reason))) })}</p>}
        {failed && (
          <Note tone="no" role="alert">
            {failed}
          </Note>
        )}
        <div className="desk:[&>fieldset]:grid-cols-2">
          <RadioGroup
            label={t('whoStays')}
            look="boxes"
            value={survivor.id as string}
            onChange={(id) => id !== survivor.id && swap()}
            choices={[survivor, merged]
              .toSorted(byAge)
              .map((contact) => ({ value: contact.id as string, label: <Card contact={contact} /> }))}
          />
        </div>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {[survivor, merged].toSorted(byAge).map(({ id, name }) => (
            <Link
              key={id}
              to="/w/$workspace/contacts/$contactId"
              params={{ workspace, contactId: id }}
              search={{}}
              className="text-link underline underline-offset-2"
            >
              {t('toOther', { name })}
            </Link>
          ))}
        </p>
      </div>
      <CompareFields fields={fields} take={take} onTake={(field, choice) => setTake({ ...take, [field]: choice })} />
      <section className="grid gap-2 border-t border-line px-6 py-4 text-sm phone:px-4">
        <h2 className="text-base font-strong">{t('comesAlong')}</h2>
        <p className="text-ink-2">{moves.length === 0 ? t('nothingElse') : list(movesInWords(t, moves))}</p>
        <p className="text-ink-2">{t('allKept')}</p>
        <p className="text-ink-2">{t('stricter')}</p>
      </section>
      <div className="sticky bottom-0 grid gap-2 border-t border-line bg-surface px-6 py-3 phone:px-4">
        {may && (
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="solid" busy={busy} keys="m" onClick={() => void merge()}>
              {t('mergeInto', { name: survivor.name })}
            </Button>
            {pair && (
              <Button keys="n" onClick={() => void dismiss()}>
                {t('notSame')}
              </Button>
            )}
          </div>
        )}
        <p className="text-xs text-ink-3">{t('canUndo')}</p>
      </div>
    </DetailPane>
  )
}

const byAge = (one: Contact, other: Contact): number => (one.createdAt < other.createdAt ? -1 : 1)

/** One of the two as one recognises her: name, since when, addresses and numbers. */
function Card({ contact }: { readonly contact: Contact }) {
  const t = useWords(duplicatesWords)
  return (
    <span className="flex items-start gap-3">
      <Avatar name={contact.name} id={contact.id} />
      <span className="grid min-w-0 flex-1 gap-0.5">
        <bdi className="font-strong wrap-anywhere">{contact.name}</bdi>
        <span className="text-xs text-ink-3">{t.parts('since', { when: <When key="when" at={contact.createdAt} style="date" /> })}</span>
        {contact.points.map((point) => (
          <bdi key={point.id} dir="ltr" className="text-ink-2 wrap-anywhere">
            {point.shown}
          </bdi>
        ))}
        {contact.company && <bdi className="text-ink-2">{contact.company.name}</bdi>}
      </span>
    </span>
  )
}

function movesInWords(t: DuplicatesTranslator, moves: MergePreview['moves']): readonly string[] {
  const named = moves.filter(({ kind }) => hasDuplicatesWord(`kind/${kind}`))
  const others = moves.filter((each) => !named.includes(each)).reduce((sum, { count }) => sum + count, 0)
  return [
    ...named.map(({ kind, count }) => t(`kind/${kind}` as 'kind/note', { count })),
    ...(others > 0 ? [t('kind/other', { count: others })] : []),
  ]
}

type Deciding = Omit<ComparedProps, 'header'> & { readonly take: Readonly<Record<string, MergeChoice>> }

/** Merging, and saying that they are two people: each with its undo. */
function useDecision({ preview, take, onDone, onAgain }: Deciding) {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const { survivor, merged, pair } = preview
  const names = { name: survivor.name, one: survivor.name, other: merged.name }
  const refresh = () => queries.invalidateQueries({ queryKey: ['contacts'] })
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setFailed(undefined)
    try {
      await work()
    } catch (error) {
      const changed = slugOf(error) === 'http/version-mismatch'
      if (changed) onAgain()
      setFailed(changed ? t('changedMeanwhile') : t('mergeFailed', { reason: explain(error).message }))
    } finally {
      setBusy(false)
    }
  }
  const merge = () =>
    attempt(async () => {
      const { merge: done } = await call('POST /contacts/{contactId}/merge', {
        params: { contactId: survivor.id },
        body: { mergedId: merged.id, version: survivor.version, mergedVersion: merged.version, take },
      })
      void navigate({ to: '/w/$workspace/contacts/$contactId', params: { workspace, contactId: survivor.id }, search: {} })
      void refresh()
      notices.show({
        tone: 'ok',
        text: t('merged', names),
        undo: async () => {
          await call('POST /merges/{mergeId}/undo', { params: { mergeId: done.id }, body: { give: [] } })
          await refresh()
        },
      })
    })
  const dismiss = () =>
    attempt(async () => {
      if (!pair) return
      const params = { pairId: pair.id }
      await call('POST /duplicates/{pairId}/not-same', { params })
      onDone()
      void refresh()
      notices.show({
        text: t('dismissed', names),
        undo: async () => {
          await call('POST /duplicates/{pairId}/reopen', { params })
          await refresh()
        },
      })
    })
  return { busy, failed, merge, dismiss }
}
