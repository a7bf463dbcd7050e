import { useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import type { Me } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { accountsWords } from './words.ts'

/** What `PasskeyButton` is given. */
export type PasskeyButtonProps = {
  readonly onDone: (me: Me) => void
  /** Other words than "Sign in with a passkey". */
  readonly label?: string
}

/** Signs in with a passkey. What it needs is loaded with the first press. */
export function PasskeyButton({ onDone, label }: PasskeyButtonProps) {
  const t = useWords(accountsWords)
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string>()
  const press = async () => {
    setBusy(true)
    setSaid(undefined)
    try {
      const { passkeysWork, signInWithPasskey } = await import('./passkey.ts')
      if (!passkeysWork()) return setSaid(t('passkey/unsupported'))
      const me = await signInWithPasskey()
      if (me) onDone(me)
      else setSaid(t('passkey/cancelled'))
    } catch (error) {
      setSaid(explain(error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon="passkey" size="lg" wide busy={busy} onClick={() => void press()}>
        {label ?? t('signIn/passkey')}
      </Button>
      {said && (
        <Note tone="wait" role="alert">
          {said}
        </Note>
      )}
    </>
  )
}
