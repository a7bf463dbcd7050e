import {
  attribute,
  type Codec,
  codecAttributes,
  codecsOf,
  connectionOf,
  type Direction,
  directionOf,
  keysOf,
  narrower,
  reverse,
  type SdesKey,
  sameCodec,
} from './media.ts'
import { type Attribute, connectionTo, type MediaSection, type Sdp } from './sdp.ts'

/** Our side of an audio stream. */
export type LocalAudio = {
  /** Where we receive. */
  readonly address: string
  readonly port: number
  /** In our order of preference, with the numbers that we give them. */
  readonly codecs: readonly Codec[]
  readonly direction: Direction
  /** Packet time in milliseconds. */
  readonly packetMs: number
  /** Keys by which we send, one for each suite that we know: then SRTP is offered, and plain RTP refused. */
  readonly keys?: readonly SdesKey[]
}

/** The number of a session and of its version, RFC 3264 §8: the version grows with each description that differs. */
export type SessionIds = { readonly session: string; readonly version: number }

/** What two descriptions together mean for our media. */
export type Agreed = {
  readonly direction: Direction
  /** What we send, with the other side's numbers. */
  readonly codec: Codec
  /** Digits by RFC 4733, if both know them. */
  readonly events?: Codec
  /** Where we send to. */
  readonly remote: { readonly address: string; readonly port: number }
  readonly packetMs: number
  readonly keys?: { readonly send: SdesKey; readonly receive: SdesKey }
}

/** The answer and what follows from it, or why nothing does (488). */
export type Answered = { readonly ok: true; readonly answer: Sdp; readonly agreed: Agreed } | { readonly ok: false; readonly why: string }
export type Agreement = { readonly ok: true; readonly agreed: Agreed } | { readonly ok: false; readonly why: string }

const isEvents = ({ name }: Codec): boolean => name === 'TELEPHONE-EVENT'
const isSound = (codec: Codec): boolean => !isEvents(codec) && codec.name !== 'CN'
const secure = /^RTP\/SAVPF?$/
const plain = /^RTP\/AVPF?$/

const session = (local: LocalAudio, { session: id, version }: SessionIds, media: readonly MediaSection[]): Sdp => ({
  origin: { username: '-', session: id, version: String(version), connection: connectionTo(local.address) },
  name: '-',
  connection: connectionTo(local.address),
  attributes: [],
  media,
})

function section(
  local: LocalAudio,
  protocol: string,
  codecs: readonly Codec[],
  direction: Direction,
  keys: readonly SdesKey[],
): MediaSection {
  const more: Attribute[] = [
    ...codecAttributes(codecs),
    { name: 'ptime', value: String(local.packetMs) },
    ...keys.map(({ tag, suite, key }) => ({ name: 'crypto', value: `${tag} ${suite} inline:${key}` })),
    { name: direction },
  ]
  return { kind: 'audio', port: local.port, protocol, formats: codecs.map(({ payload }) => String(payload)), attributes: more }
}

/** The first offer of a session, RFC 3264 §5. */
export const makeOffer = (local: LocalAudio, ids: SessionIds): Sdp =>
  session(local, ids, [section(local, local.keys ? 'RTP/SAVP' : 'RTP/AVP', local.codecs, local.direction, local.keys ?? [])])

/** An offer in a session that has begun, RFC 3264 §8: as many media in the same order; those that were refused stay so. */
export function makeNextOffer(local: LocalAudio, ids: SessionIds, before: Sdp): Sdp {
  let isFirst = true
  const media = before.media.map((was): MediaSection => {
    const isOurs = was.kind === 'audio' && was.port > 0 && isFirst
    if (isOurs) isFirst = false
    return isOurs ? section(local, was.protocol, local.codecs, local.direction, local.keys ?? []) : refused(was)
  })
  return isFirst ? { ...makeOffer(local, ids), media: [...media, ...makeOffer(local, ids).media] } : session(local, ids, media)
}

/** Refused: port 0, with a format because the grammar asks for one, RFC 3264 §6. */
const refused = ({ kind, protocol, formats }: MediaSection): MediaSection => ({ kind, port: 0, protocol, formats, attributes: [] })

/** Answers an offer, RFC 3264 §6: the first audio that we can speak is taken, everything else refused by port 0. */
export function answerOffer(offer: Sdp, local: LocalAudio, ids: SessionIds): Answered {
  let taken: { readonly section: MediaSection; readonly agreed: Agreed } | undefined
  const reasons: string[] = []
  const media = offer.media.map((theirs): MediaSection => {
    if (taken) return refused(theirs)
    const answer = answerSection(offer, theirs, local)
    if (typeof answer === 'string') {
      reasons.push(answer)
      return refused(theirs)
    }
    taken = answer
    return answer.section
  })
  if (!taken) return { ok: false, why: reasons[0] ?? 'there are no media' }
  return { ok: true, answer: session(local, ids, media), agreed: taken.agreed }
}

function answerSection(offer: Sdp, theirs: MediaSection, local: LocalAudio): { section: MediaSection; agreed: Agreed } | string {
  if (theirs.kind !== 'audio' || theirs.port === 0) return `${theirs.kind} is not taken`
  const isSecure = secure.test(theirs.protocol)
  if (!(local.keys ? isSecure : plain.test(theirs.protocol))) return `${theirs.protocol} is not taken`
  // Their order and their numbers, RFC 3264 §6.1.
  const common = codecsOf(theirs).filter((codec) => local.codecs.some((ours) => sameCodec(codec, ours)))
  const codec = common.find(isSound)
  if (!codec) return 'no codec in common'
  const events = common.find((one) => isEvents(one) && one.rate === codec.rate)
  const remote = remoteOf(offer, theirs)
  if (!remote) return 'no address'
  const keys = isSecure ? chooseKeys(theirs, local) : undefined
  if (isSecure && !keys) return 'no key for a suite that we know'
  const direction = narrower(local.direction, reverse(directionOf(offer, theirs)))
  const codecs = [codec, ...(events ? [events] : [])]
  return {
    section: section(local, theirs.protocol, codecs, direction, keys ? [keys.send] : []),
    agreed: { direction, codec, ...(events && { events }), remote, packetMs: packetMs(theirs, local), ...(keys && { keys }) },
  }
}

/** RFC 4568 §5.1.2: the answer has the tag and the suite of the offered key that it takes, and a key of its own. */
function chooseKeys(theirs: MediaSection, local: LocalAudio): { readonly send: SdesKey; readonly receive: SdesKey } | undefined {
  for (const receive of keysOf(theirs)) {
    const ours = local.keys?.find(({ suite }) => suite === receive.suite)
    if (ours) return { send: { ...ours, tag: receive.tag }, receive }
  }
  return undefined
}

/** What the answer to our offer means, RFC 3264 §7. */
export function readAnswer(offer: Sdp, answer: Sdp, local: LocalAudio): Agreement {
  if (answer.media.length !== offer.media.length) return { ok: false, why: 'the answer has another number of media than the offer' }
  const place = offer.media.findIndex(({ kind, port }, i) => kind === 'audio' && port > 0 && (answer.media[i]?.port ?? 0) > 0)
  const ours = offer.media[place]
  const theirs = answer.media[place]
  if (!ours || !theirs) return { ok: false, why: 'the media were refused' }
  if (theirs.kind !== 'audio' || theirs.protocol !== ours.protocol) return { ok: false, why: 'the answer has other media than the offer' }
  const offered = codecsOf(ours)
  const common = codecsOf(theirs).filter((codec) => offered.some((one) => sameCodec(one, codec)))
  const codec = common.find(isSound)
  const remote = remoteOf(answer, theirs)
  if (!codec || !remote) return { ok: false, why: codec ? 'no address' : 'no codec in common' }
  const events = common.find((one) => isEvents(one) && one.rate === codec.rate)
  const receive = keysOf(theirs)[0]
  const send = receive && local.keys?.find(({ tag, suite }) => tag === receive.tag && suite === receive.suite)
  if (secure.test(ours.protocol) && !(receive && send)) return { ok: false, why: 'the answer has no key for a suite that was offered' }
  return {
    ok: true,
    agreed: {
      direction: narrower(local.direction, reverse(directionOf(answer, theirs))),
      codec,
      ...(events && { events }),
      remote,
      packetMs: packetMs(theirs, local),
      ...(send && receive && { keys: { send, receive } }),
    },
  }
}

function remoteOf(sdp: Sdp, theirs: MediaSection): Agreed['remote'] | undefined {
  const connection = connectionOf(sdp, theirs)
  return connection && { address: connection.address, port: theirs.port }
}

/** What they would like to receive, RFC 4566 §6, where it is a usual time. */
function packetMs(theirs: MediaSection, local: LocalAudio): number {
  const wished = Number(attribute(theirs.attributes, 'ptime'))
  return [10, 20, 30, 40, 60].includes(wished) ? wished : local.packetMs
}
