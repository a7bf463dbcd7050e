import { useState } from 'react'

/** Whom somebody chooses to change together; `chosen` is undefined while nobody is being chosen. */
export type Choosing = {
  readonly chosen: ReadonlySet<string> | undefined
  readonly toggle: (contactId: string) => void
  /** Begins, or ends without doing anything. */
  readonly turn: () => void
  readonly none: () => void
  readonly end: () => void
}

/** Choosing several people of a list or a table. */
export function useChoosing(): Choosing {
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  return {
    chosen,
    toggle: (id) =>
      setChosen((before) => (before?.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...(before ?? []), id]))),
    turn: () => setChosen((before) => (before ? undefined : new Set())),
    none: () => setChosen(new Set()),
    end: () => setChosen(undefined),
  }
}
