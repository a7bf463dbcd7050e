import { withParameter } from '../messages/grammar.ts'
import type { CoreHeaders, Headers } from '../messages/headers.ts'
import { noBody, reasonPhrases, type SipRequest, type SipResponse } from '../messages/message.ts'
import { tagOf } from '../messages/name-addr.ts'

/** What a response has beside what it copies. */
export type ResponseParts = { readonly headers?: Headers; readonly body?: Uint8Array; readonly reason?: string; readonly toTag?: string }

/** §8.2.6: a response copies Via, From, To, Call-ID and CSeq; a To tag is added to all but 100; what makes a dialog copies Record-Route, §12.1.1. */
export function responseTo(
  request: { readonly method: string; readonly headers: Headers & CoreHeaders },
  status: number,
  { headers = {}, body = noBody, reason, toTag }: ResponseParts = {},
): SipResponse {
  const { via, from, to, callId, cseq, recordRoute } = request.headers
  const makesDialog = status > 100 && status < 300 && recordRoute !== undefined && dialogMethods.has(request.method)
  const tagged = toTag !== undefined && status > 100 && tagOf(to) === undefined
  return {
    status,
    reason: reason ?? reasonPhrases[status] ?? 'Unknown',
    headers: {
      via,
      ...(makesDialog && { recordRoute }),
      from,
      to: tagged ? { ...to, parameters: withParameter(to.parameters, 'tag', toTag) } : to,
      callId,
      cseq,
      ...headers,
    },
    body,
  }
}

const dialogMethods: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE'])

/** What a user agent can do. */
export type Abilities = {
  readonly methods: readonly string[]
  /** Option tags, as in Supported. */
  readonly extensions: readonly string[]
  /** Media types of bodies. */
  readonly types: readonly string[]
}

/** §8.2.1 to §8.2.3: why a request cannot be processed at all; undefined when it can. */
export function inspect(
  request: SipRequest,
  { methods, extensions, types }: Abilities,
): { readonly status: number; readonly headers: Headers } | undefined {
  const { headers, body, uri, method } = request
  if (!methods.includes(method)) return { status: 405, headers: { allow: methods } }
  if (!['sip', 'sips', 'tel'].includes(uri.scheme)) return { status: 416, headers: {} }
  // §8.2.2.3: never for CANCEL and for the ACK of a refusal.
  const unknown =
    method === 'CANCEL' || method === 'ACK' ? [] : (headers.require ?? []).filter((option) => !extensions.includes(option.toLowerCase()))
  if (unknown.length > 0) return { status: 420, headers: { unsupported: unknown } }
  if (body.length === 0) return undefined
  const isOptional = headers.contentDisposition?.parameters.some(
    ({ name, value }) => name.toLowerCase() === 'handling' && value === 'optional',
  )
  if (isOptional) return undefined
  const accept = types.map((value) => ({ value, parameters: [] }))
  if (headers.contentEncoding && !headers.contentEncoding.every((coding) => coding.toLowerCase() === 'identity'))
    return { status: 415, headers: { accept } }
  return headers.contentType && types.includes(headers.contentType.value) ? undefined : { status: 415, headers: { accept } }
}
