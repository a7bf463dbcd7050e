import type { Hash, Hmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { Refusal } from '../errors/index.ts'
import { mediaTypeOf, sniffedBytes } from './media-type.ts'

/** What may come in. */
export type IntakeLimits = { readonly maxBytes: number; readonly accept?: readonly string[]; readonly name?: string }

/** What came in. `address` is the keyed hash of the content, so that it tells nothing about it to who lacks the key. */
export type IntakeFacts = { readonly size: number; readonly mediaType: string; readonly address: string }

const sizeInWords = (bytes: number) => (bytes >= 1_000_000 ? `${Math.floor(bytes / 1_000_000)} MB` : `${Math.ceil(bytes / 1000)} kB`)

function refuseUnaccepted(mediaType: string, accept: readonly string[] | undefined): void {
  if (!accept || accept.some((each) => each === mediaType || (each.endsWith('/*') && mediaType.startsWith(each.slice(0, -1))))) return
  throw new Refusal('files/refused', {
    detail: `By its content this file is ${mediaType}. Accepted here: ${accept.join(', ')}. Nothing was kept.`,
    mediaType,
    accept,
  })
}

/** Watches content stream by: its size, what it is, its address. Stops the stream with a `Refusal` at the first byte too many, or once it is clear that it is of the wrong type. */
export function inspect(content: AsyncIterable<Uint8Array> | Uint8Array, limits: IntakeLimits, hmac: Hmac) {
  let size = 0
  let head = Buffer.alloc(0)
  let mediaType: string | undefined

  async function decide(isWhole: boolean): Promise<void> {
    mediaType = await mediaTypeOf(head, isWhole, limits.name)
    refuseUnaccepted(mediaType, limits.accept)
  }

  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size += chunk.length
      if (size > limits.maxBytes) {
        throw new Refusal('http/too-large', {
          detail: `Files of up to ${sizeInWords(limits.maxBytes)} are taken here. Nothing was kept.`,
          maxBytes: limits.maxBytes,
        })
      }
      hmac.update(chunk)
      if (mediaType === undefined) {
        head = Buffer.concat([head, chunk.subarray(0, sniffedBytes - head.length)])
        if (head.length === sniffedBytes) await decide(false)
      }
      yield chunk
    }
    if (mediaType === undefined) await decide(true)
  }

  return {
    stream,
    /** After the stream ended. */
    facts: (): IntakeFacts => {
      if (mediaType === undefined) throw new Error('A file was looked at before it had come in.')
      return { size, mediaType, address: hmac.digest('hex') }
    },
  }
}

/** Passes a stream on and hashes it. */
export async function* counted(source: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    hash.update(bytes)
    yield bytes
  }
}

/** A stream whose first bytes are there already, so that what is wrong from the start is an error here and not halfway through an answer. */
export async function started(source: AsyncGenerator<Uint8Array>): Promise<Readable> {
  const first = await source.next()
  const stream = Readable.from(
    (async function* () {
      if (first.done) return
      yield first.value
      yield* source
    })(),
    { objectMode: false },
  )
  return stream.once('close', () => void source.return(undefined)) // also where nobody read on: the file below must be closed
}
