import { useEffect, useRef, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { saveText } from '../../../lib/save-file.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { copyText } from '../../../ui/copy-field.tsx'
import { youWords } from './words.ts'

/** What `RecoveryCodes` is given. */
export type RecoveryCodesProps = { readonly codes: readonly string[]; readonly onKept: () => void }

/** Recovery codes, this one time: to copy, to save, to write down. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useWords(youWords)
  const [copied, setCopied] = useState<boolean>()
  const box = useRef<HTMLElement>(null)
  // Whoever typed the code just now is led to what came of it.
  useEffect(() => box.current?.focus(), [])
  const text = codes.join('\n')
  return (
    <section ref={box} tabIndex={-1} aria-label={t('codesTitle')} className="grid gap-3 rounded-md outline-offset-4">
      <Note tone="wait" icon="key">
        {t('codesOnce')}
      </Note>
      <ol dir="ltr" className="figures grid max-w-104 grid-cols-2 gap-x-6 gap-y-1 rounded-md bg-sunken p-4 font-mono text-md select-all">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <span className="flex flex-wrap gap-2">
        <Button icon={copied ? 'check' : 'copy'} onClick={() => void copyText(text).then(setCopied)}>
          {t(copied ? 'codesCopied' : 'codesCopy')}
        </Button>
        <Button icon="download" onClick={() => saveText('frontdesk-recovery-codes.txt', 'text/plain', `${text}\n`)}>
          {t('codesSave')}
        </Button>
        <Button variant="solid" onClick={onKept}>
          {t('codesKept')}
        </Button>
      </span>
      <p role="status" className="text-xs text-ink-3 empty:hidden">
        {copied === false && t('codesByHand')}
      </p>
    </section>
  )
}
