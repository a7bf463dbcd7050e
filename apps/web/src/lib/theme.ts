import { useSyncExternalStore } from 'react'
import { keep, kept } from './storage.ts'

/** `system` follows the computer. */
export type Theme = 'system' | 'light' | 'dark'

const KEY = 'frontdesk.theme'
const listeners = new Set<() => void>()

/** The theme as chosen. */
export function chosenTheme(): Theme {
  const value = kept(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Chooses a theme, shows it at once and keeps it. `before-paint.js` sets it on the next visit. */
export function chooseTheme(theme: Theme): void {
  keep(KEY, theme === 'system' ? undefined : theme)
  show(theme)
}

/** The chosen theme, and how to change it. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, chosenTheme), chooseTheme]
}

function show(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  // The browser's own bars follow the ground of the rail.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const dark = theme === 'system' ? meta.media.includes('dark') : theme === 'dark'
    meta.content = dark ? '#0d0e10' : '#f6f6f8'
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab chose.
  const other = (event: StorageEvent) => {
    if (event.key === KEY) show(chosenTheme())
  }
  addEventListener('storage', other)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', other)
  }
}
