import type { Attribute, Connection, MediaSection, Sdp } from './sdp.ts'

/** Which way media flow, RFC 4566 §6, in the eyes of who says it. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** A codec with the number it has in this session. */
export type Codec = {
  readonly payload: number
  /** As registered, in upper case: PCMU, PCMA, G722, OPUS, TELEPHONE-EVENT … */
  readonly name: string
  readonly rate: number
  readonly channels: number
  readonly format?: string
}

/** A key for SRTP in the description, RFC 4568. */
export type SdesKey = { readonly tag: number; readonly suite: string; readonly key: string }

/** Numbers that need no rtpmap, RFC 3551 table 4. */
const fixed: ReadonlyMap<number, readonly [string, number]> = new Map([
  [0, ['PCMU', 8000]],
  [3, ['GSM', 8000]],
  [4, ['G723', 8000]],
  [8, ['PCMA', 8000]],
  [9, ['G722', 8000]],
  [13, ['CN', 8000]],
  [15, ['G728', 8000]],
  [18, ['G729', 8000]],
])

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive']
const reversed: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** The direction in the other side's eyes. */
export const reverse = (direction: Direction): Direction => reversed[direction]

/** What both sides allow: `one` in the eyes of whom `other` is said of too. */
export function narrower(one: Direction, other: Direction): Direction {
  const sends = (direction: Direction) => direction === 'sendrecv' || direction === 'sendonly'
  const receives = (direction: Direction) => direction === 'sendrecv' || direction === 'recvonly'
  const send = sends(one) && sends(other)
  const receive = receives(one) && receives(other)
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive'
}

/** The value of the first attribute of that name. */
export const attribute = (attributes: readonly Attribute[], name: string): string | undefined =>
  attributes.find((one) => one.name === name)?.value

/** Where the media of a section go to. An address of zeros means hold, as before RFC 3264 §8.4. */
export const connectionOf = (sdp: Sdp, section: MediaSection): Connection | undefined => section.connection ?? sdp.connection

/** The direction of a section: its own, else the session's, else both ways. */
export function directionOf(sdp: Sdp, section: MediaSection): Direction {
  const named = (attributes: readonly Attribute[]) => directions.find((one) => attributes.some(({ name }) => name === one))
  const said = named(section.attributes) ?? named(sdp.attributes) ?? 'sendrecv'
  const address = connectionOf(sdp, section)?.address
  return address === '0.0.0.0' || address === '::' ? narrower(said, 'sendonly') : said
}

/** The codecs of a section in its order of preference. A dynamic number without rtpmap says nothing and is left out. */
export function codecsOf(section: MediaSection): readonly Codec[] {
  const maps = new Map(
    section.attributes.flatMap(({ name, value = '' }) => {
      const [, payload, codec, rate, channels] =
        /^(\d{1,3}) +([\w\-.]+)\/(\d{1,6})(?:\/(\d{1,2}))?\s*$/.exec(name === 'rtpmap' ? value : '') ?? []
      return payload
        ? [[Number(payload), { name: (codec ?? '').toUpperCase(), rate: Number(rate), channels: Number(channels ?? 1) }] as const]
        : []
    }),
  )
  const formats = new Map(
    section.attributes.flatMap(({ name, value = '' }) => {
      const [, payload, format = ''] = /^(\d{1,3}) +(.+)$/.exec(name === 'fmtp' ? value : '') ?? []
      return payload ? [[Number(payload), format] as const] : []
    }),
  )
  return section.formats.flatMap((text): Codec[] => {
    const payload = Number(text)
    const known = fixed.get(payload)
    const map = maps.get(payload) ?? (known && { name: known[0], rate: known[1], channels: 1 })
    const format = formats.get(payload)
    return map ? [{ payload, ...map, ...(format !== undefined && { format }) }] : []
  })
}

/** Whether two descriptions of a codec mean the same, whatever their numbers. */
export const sameCodec = (one: Codec, other: Codec): boolean =>
  one.name === other.name && one.rate === other.rate && one.channels === other.channels

/** rtpmap and fmtp of codecs. */
export const codecAttributes = (codecs: readonly Codec[]): readonly Attribute[] =>
  codecs.flatMap(({ payload, name, rate, channels, format }) => [
    { name: 'rtpmap', value: `${payload} ${spelled(name)}/${rate}${channels > 1 ? `/${channels}` : ''}` },
    ...(format === undefined ? [] : [{ name: 'fmtp', value: `${payload} ${format}` }]),
  ])

const spelled = (name: string): string => (name === 'TELEPHONE-EVENT' || name === 'OPUS' ? name.toLowerCase() : name)

/** The SDES keys that a section offers, in its order, RFC 4568 §9.1. Those with parameters that change the protection are left out. */
export const keysOf = (section: MediaSection): readonly SdesKey[] =>
  section.attributes.flatMap(({ name, value = '' }) => {
    const [, tag, suite = '', key = '', more] =
      /^(\d{1,9}) +([\w]+) +inline:([A-Za-z\d+/=]+)(?:\|2\^\d+|\|\d+)?( .*)?$/.exec(name === 'crypto' ? value : '') ?? []
    return tag && !more ? [{ tag: Number(tag), suite, key }] : []
  })
