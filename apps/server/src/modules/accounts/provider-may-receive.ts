import { serverMayUse } from '../../platform/egress/index.ts'
import type { ProviderName } from './provider-identity.ts'
import type { AccountServices } from './services.ts'

/** Whether somebody may still be sent to Google or Facebook to sign in. Nobody is in a workspace yet, so the register of the operator's decides. */
export async function providerMayReceive({ database }: AccountServices, name: ProviderName): Promise<boolean> {
  const outgoing = { connection: name, purpose: 'account', categories: ['identifier', 'name', 'contact_details'] } as const
  return (await serverMayUse(database, outgoing)).allowed
}
