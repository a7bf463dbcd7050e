/**
 * Who may describe the session next, RFC 3264 §4 and RFC 6337: at any time at most one offer is without answer, and it has one owner.
 * `pendingInvite` and glare: §14.1, §14.2, RFC 3311 §5.
 */
export type Offers = {
  readonly offer: 'none' | 'ours' | 'theirs'
  /** An INVITE transaction that runs in the dialog, by who began it. */
  readonly invite: 'none' | 'ours' | 'theirs'
}

export const noOffers: Offers = { offer: 'none', invite: 'none' }

/** Whether we may send an INVITE (or an UPDATE with an offer) now. */
export const mayOffer = ({ offer, invite }: Offers, method: 'INVITE' | 'UPDATE'): boolean =>
  offer === 'none' && (method === 'UPDATE' || invite === 'none')

/** How an INVITE or UPDATE from the other side is answered: undefined when it may be processed. */
export function glare(
  { offer, invite }: Offers,
  method: 'INVITE' | 'UPDATE',
  hasOffer: boolean,
): { readonly status: 491 } | { readonly status: 500; readonly retryAfter: true } | undefined {
  // §14.2: ours runs: 491. Theirs runs: 500 with Retry-After between 0 and 10 s.
  if (method === 'INVITE' && invite === 'ours') return { status: 491 }
  if (method === 'INVITE' && invite === 'theirs') return { status: 500, retryAfter: true }
  if (!hasOffer) return undefined
  // RFC 3311 §5.2.
  if (offer === 'ours') return { status: 491 }
  return offer === 'theirs' ? { status: 500, retryAfter: true } : undefined
}

/** §14.1: how long to wait after a 491 in milliseconds: who made the Call-ID 2.1 to 4 s, the other side 0 to 2 s, in steps of 10 ms. */
export const retryAfter491 = (ownsCallId: boolean, chance: number): number =>
  ownsCallId ? 2100 + Math.floor(chance * 191) * 10 : Math.floor(chance * 201) * 10
