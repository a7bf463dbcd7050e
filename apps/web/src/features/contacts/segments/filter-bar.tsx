import type { ContactFilter, FilterPart } from '@frontdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Name } from '../../../ui/name.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { ContactsSearch } from '../address.ts'
import type { FilterProps } from '../list-filters.tsx'
import { differsFrom, lookOf } from '../table/look.ts'
import { addressOfSegment } from './address-of-segment.ts'
import { ConditionDialog } from './condition-dialog.tsx'
import { filterOf, isCondition, type Join, partsOf, sameFilter } from './filter-value.ts'
import { mayKeepSegments, mayShareSegments } from './may-keep.ts'
import { countQuery, type Segment, segmentsQuery } from './queries.ts'
import { useSayFilter } from './use-say-filter.ts'
import { segmentsWords } from './words.ts'

const SaveSegmentDialog = lazy(() => import('./save-segment-dialog.tsx').then((file) => ({ default: file.SaveSegmentDialog })))
const GroupsDialog = lazy(() => import('./groups-dialog.tsx').then((file) => ({ default: file.GroupsDialog })))
const ExplainDialog = lazy(() => import('./explain-dialog.tsx').then((file) => ({ default: file.ExplainDialog })))

export type FilterBarProps = FilterProps & {
  readonly filter: ContactFilter
  /** In one line, where there is room. */
  readonly wide?: boolean
}

/** The conditions in force, each to be changed or taken away, how many they leave, and keeping them. */
export function FilterBar({ search, filter, onChange, wide = false }: FilterBarProps) {
  const t = useWords(segmentsWords)
  const { role, memberId } = useWorkspace()
  const say = useSayFilter([filter])
  const [editing, setEditing] = useState<number>()
  const [open, setOpen] = useState<'save' | 'explain' | 'groups'>()
  const { join, parts } = partsOf(filter)
  const segment = useQuery({ ...segmentsQuery, enabled: search.segment !== undefined }).data?.items.find(({ id }) => id === search.segment)
  const write = (nextJoin: Join, next: readonly FilterPart[]) => {
    const written = filterOf(nextJoin, next)
    onChange({ filter: written, ...(written || search.look === 'table' ? {} : { segment: undefined }) })
  }
  useFollowing(segment, search, filter, onChange)
  const edited = editing === undefined ? undefined : parts[editing]
  const changed = segment !== undefined && (!sameFilter(segment.filter, filter) || differsFrom(segment.look, search))
  return (
    <section
      aria-label={t('conditions')}
      className={wide ? 'flex min-w-0 flex-1 flex-wrap items-center gap-2 text-xs' : 'grid gap-2 text-xs'}
    >
      {segment && (
        <p className="flex items-center gap-1.5 text-sm font-strong">
          <Icon name={segment.look ? 'table' : 'filter'} size="xs" />
          <Name cut>{segment.name}</Name>
        </p>
      )}
      {parts.length > 1 && (
        <Select<Join>
          label={t('join')}
          quiet
          value={join}
          onChange={(next) => write(next, parts)}
          options={(['all', 'any', 'none'] as const).map((value) => ({ value, label: t(`join/${value}`) }))}
        />
      )}
      <ul className="flex flex-wrap gap-1.5 empty:hidden">
        {parts.map((part, at) => {
          const words = say.part(part)
          return (
            // Conditions have no name of their own, and two may be the same.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={at} className="inline-flex max-w-full items-center rounded-xs bg-accent-tint text-accent-ink">
              <button
                type="button"
                onClick={() => (isCondition(part) ? setEditing(at) : setOpen('groups'))}
                className="min-h-6 min-w-0 truncate rounded-xs px-2 py-0.5 text-start font-medium hover:bg-selected phone:min-h-9"
              >
                <bdi>{words}</bdi>
              </button>
              <button
                type="button"
                aria-label={t('removeCondition', { what: words })}
                onClick={() =>
                  write(
                    join,
                    parts.filter((_, place) => place !== at),
                  )
                }
                className="grid size-6 shrink-0 place-items-center rounded-xs hover:bg-selected phone:size-9"
              >
                <Icon name="close" size="xs" />
              </button>
            </li>
          )
        })}
      </ul>
      <div className={cx('flex flex-wrap items-center gap-1.5', wide && 'flex-1')}>
        {parts.length > 0 && <Counted filter={filter} onExplain={() => setOpen('explain')} />}
        {parts.length > 0 && (
          <Button size="sm" variant="quiet" onClick={() => setOpen('groups')}>
            {t('arrange')}
          </Button>
        )}
        <span className="ms-auto flex flex-wrap gap-1.5">
          {segment && changed && maySave(segment, role, memberId) && (
            <SaveChanges segment={segment} search={search} filter={filter} onChange={onChange} />
          )}
          {mayKeepSegments.includes(role) && (!segment || changed) && (
            <Button size="sm" onClick={() => setOpen('save')}>
              {t('saveAs')}
            </Button>
          )}
          <Button
            size="sm"
            variant="quiet"
            onClick={() =>
              onChange({
                filter: undefined,
                segment: undefined,
                ...(parts.length > 0
                  ? {}
                  : { cols: undefined, sort: undefined, reverse: undefined, group: undefined, shut: undefined, board: undefined }),
              })
            }
          >
            {t(parts.length > 0 || !wide ? 'clear' : 'clearLook')}
          </Button>
        </span>
      </div>
      {edited && isCondition(edited) && (
        <ConditionDialog
          condition={edited}
          onClose={() => setEditing(undefined)}
          onDone={(condition) => {
            setEditing(undefined)
            write(
              join,
              parts.map((part, at) => (at === editing ? condition : part)),
            )
          }}
        />
      )}
      <Suspense>
        {open === 'explain' && <ExplainDialog filter={filter} onClose={() => setOpen(undefined)} />}
        {open === 'groups' && (
          <GroupsDialog
            filter={filter}
            onClose={() => setOpen(undefined)}
            onDone={(next) => {
              setOpen(undefined)
              onChange({ filter: next, ...(next || search.look === 'table' ? {} : { segment: undefined }) })
            }}
          />
        )}
        {open === 'save' && (
          <SaveSegmentDialog
            filter={filter}
            look={lookOf(search)}
            onClose={() => setOpen(undefined)}
            onSaved={(saved) => {
              setOpen(undefined)
              onChange(addressOfSegment(saved))
            }}
          />
        )}
      </Suspense>
    </section>
  )
}

const maySave = (segment: Segment, role: string, memberId: string): boolean =>
  mayShareSegments.includes(role) || (segment.ownerMemberId === memberId && mayKeepSegments.includes(role))

/** Who looks at a segment and changed nothing sees what somebody else saves of it. */
function useFollowing(
  segment: Segment | undefined,
  search: ContactsSearch,
  filter: ContactFilter,
  onChange: FilterProps['onChange'],
): void {
  const t = useWords(segmentsWords)
  const notices = useNotices()
  const before = useRef(segment)
  useEffect(() => {
    const seen = before.current
    before.current = segment
    if (!segment || !seen || seen.id !== segment.id || seen.version === segment.version) return
    const untouched = sameFilter(seen.filter, filter) && !differsFrom(seen.look, search)
    const apart = !sameFilter(segment.filter, filter) || differsFrom(segment.look, search)
    if (!untouched || !apart) return
    onChange(addressOfSegment(segment))
    notices.show({ text: t('followed', { name: segment.name }) })
  })
}

function Counted({ filter, onExplain }: { readonly filter: ContactFilter; readonly onExplain: () => void }) {
  const t = useWords(segmentsWords)
  const explain = useExplain()
  const asked = useQuery(countQuery(filter))
  if (asked.isError && !asked.data) return <p className="text-no-ink">{t('noCount', { reason: explain(asked.error).message })}</p>
  if (!asked.data) return <p className="text-ink-3">{t('counting')}</p>
  return (
    <button
      type="button"
      onClick={onExplain}
      title={t('explain')}
      className="figures text-ink-2 underline underline-offset-2 hover:text-ink"
    >
      {t('people', { count: asked.data.count })}
    </button>
  )
}

function SaveChanges({ segment, search, filter, onChange }: { readonly segment: Segment; readonly filter: ContactFilter } & FilterProps) {
  const t = useWords(segmentsWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const saved = await call('PATCH /segments/{segmentId}', {
        params: { segmentId: segment.id },
        // A list says nothing of how the table looks.
        body: { filter, ...(search.look === 'table' ? { look: lookOf(search) } : {}) },
        version: segment.version,
      })
      await queries.invalidateQueries({ queryKey: ['segments'] })
      notices.show({
        tone: 'ok',
        text: t('saved', { name: saved.name }),
        undo: async () => {
          await call('PATCH /segments/{segmentId}', {
            params: { segmentId: segment.id },
            body: { filter: segment.filter, look: segment.look },
            version: saved.version,
          })
          await queries.invalidateQueries({ queryKey: ['segments'] })
        },
      })
    } catch (error) {
      if (error instanceof ApiProblem && error.slug === 'http/version-mismatch') {
        await queries.invalidateQueries({ queryKey: ['segments'] })
        onChange(addressOfSegment(error.details.current as Segment))
        notices.show({ text: t('changedMeanwhile') })
      } else notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void save()}>
      {t('saveChanges')}
    </Button>
  )
}
