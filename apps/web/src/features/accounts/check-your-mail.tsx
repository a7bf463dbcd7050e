import { useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Entrance } from './entrance.tsx'
import { accountsWords } from './words.ts'

/** What `CheckYourMail` is given. */
export type CheckYourMailProps = { readonly text: string; readonly resend: () => Promise<unknown>; readonly onOther: () => void }

/** What comes next stands in a mail. */
export function CheckYourMail({ text, resend, onOther }: CheckYourMailProps) {
  const t = useWords(accountsWords)
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ readonly tone: 'ok' | 'no'; readonly text: string }>()
  const again = async () => {
    setBusy(true)
    try {
      await resend()
      setSaid({ tone: 'ok', text: t('mail/sentAgain') })
    } catch (error) {
      setSaid({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Entrance title={t('mail/title')} intro={text}>
      <div role="status">{said && <Note tone={said.tone}>{said.text}</Note>}</div>
      <div className="flex flex-wrap gap-2">
        <Button icon="mail" busy={busy} onClick={() => void again()}>
          {t('mail/again')}
        </Button>
        <Button variant="quiet" onClick={onOther}>
          {t('mail/other')}
        </Button>
      </div>
    </Entrance>
  )
}
