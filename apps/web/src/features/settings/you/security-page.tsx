import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { AuthenticatorSection } from './authenticator-section.tsx'
import { PasskeySection } from './passkey-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { ProviderSection } from './provider-section.tsx'
import { methodsQuery } from './queries.ts'
import { SecondFactorAsked } from './second-factor-asked.tsx'

/** The ways into one's account: password, one-time codes, passkeys, other services. */
export function SecurityPage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(methodsQuery)
  const { confirmed, dialog } = useConfirmation()
  return (
    <SettingsPane title={shared('page/security')}>
      <Asked asked={asked} lines={12}>
        {(methods) => (
          <>
            <SecondFactorAsked methods={methods} />
            <PasswordSection methods={methods} confirmed={confirmed} />
            <AuthenticatorSection methods={methods} confirmed={confirmed} />
            <PasskeySection methods={methods} confirmed={confirmed} />
            <ProviderSection methods={methods} confirmed={confirmed} />
          </>
        )}
      </Asked>
      {dialog}
    </SettingsPane>
  )
}
