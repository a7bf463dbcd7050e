import { mayLeave } from '../../platform/egress/index.ts'
import { firstWorkspace } from './acceptance.ts'
import type { ProviderName } from './provider-identity.ts'
import type { AccountServices } from './services.ts'

/**
 * Whether somebody may still be sent to Google or Facebook to sign in. Nobody is in a workspace yet, so the register of the first one decides: it belongs to whoever set
 * this server up and its connections with it.
 */
export async function providerMayReceive({ database }: AccountServices, name: ProviderName): Promise<boolean> {
  const first = await firstWorkspace(database)
  if (!first) return true
  const answer = await database.inWorkspace(first, (tx) =>
    mayLeave(tx, { connection: name, purpose: 'account', categories: ['identifier', 'name', 'contact_details'] }),
  )
  return answer.allowed
}
