import { useSyncExternalStore } from 'react'

/** What Chromium offers when the app can be installed; other browsers have their own way and no event. */
type InstallOffer = Event & { readonly prompt: () => Promise<unknown> }

const listeners = new Set<() => void>()
let offer: InstallOffer | undefined
let waiting: ServiceWorker | undefined

function tell(): void {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Registers the service worker, and notices when a newer version waits or the browser offers to install. Called once at the start. */
export function watchInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer = event as InstallOffer
    tell()
  })
  addEventListener('appinstalled', () => {
    offer = undefined
    tell()
  })
  // A screen whose files a newer version replaced; the shell then offers to reload.
  addEventListener('vite:preloadError', () => {
    outdated = true
    tell()
  })
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  void navigator.serviceWorker.register('/sw.js').then((registration: ServiceWorkerRegistration | undefined) => {
    // Some browsers answer with nothing where workers are blocked.
    if (!registration) return
    const look = (worker: ServiceWorker | null) => {
      if (!worker) return
      const ready = () => {
        // The very first one replaces nothing.
        if (worker.state === 'installed' && navigator.serviceWorker.controller) {
          waiting = worker
          tell()
        }
      }
      worker.addEventListener('statechange', ready)
      ready()
    }
    look(registration.waiting)
    registration.addEventListener('updatefound', () => look(registration.installing))
    // A desk is open for nine hours; ask for a newer version now and then.
    setInterval(() => void registration.update().catch(() => {}), 30 * 60_000)
  }, console.warn)
}

let outdated = false

/** Installs the app, where the browser offers it. */
export function useInstall(): (() => void) | undefined {
  const offered = useSyncExternalStore(subscribe, () => offer)
  return offered && (() => void offered.prompt())
}

/** Loads the newer version, when one waits. Drafts stay. */
export function useUpdate(): (() => void) | undefined {
  const ready = useSyncExternalStore(subscribe, () => waiting !== undefined || outdated)
  if (!ready) return undefined
  return () => {
    if (!waiting) return location.reload()
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    waiting.postMessage('activate')
  }
}
