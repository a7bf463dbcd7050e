import { createContext, useContext } from 'react'

/** Which people of the list are chosen, to be changed together. */
export type Selection = {
  readonly ids: ReadonlySet<string>
  readonly toggle: (contactId: string) => void
}

/** Undefined while nobody is being chosen, and rows open people. */
export const SelectionContext = createContext<Selection | undefined>(undefined)

/** The selection that is going on; undefined for none. */
export const useSelection = (): Selection | undefined => useContext(SelectionContext)
