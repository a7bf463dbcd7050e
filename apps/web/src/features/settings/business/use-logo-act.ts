import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { slugOf, useExplain } from '../../../lib/problems.ts'
import { faultOfRefusal, type LogoFault } from './logo-file.ts'
import { businessWords } from './words.ts'

/** Changes the logo, one act at a time, and keeps in words what stood against it. */
export function useLogoAct() {
  const t = useWords(businessWords)
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  return {
    busy,
    said,
    /** Says why a file is not even sent. */
    refuse: (fault: LogoFault) => setSaid(t(fault)),
    act: async (work: () => Promise<unknown>): Promise<void> => {
      setBusy(true)
      setSaid(undefined)
      try {
        await work()
      } catch (error) {
        const fault = faultOfRefusal(slugOf(error))
        setSaid(fault ? t(fault) : explain(error).message)
      } finally {
        setBusy(false)
      }
    },
  }
}
