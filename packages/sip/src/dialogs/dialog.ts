import { parameter, SyntaxFault, withParameter } from '../messages/grammar.ts'
import type { CoreHeaders, Headers } from '../messages/headers.ts'
import { noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { type NameAddr, tagOf } from '../messages/name-addr.ts'
import { isSipUri, type SipUri, type Uri, uriParameter } from '../messages/uri.ts'

/** A request before it has a Via: the endpoint adds one for each target that it tries. */
export type Draft = Omit<SipRequest, 'headers'> & { readonly headers: Headers & Omit<CoreHeaders, 'via'> }

/** A dialog in the eyes of one side, §12. */
export type Dialog = {
  readonly role: 'uac' | 'uas'
  readonly state: 'early' | 'confirmed' | 'terminated'
  readonly callId: string
  readonly localTag: string
  /** `''` for an element of RFC 2543, §12.1.1. */
  readonly remoteTag: string
  readonly local: NameAddr
  readonly remote: NameAddr
  /** The Contact of the other side: the address of requests. */
  readonly remoteTarget: Uri
  readonly localContact: NameAddr
  readonly routeSet: readonly NameAddr[]
  readonly localSequence: number
  readonly remoteSequence?: number
}

/** What finds a dialog for a message that was received, §12. */
export const dialogKey = (callId: string, localTag: string, remoteTag: string): string => `${callId} ${localTag} ${remoteTag}`

/** The key of the dialog that a received request belongs to; undefined where it has no To tag and so belongs to none. */
export function keyOfRequest({ headers }: SipRequest): string | undefined {
  const localTag = tagOf(headers.to)
  return localTag === undefined ? undefined : dialogKey(headers.callId, localTag, tagOf(headers.from) ?? '')
}

/** The key of the dialog that a received response belongs to. */
export const keyOfResponse = ({ headers }: SipResponse): string =>
  dialogKey(headers.callId, tagOf(headers.from) ?? '', tagOf(headers.to) ?? '')

const firstContact = ({ contact }: Headers): NameAddr | undefined => (Array.isArray(contact) ? contact[0] : undefined)

/** §12.1.2: the dialog that a 1xx with a tag, or a 2xx, makes for who sent the request; undefined when the response makes none. */
export function dialogOfClient(request: SipRequest, response: SipResponse): Dialog | undefined {
  const { headers } = response
  const contact = firstContact(headers)
  const own = firstContact(request.headers)
  const remoteTag = tagOf(headers.to)
  const isFinal = response.status >= 200
  if (response.status <= 100 || response.status >= 300 || !own || (!isFinal && (remoteTag === undefined || !contact))) return undefined
  return {
    role: 'uac',
    state: isFinal ? 'confirmed' : 'early',
    callId: headers.callId,
    localTag: tagOf(request.headers.from) ?? '',
    remoteTag: remoteTag ?? '',
    local: request.headers.from,
    remote: headers.to,
    remoteTarget: contact?.uri ?? request.uri,
    localContact: own,
    // Reversed, §12.1.2.
    routeSet: [...(headers.recordRoute ?? [])].reverse(),
    localSequence: request.headers.cseq.sequence,
  }
}

/** §12.1.1: the dialog that our answer with `localTag` makes. Undefined where the request has no Contact to send to. */
export function dialogOfServer(request: SipRequest, localTag: string, localContact: NameAddr): Dialog | undefined {
  const { headers } = request
  const contact = firstContact(headers)
  if (!contact) return undefined
  return {
    role: 'uas',
    state: 'early',
    callId: headers.callId,
    localTag,
    remoteTag: tagOf(headers.from) ?? '',
    local: { ...headers.to, parameters: withParameter(headers.to.parameters, 'tag', localTag) },
    remote: headers.from,
    remoteTarget: contact.uri,
    localContact,
    routeSet: headers.recordRoute ?? [],
    localSequence: 0,
    remoteSequence: headers.cseq.sequence,
  }
}

/** The dialog after a response to a request in it: confirmed by a 2xx to the INVITE, with the Contact that the response brings, §12.2.1.2. */
export function afterResponse(dialog: Dialog, response: SipResponse): Dialog {
  const contact = firstContact(response.headers)
  const refreshes = response.status < 300 && (response.headers.cseq.method === 'INVITE' || response.headers.cseq.method === 'UPDATE')
  const isConfirmed = response.status >= 200 && response.status < 300 && response.headers.cseq.method === 'INVITE'
  return {
    ...dialog,
    ...(refreshes && contact && { remoteTarget: contact.uri }),
    // §13.2.2.4: the 2xx computes the route set of an early dialog anew.
    ...(isConfirmed &&
      dialog.state === 'early' &&
      dialog.role === 'uac' && { routeSet: [...(response.headers.recordRoute ?? [])].reverse() }),
    ...(isConfirmed && { state: 'confirmed' as const }),
  }
}

/** §12.2.2: a request in the dialog that was received. 500 where its number is lower than one before; ACK and CANCEL have their INVITE's. */
export function receive(
  dialog: Dialog,
  request: SipRequest,
): { readonly ok: true; readonly dialog: Dialog } | { readonly ok: false; readonly status: 500 } {
  const { cseq } = request.headers
  if (request.method === 'ACK' || request.method === 'CANCEL') return { ok: true, dialog }
  if (dialog.remoteSequence !== undefined && cseq.sequence < dialog.remoteSequence) return { ok: false, status: 500 }
  const contact = firstContact(request.headers)
  const refreshes = request.method === 'INVITE' || request.method === 'UPDATE'
  return { ok: true, dialog: { ...dialog, remoteSequence: cseq.sequence, ...(refreshes && contact && { remoteTarget: contact.uri }) } }
}

/** §12.2.1.1: a request in the dialog, and the dialog with its number. */
export function requestIn(
  dialog: Dialog,
  method: string,
  more: { readonly headers?: Headers; readonly body?: Uint8Array } = {},
): { readonly request: Draft; readonly dialog: Dialog } {
  const sequence = dialog.localSequence + 1
  return { request: draft(dialog, method, sequence, more), dialog: { ...dialog, localSequence: sequence } }
}

/** §13.2.2.4: the ACK of a 2xx has the number of its INVITE, and the credentials that the INVITE had. */
export function ackIn(dialog: Dialog, invite: { readonly headers: Headers & Pick<CoreHeaders, 'cseq'> }, body: Uint8Array = noBody): Draft {
  const { authorization, proxyAuthorization, cseq } = invite.headers
  const headers: Headers = {
    ...(authorization && { authorization }),
    ...(proxyAuthorization && { proxyAuthorization }),
    ...(body.length > 0 && { contentType: { value: 'application/sdp', parameters: [] } }),
  }
  return draft(dialog, 'ACK', cseq.sequence, { headers, body })
}

const refreshing: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER'])

function draft(
  dialog: Dialog,
  method: string,
  sequence: number,
  { headers = {}, body = noBody }: { readonly headers?: Headers; readonly body?: Uint8Array },
): Draft {
  const { uri, route } = routed(dialog.remoteTarget, dialog.routeSet)
  return {
    method,
    uri,
    headers: {
      maxForwards: 70,
      ...(route.length > 0 && { route }),
      from: dialog.local,
      to: dialog.remote,
      callId: dialog.callId,
      cseq: { sequence, method },
      ...(refreshing.has(method) && { contact: [dialog.localContact] }),
      ...headers,
    },
    body,
  }
}

/** §12.2.1.1: with a loose router first the target stays; a strict router takes its place, and the target goes to the end of the route. */
export function routed(target: Uri, routeSet: readonly NameAddr[]): { readonly uri: Uri; readonly route: readonly NameAddr[] } {
  const [first, ...rest] = routeSet
  if (!first) return { uri: target, route: [] }
  if (uriParameter(first.uri, 'lr') !== undefined) return { uri: target, route: routeSet }
  return { uri: withoutHeaders(first.uri), route: [...rest, { uri: target, parameters: [] }] }
}

const withoutHeaders = (uri: Uri): Uri => {
  if (!isSipUri(uri)) return uri
  return { ...uri, headers: [], parameters: uri.parameters.filter(({ name }) => name.toLowerCase() !== 'method') }
}

/** §8.1.2: where a request goes first: to the topmost Route if it is a loose router, else to its own address. */
export function nextHop({ uri, headers }: Draft): Uri {
  const [first] = headers.route ?? []
  return first && uriParameter(first.uri, 'lr') !== undefined ? first.uri : uri
}

/** A contact of ours. */
export function contactAt(user: string | undefined, host: string, port: number, transport: string): NameAddr {
  const uri: SipUri = {
    scheme: 'sip',
    ...(user !== undefined && { user }),
    host: host.includes(':') && !host.startsWith('[') ? `[${host}]` : host,
    port,
    parameters: transport === 'UDP' ? [] : [{ name: 'transport', value: transport.toLowerCase() }],
    headers: [],
  }
  return { uri, parameters: [] }
}

/** The tag of an address that must have one. */
export function needTag(address: NameAddr): string {
  const tag = parameter(address.parameters, 'tag')
  if (!tag) throw new SyntaxFault('From', 'has no tag')
  return tag
}
