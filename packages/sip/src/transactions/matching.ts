import type { SipRequest, SipResponse } from '../messages/message.ts'
import { tagOf } from '../messages/name-addr.ts'
import { writeUri } from '../messages/uri.ts'
import { branchOf, hasUniqueBranch, topVia, type Via, writeVia } from '../messages/via.ts'

/** §17.1.3: a response belongs to the transaction with the branch of its top Via and the method of its CSeq. */
export function clientKey(message: SipRequest | SipResponse): string {
  return `${branchOf(topVia(message.headers.via))} ${message.headers.cseq.method}`
}

/** §17.2.3: a request belongs to the transaction with its branch, its sent-by and its method; an ACK to that of its INVITE. */
export function serverKey(request: SipRequest): string {
  const via = topVia(request.headers.via)
  const method = request.method === 'ACK' ? 'INVITE' : request.method
  if (hasUniqueBranch(via)) return `${branchOf(via)} ${sentBy(via)} ${method}`
  // Of an RFC 2543 element. A To tag is left out, because an ACK has one that its INVITE had not.
  const { from, callId, cseq } = request.headers
  return [
    writeUri(request.uri),
    tagOf(from) ?? '',
    callId,
    cseq.sequence,
    writeVia({ ...via, parameters: [] }),
    branchOf(via),
    method,
  ].join(' ')
}

/** §9.2: the transaction that a CANCEL wants to end: the same but for the method. */
export const cancelledKey = (cancel: SipRequest): string => serverKey({ ...cancel, method: 'INVITE' })

const sentBy = ({ host, port }: Via): string => `${host.toLowerCase()}:${port ?? ''}`
