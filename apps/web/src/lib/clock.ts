import { useSyncExternalStore } from 'react'

/** This moment, in epoch milliseconds. The one place of the web app that asks the computer's clock. */
export const nowMs = (): number => Date.now()

const MINUTE = 60_000
const listeners = new Set<() => void>()
let minute = Math.floor(nowMs() / MINUTE)
let timer: ReturnType<typeof setTimeout> | undefined

function wake() {
  minute = Math.floor(nowMs() / MINUTE)
  for (const listener of listeners) listener()
  timer = listeners.size > 0 ? setTimeout(wake, MINUTE - (nowMs() % MINUTE) + 50) : undefined
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setTimeout(wake, MINUTE - (nowMs() % MINUTE) + 50)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearTimeout(timer)
      timer = undefined
    }
  }
}

/** The present minute in epoch milliseconds; draws again when it passes. One timer serves the whole page. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => minute) * MINUTE
}
