import { cx } from './cx.ts'

/** The look of one tab, shared with links that work as tabs (`data-status="active"` comes from the router). */
export const tabLook = cx(
  'relative inline-flex h-9 shrink-0 items-center gap-1.5 px-2 text-sm font-medium whitespace-nowrap text-ink-2 no-underline hover:text-ink focus-visible:-outline-offset-2 phone:h-11',
  "after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full after:content-['']",
  'aria-selected:text-ink aria-selected:after:bg-solid data-[status=active]:text-ink data-[status=active]:after:bg-solid',
  'forced-colors:aria-selected:after:bg-[Highlight] forced-colors:data-[status=active]:after:bg-[Highlight]',
)

/** The line on which tabs stand. */
export const tabListLook = 'flex shrink-0 scroll-none gap-1 overflow-x-auto overflow-y-hidden border-b border-line'

/** In a narrow place the line of tabs is longer than what is seen of it: the one that is open is moved into it, and nothing else moves. */
export function intoLine(line: HTMLElement | null, open: string): void {
  const tab = line?.querySelector<HTMLElement>(`[data-tab="${open}"]`)
  if (!line || !tab) return
  const [seen, whole] = [tab.getBoundingClientRect(), line.getBoundingClientRect()]
  if (seen.right > whole.right) line.scrollLeft += seen.right - whole.right + MARGIN_PX
  else if (seen.left < whole.left) line.scrollLeft -= whole.left - seen.left + MARGIN_PX
}

const MARGIN_PX = 16
