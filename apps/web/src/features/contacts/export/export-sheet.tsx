import type { ListNarrowing } from '@frontdesk/contract'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/select.tsx'
import { Sheet } from '../../../ui/sheet.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { type ContactsSearch, isNarrowed } from '../address.ts'
import { ExportRow } from './export-row.tsx'
import { type ListExport, listExportsQuery } from './queries.ts'
import { exportWords } from './words.ts'

const formats = ['csv', 'xlsx', 'vcard3', 'vcard4', 'json'] as const satisfies readonly ListExport['format'][]

/** The list as it is narrowed now, as the server is asked for it. */
const narrowingOf = ({ tag, owner, archived, field, is, filter }: ContactsSearch) =>
  ({
    archived: archived ? 'only' : 'no',
    ...(tag ? { tag } : {}),
    ...(owner ? { ownerMemberId: owner as NonNullable<ListNarrowing['ownerMemberId']> } : {}),
    ...(field && is ? { field, is } : {}),
    ...(filter ? { filter } : {}),
  }) as const

/** Writes the list of contacts, as it is narrowed, into a file, and keeps the files of the last weeks at hand. */
export function ExportSheet({ search, onClose }: { readonly search: ContactsSearch; readonly onClose: () => void }) {
  const t = useWords(exportWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const { role } = useWorkspace()
  const asked = useInfiniteQuery(listExportsQuery)
  const [format, setFormat] = useState<(typeof formats)[number]>('csv')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const begin = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call('POST /list-exports', { body: { format, narrowing: narrowingOf(search) } })
      await queries.invalidateQueries({ queryKey: listExportsQuery.queryKey })
    } catch (error) {
      setProblem(explain(error).message)
    }
    setBusy(false)
  }
  const rows = asked.data?.pages.flatMap(({ items }) => items)
  const whom = role === 'representative' ? t('ownOnly') : isNarrowed(search) ? t('narrowed') : t('everybody')
  return (
    <Sheet open onOpenChange={onClose} title={t('title')} description={whom}>
      <div className="grid gap-5">
        <div className="grid gap-3">
          <Select
            label={t('format')}
            value={format}
            onChange={setFormat}
            options={formats.map((value) => ({ value, label: t(`format/${value}`) }))}
            {...(format === 'vcard3' || format === 'vcard4' ? { hint: t('cards') } : {})}
          />
          <p className="text-xs text-ink-3">{t('kept')}</p>
          {problem && (
            <Note tone="no" role="alert">
              {problem}
            </Note>
          )}
          <p>
            <Button variant="solid" icon="download" busy={busy} onClick={() => void begin()}>
              {t('write')}
            </Button>
          </p>
        </div>
        <section className="grid gap-2">
          <h3 className="text-sm font-strong">{t('files')}</h3>
          {asked.isError && <Note tone="no">{explain(asked.error).message}</Note>}
          {!rows && !asked.isError && <TextSkeleton lines={3} />}
          {rows?.length === 0 && <p className="text-sm text-ink-3">{t('none')}</p>}
          {rows && rows.length > 0 && (
            <ul className="grid divide-y divide-line">
              {rows.map((one) => (
                <ExportRow key={one.id} one={one} />
              ))}
            </ul>
          )}
          <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
        </section>
      </div>
    </Sheet>
  )
}
