import type { ContactFilter } from '@frontdesk/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { BulkDialog, type BulkDone } from './bulk-dialog.tsx'
import { countQuery } from './queries.ts'
import { untilAtRest } from './until-at-rest.ts'
import { segmentsWords } from './words.ts'

export type BulkBarProps = {
  readonly ids: ReadonlySet<string>
  /** Everybody whom the list shows, where that can be said in one. */
  readonly view: ContactFilter | undefined
  readonly onNone: () => void
  readonly onDone: () => void
}

/** What is done with those who are chosen, or with everybody of the view. */
export function BulkBar({ ids, view, onNone, onDone }: BulkBarProps) {
  const t = useWords(segmentsWords)
  const notices = useNotices()
  const queries = useQueryClient()
  const [everybody, setEverybody] = useState(false)
  const [open, setOpen] = useState(false)
  const all = useQuery({ ...countQuery(view ?? { all: [] }), enabled: view !== undefined }).data?.count
  const count = everybody ? (all ?? 0) : ids.size
  const refresh = () => Promise.all(['contacts', 'lists', 'counts'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
  const done = ({ change, what }: BulkDone) => {
    setOpen(false)
    onDone()
    void refresh()
    notices.show({
      tone: 'ok',
      text: t(`bulkDone/${change.act}`, { count: change.changed, what }),
      undo: async () => {
        await untilAtRest(await call('POST /bulk-changes/{bulkChangeId}/undo', { params: { bulkChangeId: change.id } }))
        await refresh()
      },
    })
  }
  return (
    <section
      aria-label={t('select')}
      className="sticky bottom-0 z-2 flex flex-wrap items-center gap-1.5 border-t border-line bg-raised p-2 text-sm"
    >
      <output className="figures me-auto px-1 font-strong">{t('selected', { count })}</output>
      {view && all !== undefined && all > 0 && !everybody && (
        <Button size="sm" onClick={() => setEverybody(true)}>
          {t('selectAll', { count: all })}
        </Button>
      )}
      {count > 0 && (
        <Button
          size="sm"
          onClick={() => {
            setEverybody(false)
            onNone()
          }}
        >
          {t('selectNone')}
        </Button>
      )}
      <Button size="sm" onClick={onDone}>
        {t('selectDone')}
      </Button>
      <Button size="sm" variant="solid" disabled={count === 0} onClick={() => setOpen(true)}>
        {t('act')}
      </Button>
      {open && (
        <BulkDialog
          who={everybody && view ? { filter: view } : { contactIds: [...ids] }}
          count={count}
          onClose={() => setOpen(false)}
          onDone={done}
        />
      )}
    </section>
  )
}
