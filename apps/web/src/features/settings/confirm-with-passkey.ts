import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication, WebAuthnError } from '@simplewebauthn/browser'
import { call } from '../../lib/api.ts'

export { passkeysWork } from '../accounts/passkey.ts'

/** Confirms with a passkey that it is the person who is signed in. False when she turned away from the browser's question. */
export async function confirmWithPasskey(): Promise<boolean> {
  const { challengeId, options } = await call('POST /reauthentication/passkey-options')
  try {
    // The server made these options for this very call (WebAuthn Level 3 §5.1.9).
    const response = await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON })
    await call('POST /reauthentication', {
      body: {
        method: 'passkey',
        challengeId,
        response: {
          ...response,
          type: 'public-key',
          response: { ...response.response },
          clientExtensionResults: { ...response.clientExtensionResults },
        },
      },
    })
    return true
  } catch (error) {
    if (error instanceof WebAuthnError || (error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name)))
      return false
    throw error
  }
}
