import type { ApiKeyId, KeyPurpose, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { definePortList } from '../../platform/events/index.ts'

/** Somebody outside whose program would use a key, and what the key would show it. */
export type KeyRecipient = { readonly processorId: string; readonly purpose: KeyPurpose; readonly scopes: readonly string[] }

/** Who keeps the register of recipients: admits one for a key, and says why one may not have what a key shows any more. */
export const keyRegisters = definePortList<{
  /** Records the hand-over. Throws `privacy/recipient-stopped`. */
  admit(tx: WorkspaceTx, by: Principal, wish: KeyRecipient & { readonly keyId: ApiKeyId }): Promise<{ readonly name: string }>
  /** One sentence, or undefined where it may. */
  stopped(tx: WorkspaceTx, wish: KeyRecipient): Promise<string | undefined>
}>('accounts.key-registers')

/** Admits a recipient for a key; without a register there is none. */
export async function admitKey(
  tx: WorkspaceTx,
  by: Principal,
  wish: KeyRecipient & { readonly keyId: ApiKeyId },
): Promise<{ readonly name: string }> {
  for (const register of keyRegisters.all()) return register.admit(tx, by, wish)
  throw new Refusal('http/not-found', { detail: 'There is no such recipient in the register.' })
}

/** Refuses a key of a recipient that may not have what it shows any more. Throws `privacy/recipient-stopped`. */
export async function requireKeyRecipient(tx: WorkspaceTx, wish: KeyRecipient): Promise<void> {
  for (const register of keyRegisters.all()) {
    const why = await register.stopped(tx, wish)
    if (why !== undefined) throw new Refusal('privacy/recipient-stopped', { detail: `${why} This key is refused until then.` })
  }
}
