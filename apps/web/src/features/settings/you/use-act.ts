import { useState } from 'react'
import { slugOf, useExplain } from '../../../lib/problems.ts'

/** One act at a time. */
export type Act = {
  readonly act: (work: () => Promise<unknown>) => Promise<void>
  readonly busy: boolean
  /** What stood against it the last time, to be shown beside its button. */
  readonly said: string | undefined
}

/** Whether an error only means that somebody did not want to say who she is; she knows that herself. */
export const turnedAway = (error: unknown): boolean => slugOf(error) === 'accounts/reauthentication-required'

/** Runs what a button does, and keeps whether it runs and why it failed. */
export function useAct(): Act {
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  return {
    busy,
    said,
    act: async (work) => {
      setBusy(true)
      setSaid(undefined)
      try {
        await work()
      } catch (error) {
        if (!turnedAway(error)) setSaid(explain(error).message)
      } finally {
        setBusy(false)
      }
    },
  }
}
