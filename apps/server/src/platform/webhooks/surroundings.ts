import { isIP } from 'node:net'
import type { KeyPurpose, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'
import { definePort, definePortList } from '../events/index.ts'
import { isOutside } from '../http/outbound-address.rules.ts'

/** Where webhooks may lead. */
export type WebhookSurroundings = {
  readonly protocols: readonly string[]
  readonly isOutside: (address: string) => boolean
}

/** The open internet, by https. With `loopback`, which is for tests of the operator, this computer as well, by http too. */
export const webhookReach = ({ loopback }: { readonly loopback: boolean }): WebhookSurroundings =>
  loopback
    ? { protocols: ['https:', 'http:'], isOutside: (address) => isOutside(address) || isLoopback(address) }
    : { protocols: ['https:'], isOutside }

const isLoopback = (address: string): boolean => (isIP(address) === 4 && address.startsWith('127.')) || address === '::1'

/** Filled by the house. */
export const webhookSurroundings = definePort<WebhookSurroundings>('platform.webhooks')

/** Somebody outside whose program an endpoint is. */
export type EndpointRecipient = { readonly processorId: string; readonly purpose: KeyPurpose }

/**
 * Who keeps the register of recipients: admits one for an endpoint, and says why one may not be sent anything any more. An endpoint is a recipient of its own, named by whoever sets it up, as an API
 * key is; it is not one of this server's connections, whose contracts are the host's. Without a name it is a program of the business itself.
 */
export const endpointRegisters = definePortList<{
  /** Records the hand-over. Throws `privacy/recipient-stopped`. */
  admit(tx: WorkspaceTx, by: Principal, wish: EndpointRecipient & { readonly endpointId: string }): Promise<{ readonly name: string }>
  /** One sentence, or undefined where it may. */
  stopped(tx: WorkspaceTx, wish: EndpointRecipient): Promise<string | undefined>
}>('webhooks.registers')
