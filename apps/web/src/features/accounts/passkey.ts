import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnError,
} from '@simplewebauthn/browser'
import { call } from '../../lib/api.ts'
import type { Me } from '../../lib/session.ts'

/** Whether passkeys work here: the browser knows them and the address is encrypted. */
export const passkeysWork = (): boolean => browserSupportsWebAuthn() && isSecureContext

/** Signs in with a passkey. `undefined` when the person turned away from the browser's question. */
export async function signInWithPasskey(): Promise<Me | undefined> {
  const { challengeId, options } = await call('POST /passkeys/sign-in/options')
  try {
    // The server made these options for this very call (WebAuthn Level 3 §5.1.9).
    const response = await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON })
    const { me } = await call('POST /passkeys/sign-in', {
      body: {
        challengeId,
        response: {
          ...response,
          type: 'public-key',
          response: { ...response.response },
          clientExtensionResults: { ...response.clientExtensionResults },
        },
      },
    })
    return me
  } catch (error) {
    if (error instanceof WebAuthnError || (error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name)))
      return undefined
    throw error
  }
}
