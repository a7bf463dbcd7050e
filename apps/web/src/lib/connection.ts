import { useSyncExternalStore } from 'react'

/** Whether the server answers. `lost` is what a request found out; `navigator.onLine` alone only knows about cables. */
export type Connection = 'up' | 'lost'

const listeners = new Set<() => void>()
let state: Connection = 'up'
let tries = 0
let timer: ReturnType<typeof setTimeout> | undefined

function become(next: Connection): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

/** A request came back, whatever it said. */
export function connectionSeen(): void {
  tries = 0
  clearTimeout(timer)
  timer = undefined
  become('up')
}

/** A request did not come back: look again after 1, 2, 4 … 30 seconds. */
export function connectionLost(): void {
  become('lost')
  if (timer !== undefined) return
  const wait = Math.min(30_000, 1000 * 2 ** tries)
  tries += 1
  timer = setTimeout(() => void lookAgain(), wait)
}

/** Asks the server for a sign of life, now. */
export async function lookAgain(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(8000) })
    connectionSeen()
  } catch {
    connectionLost()
  }
}

/** Calls back whenever the connection is lost or found again. */
export function onConnection(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The connection as it is now. */
export const connection = (): Connection => state

/** Draws again when the connection is lost or found. */
export const useConnection = (): Connection => useSyncExternalStore(onConnection, connection)

/** Listens to the browser's own signs; called once at the start. */
export function watchConnection(): void {
  addEventListener('offline', connectionLost)
  addEventListener('online', () => void lookAgain())
}
