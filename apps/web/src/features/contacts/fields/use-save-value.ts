import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useNotices } from '../../../ui/toast.tsx'
import { type Contact, contactQuery } from '../queries.ts'
import type { ContactChange, OwnField, OwnValue } from './queries.ts'
import { fieldsWords } from './words.ts'

/** Somebody else wrote the same field meanwhile. */
export type Met = {
  readonly mine: OwnValue | null
  readonly theirs: OwnValue | null
  readonly by: ContactChange['by'] | undefined
  readonly at: string | undefined
  /** Over which version mine would go now. */
  readonly version: number
}

export type SaveValue = {
  readonly met: Met | undefined
  readonly fault: string | undefined
  readonly busy: boolean
  /** Shows it at once and saves it; false where it was not saved. */
  readonly save: (value: OwnValue | null, version?: number) => Promise<boolean>
  /** Leaves what somebody else wrote. */
  readonly takeTheirs: () => void
  readonly forget: () => void
}

/** Saves one own field of a contact: at once on the screen, with a way back, and with a choice where somebody else wrote it meanwhile. */
export function useSaveValue(contact: Contact, field: OwnField): SaveValue {
  const t = useWords(fieldsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const [met, setMet] = useState<Met>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { queryKey } = contactQuery(contact.id)

  const write = async (value: OwnValue | null, version: number) => {
    const saved = await call('PATCH /contacts/{contactId}', {
      params: { contactId: contact.id },
      body: { fields: { [field.key]: value } },
      version,
    })
    queries.setQueryData(queryKey, saved)
    void queries.invalidateQueries({ queryKey: ['contacts'] })
    return saved
  }
  const save = async (value: OwnValue | null, version = contact.version): Promise<boolean> => {
    const before = queries.getQueryData<Contact>(queryKey) ?? contact
    const previous = before.fields[field.key] ?? null
    setFault(undefined)
    setMet(undefined)
    setBusy(true)
    await queries.cancelQueries({ queryKey })
    queries.setQueryData<Contact>(queryKey, { ...before, fields: withValue(before.fields, field.key, value) })
    try {
      const saved = await write(value, version)
      notices.show({
        text: t(value === null ? 'valueEmptied' : 'valueSaved', { field: field.label }),
        undo: () => write(previous, saved.version),
      })
      return true
    } catch (error) {
      queries.setQueryData(queryKey, before)
      const found = metIn(error, field, value)
      if (found) {
        queries.setQueryData(queryKey, found.current)
        setMet(found.met)
        return false
      }
      const { faults, message } = explain(error)
      setFault(faults[`fields.${field.key}`] ?? message)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    met,
    fault,
    busy,
    save,
    takeTheirs: () => setMet(undefined),
    forget: () => setFault(undefined),
  }
}

const withValue = (fields: Contact['fields'], key: string, value: OwnValue | null): Contact['fields'] => {
  const { [key]: _, ...rest } = fields
  return value === null ? rest : { ...rest, [key]: value }
}

/** What the server says was met. It has the contact as it is now, and who wrote the field last. */
function metIn(error: unknown, field: OwnField, mine: OwnValue | null): { readonly current: Contact; readonly met: Met } | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'http/version-mismatch') return undefined
  const { current, conflicts } = error.details as { current?: Contact; conflicts?: readonly Pick<ContactChange, 'field' | 'by' | 'at'>[] }
  if (!current) return undefined
  const change = conflicts?.find((one) => one.field === `own.${field.key}`)
  return { current, met: { mine, theirs: current.fields[field.key] ?? null, by: change?.by, at: change?.at, version: current.version } }
}
