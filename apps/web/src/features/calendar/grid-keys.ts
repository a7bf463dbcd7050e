import type { FocusEvent, KeyboardEvent } from 'react'
import { isTyping } from '../../ui/list.tsx'

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
const sideways: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/**
 * Walks over the calendar: up and down through what is there in the order of time, sideways to what is nearest in the next column. The calendar is one stop of the Tab
 * key. The key `m` moves what one is on.
 */
export function walkGrid(event: KeyboardEvent<HTMLElement>, onMove: (bookingId: string) => void): void {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const index = rows.findIndex((row) => row.matches(':focus'))
  const here = rows[index]
  const step = steps[event.key]
  const aside = sideways[event.key]
  if (step !== undefined) go(event, rows[Math.min(Math.max(index + step, 0), rows.length - 1)])
  // Along the line of reading: in a right-to-left language the next column is to the left.
  else if (aside !== undefined && here) go(event, besides(rows, here, getComputedStyle(here).direction === 'rtl' ? -aside : aside))
  else if (event.key === 'm' && here?.dataset.booking) {
    event.preventDefault()
    event.stopPropagation()
    onMove(here.dataset.booking)
  }
}

/** Leaves only what one was on last to the Tab key. */
export function settleGrid(event: FocusEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLElement) || event.target.dataset.row === undefined) return
  for (const row of event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')) row.tabIndex = row === event.target ? 0 : -1
}

function go(event: KeyboardEvent, target: HTMLElement | undefined): void {
  if (!target) return
  event.preventDefault()
  target.focus({ preventScroll: true })
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** What is nearest in height in the next column that holds anything. */
function besides(rows: readonly HTMLElement[], from: HTMLElement, step: number): HTMLElement | undefined {
  const columns = [...new Set(rows.map((row) => row.closest('[data-column]')))]
  const target = columns[columns.indexOf(from.closest('[data-column]')) + step]
  const top = from.offsetTop
  return rows
    .filter((row) => row.closest('[data-column]') === target)
    .toSorted((a, b) => Math.abs(a.offsetTop - top) - Math.abs(b.offsetTop - top))[0]
}
