import { type PublicKeyCredentialCreationOptionsJSON, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import { call } from '../../../lib/api.ts'
import type { Confirmation } from '../confirm-it-is-you.tsx'
import type { Passkey } from './queries.ts'

export { passkeysWork } from '../../accounts/passkey.ts'

/** What came of adding a passkey: itself, or that this device has one already, or that somebody turned away from the browser's question. */
export type AddedPasskey = Passkey | 'present' | 'cancelled'

/** Makes a passkey on this device or another one, and gives it to the account. */
export async function addPasskey(name: string, confirmed: Confirmation['confirmed']): Promise<AddedPasskey> {
  const { challengeId, options } = await confirmed(() => call('POST /passkeys/options'))
  try {
    // The server made these options for this very call (WebAuthn Level 3 §5.1.8).
    const response = await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON })
    return await call('POST /passkeys', {
      body: {
        challengeId,
        name,
        response: {
          ...response,
          type: 'public-key',
          response: { ...response.response },
          clientExtensionResults: { ...response.clientExtensionResults },
        },
      },
    })
  } catch (error) {
    const kind = error instanceof WebAuthnError || error instanceof DOMException ? error.name : undefined
    if (kind === 'InvalidStateError') return 'present'
    if (error instanceof WebAuthnError || kind === 'NotAllowedError' || kind === 'AbortError') return 'cancelled'
    throw error
  }
}
