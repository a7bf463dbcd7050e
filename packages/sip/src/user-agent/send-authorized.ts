import type { Draft } from '../dialogs/dialog.ts'
import { authorize, type Credentials, type DigestMemory, takeChallenges } from '../digest/digest-client.ts'
import type { SipRequest, SipResponse } from '../messages/message.ts'
import type { Failure } from '../transactions/timers.ts'
import type { Endpoint, Sent } from './endpoint.ts'

/** Who sends a request that may be challenged. */
export type AuthorizedUser = {
  /** The request once more, with a higher number, §22.2: the branch is the endpoint's. */
  readonly next: (draft: Draft) => Draft
  readonly onResponse: (response: SipResponse, sent: SipRequest) => void
  readonly onFailure: (failure: Failure | 'no server') => void
}

/** Sends a request and answers the challenges of servers and proxies on its way, §22. A challenge that cannot be answered is a response like any other. */
export function sendAuthorized(
  ground: { readonly endpoint: Endpoint; readonly token: () => string; readonly credentials?: Credentials },
  first: Draft,
  user: AuthorizedUser,
): Sent {
  const { endpoint, token, credentials } = ground
  let sent: Sent
  let wanted = false
  const go = (draft: Draft, memory: DigestMemory) => {
    sent = endpoint.send(draft, {
      onFailure: user.onFailure,
      onResponse(response, request) {
        if ((response.status !== 401 && response.status !== 407) || !credentials || wanted) return user.onResponse(response, request)
        const step = takeChallenges(memory, request, response, token)
        if (!step.retry) return user.onResponse(response, request)
        const again = user.next(draft)
        const signed = authorize(step.memory, { ...again, headers: { ...again.headers, via: request.headers.via } }, credentials)
        const { via: _via, ...headers } = signed.request.headers
        go({ ...signed.request, headers }, signed.memory)
      },
    })
  }
  go(first, [])
  return {
    cancel() {
      wanted = true
      sent.cancel()
    },
  }
}
