import { useRef, useState } from 'react'
import { ApiProblem } from './api.ts'
import { changedFields, type MergedEdits, mergeEdits } from './merge-edits.ts'

/** Something as a form shows it, and the version it was read in. */
export type Versioned<Values> = { readonly values: Values; readonly version: number }

export type MergedEditSettings<Values extends object> = {
  /** What the form begins with. */
  readonly start: Versioned<Values>
  /** Reads it anew. */
  readonly reload: () => Promise<Versioned<Values>>
  /** Sends the named fields over the version that was read. */
  readonly save: (values: Values, fields: readonly (keyof Values & string)[], version: number) => Promise<unknown>
}

/** Saves over what somebody else may have saved meanwhile. */
export type MergedEdit<Values extends object> = {
  /** What both edits come to, once they met; to be looked over before it is saved. */
  readonly merged: MergedEdits<Values> | undefined
  /**
   * Saves what differs. Where somebody else saved first, both edits are brought together: if hers touched nothing of the form it is saved at once, otherwise `onMet`
   * gets the values to show and the refusal is thrown.
   */
  readonly send: (mine: Values, onMet: (values: Values) => void) => Promise<void>
  /** Whether anything differs from what was read. */
  readonly isChanged: (mine: Values) => boolean
}

/** Keeps what an edit began with, so that two people who edit one thing lose nothing (`If-Match`, 412). */
export function useMergedEdit<Values extends object>({ start, reload, save }: MergedEditSettings<Values>): MergedEdit<Values> {
  const base = useRef(start)
  const [merged, setMerged] = useState<MergedEdits<Values>>()
  const attempt = async (mine: Values) => {
    const fields = changedFields(base.current.values, mine)
    if (fields.length > 0) await save(mine, fields, base.current.version)
  }
  return {
    merged,
    isChanged: (mine) => changedFields(base.current.values, mine).length > 0,
    send: async (mine, onMet) => {
      try {
        await attempt(mine)
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.slug !== 'http/version-mismatch') throw error
        const theirs = await reload()
        const both = mergeEdits(base.current.values, mine, theirs.values)
        base.current = theirs
        if (both.taken.length === 0 && both.conflicts.length === 0) return attempt(mine)
        setMerged(both)
        onMet(both.values)
        throw error
      }
    },
  }
}
