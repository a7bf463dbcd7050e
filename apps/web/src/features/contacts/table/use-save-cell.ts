import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useNotices } from '../../../ui/toast.tsx'
import type { ContactChange } from '../fields/queries.ts'
import { fieldsWords } from '../fields/words.ts'
import { type Contact, contactQuery } from '../queries.ts'
import { type CellBody, type EditableKey, historyName, rowAfter } from './cell-value.ts'
import type { ContactRow, TablePart } from './queries.ts'

/** Somebody else wrote the same meanwhile. */
export type CellMet = {
  /** The row as it is now. */
  readonly row: ContactRow
  readonly contact: Contact
  readonly by: ContactChange['by'] | undefined
  readonly at: string | undefined
}

export type SaveCell = {
  readonly busy: boolean
  readonly fault: string | undefined
  readonly met: CellMet | undefined
  /** Saves over the version of the row; true once it is saved. */
  readonly save: (row: ContactRow, body: CellBody, back: CellBody) => Promise<boolean>
}

/** Saves one cell, with a way back. What somebody else wrote into it meanwhile is not written over: both are shown. */
export function useSaveCell(key: EditableKey, title: string): SaveCell {
  const t = useWords(fieldsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const [met, setMet] = useState<CellMet>()

  const show = (row: ContactRow) =>
    queries.setQueriesData<TablePart>({ queryKey: ['contacts', 'table'] }, (part) =>
      part?.items.some(({ id }) => id === row.id) ? { ...part, items: part.items.map((one) => (one.id === row.id ? row : one)) } : part,
    )
  const write = async (row: ContactRow, body: CellBody) => {
    const saved = await call('PATCH /contacts/{contactId}', { params: { contactId: row.id }, body: body as never, version: row.version })
    const after = rowAfter(row, saved)
    queries.setQueryData(contactQuery(row.id).queryKey, saved)
    show(after)
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    return after
  }
  const save = async (row: ContactRow, body: CellBody, back: CellBody): Promise<boolean> => {
    setBusy(true)
    setFault(undefined)
    setMet(undefined)
    try {
      const after = await write(row, body)
      notices.show({ text: t('valueSaved', { field: title }), undo: () => write(after, back).then(() => undefined) })
      return true
    } catch (error) {
      const found = metIn(error, row, key)
      if (found) {
        show(found.row)
        setMet(found)
        return false
      }
      const { faults, message } = explain(error)
      setFault(Object.values(faults)[0] ?? message)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, fault, met, save }
}

/** What the server says was met: the contact as it is now, and who wrote the field last. */
function metIn(error: unknown, row: ContactRow, key: EditableKey): CellMet | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'http/version-mismatch') return undefined
  const { current, conflicts } = error.details as { current?: Contact; conflicts?: readonly Pick<ContactChange, 'field' | 'by' | 'at'>[] }
  if (!current) return undefined
  const change = conflicts?.find(({ field }) => field === historyName(key))
  return { row: rowAfter(row, current), contact: current, by: change?.by, at: change?.at }
}
