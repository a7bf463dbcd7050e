import type { Page } from 'playwright-core'

type Router = {
  readonly history: { push(href: string): void }
  readonly state: { readonly status: string; readonly resolvedLocation?: { readonly href: string } }
}
type App = { readonly __TSR_ROUTER__?: Router }

/**
 * Goes to an address. Within the desk it goes as people do, from one screen to another, which takes a fraction of what a whole load takes; the same screen again, a screen that was
 * left with a question open, and everything outside of the desk are loaded whole.
 */
export async function goTo(page: Page, address: string): Promise<void> {
  if (screenOf(address) !== undefined && screenOf(page.url()) !== undefined && screenOf(address) !== screenOf(page.url())) {
    const { pathname, search } = new URL(address)
    await page.evaluate((href) => (globalThis as App).__TSR_ROUTER__?.history.push(href), pathname + search)
    const arrived = await page
      .waitForFunction(
        (wanted) => {
          const { status, resolvedLocation } = (globalThis as App).__TSR_ROUTER__?.state ?? {}
          return status === 'idle' && resolvedLocation?.href.startsWith(wanted)
        },
        pathname,
        { timeout: 5_000 },
      )
      .then(
        () => true,
        () => false,
      )
    if (arrived) return
  }
  await page.goto(address)
}

/** `/w/harbor/privacy/requests` of all that stands below it; undefined outside of the desk. */
const screenOf = (address: string): string | undefined =>
  /^https?:\/\/[^/]+\/w\/[^/?]+\/[^?]+/.exec(address)?.[0].split('/').slice(0, 7).join('/')
