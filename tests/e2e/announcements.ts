import type { Page } from 'playwright-core'

/** What somebody with a screen reader has heard, from the first page to the last, a line each. */
export type Announcements = {
  /** Everything so far, in its order. */
  readonly heard: () => readonly string[]
}

/**
 * Collects what a screen reader says by itself, over all pages of a window: the title of each page that comes, what gets the focus (its role, its name and what describes it), and what live regions say.
 * Role and name are the browser's own (`openBrowser` asks for them).
 */
export async function collectAnnouncements(page: Page): Promise<Announcements> {
  const lines: string[] = []
  await page.exposeFunction('frontdeskHeard', (line: string) => void lines.push(line))
  await page.addInitScript(() => {
    type Named = Element & { readonly computedRole: string; readonly computedName: string }
    const tell = (globalThis as unknown as { frontdeskHeard: (line: string) => void }).frontdeskHeard
    const flat = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
    const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]'

    let title: string | undefined
    /** The title is read before anything of the page. */
    const tellTitle = () => {
      if (document.title !== title) tell(`page: ${document.title}`)
      title = document.title
    }

    addEventListener('focusin', ({ target }) => {
      if (!(target instanceof Element)) return
      tellTitle()
      const { computedRole: role, computedName: name } = target as Named
      const described = flat(target.getAttribute('aria-describedby'))
        .split(' ')
        .map((id) => flat(document.getElementById(id)?.innerText))
        .filter((text) => text !== '')
      tell([`focus: ${role} “${flat(name) || flat((target as HTMLElement).innerText)}”`, ...described].join(' '))
    })

    addEventListener('DOMContentLoaded', () => {
      tellTitle()
      new MutationObserver((changes) => {
        const regions = new Set<Element>()
        for (const { target, addedNodes } of changes) {
          const around = (target instanceof Element ? target : target.parentElement)?.closest(live)
          if (around) regions.add(around)
          for (const added of addedNodes)
            if (added instanceof Element) for (const region of added.querySelectorAll(live)) regions.add(region)
        }
        for (const region of regions) if (flat(region.textContent) !== '') tell(`says: ${flat(region.textContent)}`)
        tellTitle()
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
  })
  return { heard: () => [...lines] }
}
