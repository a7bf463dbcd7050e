import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isOutside, type OutboundRefusal, readOutboundUrl } from './outbound-address.rules.ts'

const because: Readonly<Record<OutboundRefusal, string>> = {
  unreadable: 'This is no address of the web.',
  not_https: 'The address has to begin with https://.',
  credentials: 'The address must not hold a name and a password.',
  inside: 'The address leads into a private network, and is not called.',
  unknown_name: 'Nobody answers for the name of this address.',
}

/** An address that somebody gave us is not called: it leads inside, or is none. Nothing was sent. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused'
  readonly reason: OutboundRefusal
  constructor(reason: OutboundRefusal) {
    super(because[reason])
    this.reason = reason
  }
}

/** What is sent. Times in milliseconds. */
export type OutboundCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'PROPFIND' | 'REPORT'
  readonly headers?: Readonly<Record<string, string>>
  /** A stream brings its `content-length` in the headers. */
  readonly body?: string | Buffer | Readable
  /** From the first look-up to the last byte; 10,000 unless told. */
  readonly timeout?: number
  /** Of the answer, of which the rest is cut off; 65,536 unless told. */
  readonly mostBytes?: number
}

export type OutboundAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** What a call stands on; the defaults are right wherever it is no test. */
export type OutboundSurroundings = {
  readonly protocols?: readonly string[]
  readonly resolve?: (name: string) => Promise<readonly LookupAddress[]>
  readonly isOutside?: (address: string) => boolean
  /** Names such as `calendar.lan` count as well, where the addresses behind them do. */
  readonly insideNames?: boolean
}

/**
 * Calls an address that somebody else gave us: webhooks, hand-overs. It leads to the open internet or nowhere: each name is looked up once, every address behind it is judged,
 * and exactly those are connected to, so that a name cannot answer one thing to the check and another to the call (DNS rebinding). Redirects are answers, and not followed.
 * Throws `OutboundRefused` before anything is sent, and the error of the connection otherwise.
 */
export async function callOutside(address: string, call: OutboundCall, around: OutboundSurroundings = {}): Promise<OutboundAnswer> {
  const outside = around.isOutside ?? isOutside
  const url = readOutboundUrl(address, around.protocols, outside, around.insideNames)
  if (typeof url === 'string') throw new OutboundRefused(url)
  const { promise, resolve, reject } = Promise.withResolvers<OutboundAnswer>()
  const request = (url.protocol === 'https:' ? https : http).request(url, {
    method: call.method,
    agent: false,
    headers: {
      'user-agent': 'Frontdesk',
      ...call.headers,
      ...(call.body === undefined || call.body instanceof Readable ? {} : { 'content-length': Buffer.byteLength(call.body) }),
    },
    lookup: guardedLookup(around.resolve ?? resolveAll, outside),
    signal: AbortSignal.timeout(call.timeout ?? 10_000),
  })
  request.on('error', reject)
  request.on('socket', (socket) => {
    // Whatever way the connection was made: what it really reached is judged once more before a byte of ours leaves.
    socket.once('connect', () => {
      if (!outside(socket.remoteAddress ?? '')) socket.destroy(new OutboundRefused('inside'))
    })
  })
  request.on('response', (answer) => {
    const chunks: Buffer[] = []
    let left = call.mostBytes ?? 65_536
    const done = () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) })
    answer.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, left))
      left -= chunk.length
      if (left > 0) return
      done()
      answer.destroy()
    })
    answer.on('end', done)
    answer.on('error', reject)
  })
  if (call.body instanceof Readable) pipeline(call.body, request).catch(reject)
  else request.end(call.body)
  return promise
}

const resolveAll = (name: string): Promise<readonly LookupAddress[]> =>
  new Promise((found, failed) => systemLookup(name, { all: true }, (error, addresses) => (error ? failed(error) : found(addresses))))

/** Looks a name up once, and gives on what was found only if all of it lies outside. */
function guardedLookup(resolve: NonNullable<OutboundSurroundings['resolve']>, outside: (address: string) => boolean): LookupFunction {
  return (name, options, answer) => {
    const refuse = (reason: OutboundRefusal) => answer(new OutboundRefused(reason), '', 0)
    resolve(name).then(
      (found) => {
        const [first] = found
        if (!first) return refuse('unknown_name')
        if (!found.every(({ address }) => outside(address))) return refuse('inside')
        if (options.all) answer(null, [...found])
        else answer(null, first.address, first.family)
      },
      () => refuse('unknown_name'),
    )
  }
}
