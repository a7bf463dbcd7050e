import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { meQuery } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { type Profile, withProfile } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** Closing one's account, and keeping it after all while the grace lasts. */
export function AccountClosing({ user }: { readonly user: Profile }) {
  const t = useWords(youWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const { confirmed, dialog } = useConfirmation()
  const { act, busy, said } = useAct()
  const [asking, setAsking] = useState(false)
  const keep = (profile: Profile) => queries.setQueryData(meQuery.queryKey, withProfile(profile))
  const close = () => {
    setAsking(false)
    return act(async () => keep(await confirmed(() => call('POST /me/closing'))))
  }
  const reopen = () => act(async () => keep(await call('DELETE /me/closing')))
  return (
    <Section title={t('closeTitle')} {...(user.closesAt ? {} : { intro: t('closeIntro') })}>
      {user.closesAt && (
        <Note tone="wait" role="status">
          {t('closingText', { date: formats.date(user.closesAt) })}
        </Note>
      )}
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <span>
        {user.closesAt ? (
          <Button variant="solid" busy={busy} onClick={() => void reopen()}>
            {t('closeKeep')}
          </Button>
        ) : (
          <Button variant="danger" busy={busy} onClick={() => setAsking(true)}>
            {t('closeDo')}
          </Button>
        )}
      </span>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('closeAsk')}
        description={t('closeAskText')}
        action={t('closeDo')}
        onConfirm={() => void close()}
      />
      {dialog}
    </Section>
  )
}
