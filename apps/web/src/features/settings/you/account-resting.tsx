import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { forgetAllDrafts } from '../../../lib/draft.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useMe } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { accountWords } from './account-words.ts'
import { useAct } from './use-act.ts'

/** Deactivating one's account: it rests until she signs in again and takes that back. Where an owner let her in again, the rest is taken back here. */
export function AccountResting() {
  const t = useWords(accountWords)
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  const { act, busy, said } = useAct()
  const { restsIn } = useMe()
  const [asking, setAsking] = useState(false)
  const rest = () => {
    setAsking(false)
    return act(async () => {
      await confirmed(() => call('POST /me/deactivation'))
      forgetAllDrafts()
      queries.clear()
      // She is signed out: a whole load, so that nothing of hers stays in memory.
      location.assign('/sign-in')
    })
  }
  const wake = () =>
    act(async () => {
      await call('DELETE /me/deactivation')
      await queries.invalidateQueries({ queryKey: ['me'] })
    })
  return (
    <Section title={t('restTitle')} intro={t('restIntro')}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      {restsIn > 0 && (
        <Note tone="wait">
          <span className="grid justify-items-start gap-2">
            {t('restsIn', { count: restsIn })}
            <Button size="sm" busy={busy} onClick={() => void wake()}>
              {t('restsInWake')}
            </Button>
          </span>
        </Note>
      )}
      <span>
        <Button busy={busy} onClick={() => setAsking(true)}>
          {t('restDo')}
        </Button>
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('restAsk')}
        description={t('restAskText')}
        action={t('restDo')}
        onConfirm={() => void rest()}
      />
      {dialog}
    </Section>
  )
}
