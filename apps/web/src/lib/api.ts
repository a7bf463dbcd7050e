import { type ApiRouteName, apiClient } from '@frontdesk/contract/client'
import { unattendedHeader } from './attended.ts'
import { connectionLost, connectionSeen } from './connection.ts'
import { guessReader } from './i18n.tsx'
import { newKey } from './keys.ts'
import { numbersWish } from './numbers-in-text.ts'
import { learnRefusals } from './problems.ts'

export { ApiProblem } from '@frontdesk/contract/client'

let workspaceId: string | undefined

/** Says in which workspace calls work from now on; set by the workspace's route before its screens load. */
export function callIn(workspace: string | undefined): void {
  workspaceId = workspace
}

/** The workspace that calls work in. */
export const calledWorkspace = (): string | undefined => workspaceId

/**
 * Calls the API by the name of its route: `call('POST /services', { body })`. Throws `ApiProblem` for a refusal and `TypeError` when the network is gone.
 * Every POST carries an idempotency key; give your own where the same wish may be sent twice, as forms do.
 */
export const call = apiClient({
  headers: () => ({
    'accept-language': guessReader().tag,
    ...unattendedHeader(),
    ...(workspaceId === undefined ? {} : { 'frontdesk-workspace': workspaceId }),
  }),
  fetch: async (address, init) => {
    const headers = new Headers(init?.headers)
    if (init?.method === 'POST' && !headers.has('idempotency-key')) headers.set('idempotency-key', newKey())
    try {
      let response = await fetch(address, { ...init, headers })
      connectionSeen()
      const wish = await numbersWish(response)
      if (wish !== undefined) {
        headers.set('frontdesk-numbers', wish)
        response = await fetch(address, { ...init, headers })
      }
      if (saysSomething(response, init?.method)) await learnRefusals(guessReader()).catch(() => undefined)
      return response
    } catch (error) {
      // Somebody turned away from the answer; that says nothing about the line.
      if (!(init?.signal?.aborted ?? false)) connectionLost()
      throw error
    }
  },
})

/** Refusals that a person reads. That she is not signed in leads to signing in, without a word. */
const saysSomething = ({ ok, status }: Response, method = 'GET'): boolean => !ok && !(method === 'GET' && status === 401)

export type { ApiRouteName }
