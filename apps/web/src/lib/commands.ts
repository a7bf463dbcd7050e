import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { IconName } from '../ui/icon-shapes.ts'
import { keep, kept } from './storage.ts'

/**
 * Something a person can do from anywhere on the present screen: by the palette, and by a key where it has one.
 * `keys` is one key, two in a row (`g c`), or a chord with the command key (`mod+k`: ⌘ on a Mac, Ctrl elsewhere). Letters are those the key writes, so `?` is `?`
 * on every keyboard.
 */
export type Command = {
  readonly label: string
  /** The heading under which it stands, in the palette and in the list of keys. */
  readonly group: string
  readonly keys?: string
  readonly icon?: IconName
  /** Other words under which the palette finds it. */
  readonly words?: readonly string[]
  /** Only a key, such as the one that opens the palette itself. */
  readonly keysOnly?: boolean
  readonly run: () => unknown
}

const registry = new Set<Command>()
const listeners = new Set<() => void>()
let snapshot: readonly Command[] = []
let pending = ''
let pendingTimer: ReturnType<typeof setTimeout> | undefined

const SINGLE_KEYS = 'frontdesk.single-keys'
/** How long the first key of two waits for the second. */
const SEQUENCE_MS = 1200

/** Whether keys without Ctrl or ⌘ act (WCAG 2.1.4 asks for a way to turn them off; speech input needs it). */
export const singleKeysOn = (): boolean => kept(SINGLE_KEYS) !== 'off'
/** Turns keys without Ctrl or ⌘ on or off, for this computer. */
export const turnSingleKeys = (on: boolean): void => {
  keep(SINGLE_KEYS, on ? undefined : 'off')
  changed()
}

function changed(): void {
  snapshot = [...registry]
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The commands of the present screen, oldest first. */
export const useCommandList = (): readonly Command[] => useSyncExternalStore(subscribe, () => snapshot)

/** Offers commands while the component is there; those of inner screens go before those of the shell. Pass a new array as often as you like. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  latest.current = commands
  // What is shown decides whether to register again; what runs is always the newest.
  const shape = JSON.stringify(commands)
  useEffect(() => {
    const shown = JSON.parse(shape) as readonly Omit<Command, 'run'>[]
    const entries = shown.map((command, index): Command => ({ ...command, run: () => latest.current[index]?.run() }))
    for (const entry of entries) registry.add(entry)
    changed()
    return () => {
      for (const entry of entries) registry.delete(entry)
      changed()
    }
  }, [shape])
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** The name of a pressed key as commands write it, or nothing where it cannot be one of ours. */
export function pressedName(event: Pressed, mac: boolean): string | undefined {
  if (event.altKey || event.key === 'Shift') return undefined
  const command = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  if (other) return undefined
  return command ? `mod+${event.key.toLowerCase()}` : event.key
}

/** Which command a key completes, after what was pressed just before; `waits` when it begins a longer one. The newest wins. */
export function matchShortcut(pressed: string, before: string, all: readonly Command[]): Command | 'waits' | undefined {
  const whole = before ? `${before} ${pressed}` : pressed
  const exact =
    all.findLast((command) => command.keys === whole) ?? (before ? all.findLast((command) => command.keys === pressed) : undefined)
  if (exact) return exact
  return all.some((command) => command.keys?.startsWith(`${pressed} `)) ? 'waits' : undefined
}

/** Whether this is a Mac, where the command key is ⌘. */
export const onMac = (): boolean => /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** Listens for every key; called once at the start. `isTyping` says whether keys go into a box. */
export function listenForKeys(isTyping: (target: EventTarget | null) => boolean): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const pressed = pressedName(event, onMac())
    if (pressed === undefined) return
    const chord = pressed.startsWith('mod+')
    // While a dialog or a menu is open, its own keys count and the page behind it is out of reach.
    const covered = document.body.hasAttribute('data-scroll-locked') || insideFloat(event.target)
    if (!chord && (isTyping(event.target) || covered || !singleKeysOn())) return
    const found = matchShortcut(pressed, pending, snapshot)
    clearTimeout(pendingTimer)
    pending = found === 'waits' ? pressed : ''
    if (found === 'waits') {
      pendingTimer = setTimeout(() => {
        pending = ''
      }, SEQUENCE_MS)
    } else if (found) {
      event.preventDefault()
      found.run()
    }
  })
}

/** Keys as they are shown: `⌘K` on a Mac, `Ctrl K` elsewhere, `G then C` in parts. */
export function shownKeys(keys: string, mac: boolean): readonly string[] {
  return keys.split(' ').map((part) => {
    const [last = '', mod] = part.split('+').reverse()
    const key = last.length === 1 ? last.toUpperCase() : last
    return mod ? (mac ? `⌘${key}` : `Ctrl ${key}`) : key
  })
}

const insideFloat = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=menu], [role=dialog], [role=alertdialog], [role=listbox]') !== null
