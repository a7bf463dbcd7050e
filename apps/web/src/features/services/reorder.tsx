import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Icon } from '../../ui/icon.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { servicesQuery } from '../calendar/queries.ts'
import { moveItem } from './move-item.ts'
import type { Service } from './queries.ts'
import { servicesWords } from './words.ts'

type GripHandlers = {
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
}

/** The order of services as it is being changed: shown at once, saved when let go, taken back with one key. */
export function useReorder(services: readonly Service[]): {
  readonly ordered: readonly Service[]
  readonly grip: (id: string) => GripHandlers
  /** What happened, for screen readers. */
  readonly said: string
} {
  const t = useWords(servicesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [order, setOrder] = useState<readonly string[]>()
  const [said, setSaid] = useState('')
  const latest = useRef<readonly string[]>(undefined)
  const kept = services.map(({ id }) => id as string)
  const ids = order?.length === kept.length ? order : kept
  const ordered = ids.flatMap((id) => services.find((service) => service.id === id) ?? [])

  const save = async (next: readonly string[]) => {
    queries.setQueryData(servicesQuery.queryKey, (all) => all && next.flatMap((id) => all.find((one) => one.id === id) ?? []))
    await call('PUT /services/order', { body: { serviceIds: [...next] } })
    await queries.invalidateQueries({ queryKey: servicesQuery.queryKey })
  }
  const put = async (next: readonly string[]) => {
    const before = kept
    setOrder(undefined)
    if (next.join() === before.join()) return
    try {
      await save(next)
      notices.show({ text: t('reordered'), undo: () => save(before) })
    } catch (error) {
      queries.setQueryData(servicesQuery.queryKey, [...services])
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const place = (id: string, index: number): readonly string[] => {
    const next = moveItem(latest.current ?? ids, id, index)
    latest.current = next
    setOrder(next)
    setSaid(t('position', { name: services.find((one) => one.id === id)?.name ?? '', position: next.indexOf(id) + 1, total: next.length }))
    return next
  }
  return {
    ordered,
    said,
    grip: (id) => ({
      onKeyDown: (event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        latest.current = ids
        void put(place(id, ids.indexOf(id) + step))
      },
      onPointerDown: (event) => {
        event.preventDefault()
        const list = event.currentTarget.closest('ul')
        const ending = new AbortController()
        const { signal } = ending
        latest.current = ids
        const move = (at: globalThis.PointerEvent) => {
          const rows = [...(list?.children ?? [])].map((row) => row.getBoundingClientRect())
          place(id, Math.min(rows.filter((row) => row.top + row.height / 2 < at.clientY).length, rows.length - 1))
        }
        const stop = (save: boolean) => {
          ending.abort()
          if (save && latest.current) void put(latest.current)
          else setOrder(undefined)
        }
        addEventListener('pointermove', move, { signal })
        addEventListener('pointerup', () => stop(true), { signal })
        addEventListener('pointercancel', () => stop(false), { signal })
      },
    }),
  }
}

/** What one takes hold of to move a row. */
export function ReorderGrip({ name, ...handlers }: GripHandlers & { readonly name: string }) {
  const t = useWords(servicesWords)
  return (
    <button
      type="button"
      aria-label={t('reorder', { name })}
      {...handlers}
      className="absolute inset-y-0 end-1 my-auto grid size-8 cursor-grab touch-none place-items-center rounded-sm text-ink-3 opacity-0 group-hover/row:opacity-100 hover:bg-hover focus-visible:opacity-100 active:cursor-grabbing phone:opacity-100"
    >
      <Icon name="grip" />
    </button>
  )
}
