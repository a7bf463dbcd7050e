import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { enter } from '../../scripts/screens/visit.ts'
import { openBrowser, openWindow, type Window } from '../setup/chromium.ts'
import { type DeskOptions, newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'

export type Owner = Awaited<ReturnType<typeof becomeOwner>>

/** A desk with an owner, and a browser to look at it with. It is there from the first test of a file on. */
export type OwnedDesk = {
  readonly browser: Browser
  readonly owner: Owner
  readonly url: string
  readonly dataFolder: string
  /** The business, in addresses. */
  readonly slug: string
  /** The desk of the business: scheme://host/w/slug. */
  readonly home: string
  /** A window in which the owner is signed in. */
  readonly window: (options: BrowserContextOptions) => Promise<Window>
}

type Env = Readonly<Record<string, string>>

/** Starts a desk before the first test of this file, makes its owner, and ends it after the last. `ownServer`: with a PostgreSQL of its own, as a customer starts it. */
export function ownedDesk({
  ownServer = false,
  env = {},
  prepare = async () => undefined,
  ...options
}: Omit<DeskOptions, 'dataFolder' | 'env'> & {
  readonly ownServer?: boolean
  /** Its environment, or what makes it, such as a mail server that has to be there first. */
  readonly env?: Env | ((dataFolder: string) => Promise<Env>)
  /** What has to be there before anybody looks. */
  readonly prepare?: (owner: Owner) => Promise<unknown>
} = {}): OwnedDesk {
  const dataFolder = newDataFolder()
  let browser: Browser | undefined
  let desk: RunningDesk | undefined
  let owner: Owner | undefined
  let signedIn: BrowserContextOptions['storageState']
  beforeAll(async () => {
    const start = ownServer ? startDesk : startDeskHere
    const made = typeof env === 'function' ? await env(dataFolder) : env
    ;[browser, desk] = await Promise.all([openBrowser(), start({ args: ['--port', '0'], ...options, env: made, dataFolder })])
    owner = await becomeOwner(desk)
    await prepare(owner)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await desk?.stop()
    removeDataFolder(dataFolder)
  })
  const here = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('The desk is there once the first test begins.')
    return one
  }
  return {
    get browser() {
      return here(browser)
    },
    get owner() {
      return here(owner)
    },
    get url() {
      return here(desk).url
    },
    get slug() {
      return here(owner).workspace.slug
    },
    get home() {
      return `${here(desk).url}/w/${here(owner).workspace.slug}`
    },
    dataFolder,
    async window(size) {
      signedIn ??= await enter(here(browser), { url: here(desk).url, signIn: ownerAccount })
      return openWindow(here(browser), { ...size, ...(signedIn ? { storageState: signedIn } : {}) })
    },
  }
}
