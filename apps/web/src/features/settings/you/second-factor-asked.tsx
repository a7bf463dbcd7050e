import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { meQuery, useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmItIsYou } from '../confirm-it-is-you.tsx'
import type { SignInMethods } from './queries.ts'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** Stands first where the business lets nobody in without a second factor: what to do, and the way in for whoever has one. */
export function SecondFactorAsked({ methods }: { readonly methods: SignInMethods }) {
  const t = useWords(youWords)
  const queries = useQueryClient()
  const { asksSecondFactor, name, id } = useWorkspace()
  const [asking, setAsking] = useState(false)
  const { act, busy, said } = useAct()
  if (!asksSecondFactor) return null
  const has = methods.totp !== null || methods.passkeys.length > 0
  const look = () =>
    act(async () => {
      // Setting one up proved it in this session already; signing in with the password alone did not.
      const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      setAsking(me.workspaces.some((workspace) => workspace.id === id && workspace.asksSecondFactor))
    })
  return (
    <div className="grid justify-items-start gap-3 pb-2">
      <Note tone="wait">{t(has ? 'secondFactorProve' : 'secondFactorSetUp', { business: name })}</Note>
      {has && (
        <Button variant="solid" icon="lock" busy={busy} onClick={() => void look()}>
          {t('secondFactorDo', { business: name })}
        </Button>
      )}
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      {asking && (
        <ConfirmItIsYou
          secondFactor
          onCancel={() => setAsking(false)}
          onDone={() => {
            setAsking(false)
            void look()
          }}
        />
      )}
    </div>
  )
}
