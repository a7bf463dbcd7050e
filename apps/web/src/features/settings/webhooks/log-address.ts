import type { DeliveryState, EventType } from '@frontdesk/contract'

/** The states of a delivery, in order. */
export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed'] as const satisfies readonly DeliveryState[]

/** What the address of a log says: which deliveries are listed, and which one is open. */
export type LogSearch = { readonly state?: DeliveryState; readonly kind?: EventType; readonly delivery?: string }

/** Reads the address; what makes no sense is left out. Whether there is such a kind the server knows. */
export function readLogSearch(search: Readonly<Record<string, unknown>>): LogSearch {
  const state = deliveryStates.find((one) => one === search.state)
  const { kind, delivery } = search
  return {
    ...(state ? { state } : {}),
    ...(typeof kind === 'string' && /^[a-z_]+\.[a-z_]+$/.test(kind) ? { kind: kind as EventType } : {}),
    ...(typeof delivery === 'string' && /^[0-9a-f-]{36}$/.test(delivery) ? { delivery } : {}),
  }
}
