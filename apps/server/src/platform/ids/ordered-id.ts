import { randomFillSync } from 'node:crypto'
import type { Id } from '@frontdesk/contract'

const COUNTER_LIMIT = 4096 // the 12 bits after the version
const RANDOM_BYTES = 8 // of each id
const bytes = Buffer.alloc(16)
/** Random bytes of the ids to come: to ask for them one by one takes longer than all else here. */
const pool = Buffer.alloc(512 * RANDOM_BYTES)
let taken = pool.length

let lastMillisecond = 0
let counter = 0

/** Lets the next id sort where the clock stands, after the clock of the demo was put back. Nothing else puts a clock back. */
export function followClockBack(): void {
  lastMillisecond = 0
}

/**
 * A UUIDv7 (RFC 9562 §6.2, method 1) that always sorts after the one before it in this process.
 * Node's own `crypto.randomUUIDv7` is random within a millisecond: half of a fast series comes out of order.
 */
export function orderedId<Noun extends string>(nowMs: number): Id<Noun> {
  counter += 1
  if (nowMs > lastMillisecond || counter === COUNTER_LIMIT) {
    lastMillisecond = Math.max(nowMs, lastMillisecond + 1) // runs ahead of the clock rather than out of order
    counter = 0
  }
  if (taken === pool.length) {
    randomFillSync(pool)
    taken = 0
  }
  pool.copy(bytes, 16 - RANDOM_BYTES, taken, taken + RANDOM_BYTES)
  taken += RANDOM_BYTES
  bytes.writeUIntBE(lastMillisecond, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Noun>
}
