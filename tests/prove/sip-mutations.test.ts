import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { parseMessage, writeMessage } from '../../packages/sip/src/index.ts'
import { sized } from '../setup/sizes.ts'

const folder = path.join(import.meta.dirname, '../../packages/sip/src/messages/fixtures/rfc4475')
const seeds = readdirSync(folder).map((file) => readFileSync(path.join(folder, file)))
const pieces = [
  '\r\n',
  ';',
  ',',
  ':',
  '"',
  '<',
  '>',
  '%',
  '\\',
  ' ',
  '@',
  '[',
  '=',
  '\0',
  '\x80',
  'SIP/2.0',
  'Via: ',
  '999999999999',
  '*',
  '\t',
].map((text) => Buffer.from(text, 'latin1'))

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function mutate(seed: Buffer, next: (below: number) => number): Buffer {
  let bytes = Buffer.from(seed)
  for (let count = 1 + next(3); count > 0; count--) {
    const at = next(bytes.length + 1)
    const until = Math.min(bytes.length, at + 1 + next(12))
    const piece = pieces[next(pieces.length)]!
    const kind = next(5)
    if (kind === 0 && at < bytes.length) bytes[at] = next(256)
    else if (kind === 1) bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(until)])
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, until), bytes.subarray(at)])
    else bytes = Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(until)])
  }
  return bytes
}

/** Collects what is garbage, and says how much is not. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

it('no mutated SIP message throws, nothing grows, each refusal names its field, and what is accepted can be sent and read again', () => {
  const next = numbers(20261201)
  const count = sized(10_000, 1_000_000)
  const refused = new Map<string, number>()
  let accepted = 0
  let before = 0
  for (let run = 0; run < count; run++) {
    if (run === count / 10) before = heap()
    const bytes = mutate(seeds[next(seeds.length)]!, next)
    const parsed = parseMessage(bytes)
    if (!parsed.ok) {
      refused.set(parsed.fault.field, (refused.get(parsed.fault.field) ?? 0) + 1)
      continue
    }
    accepted++
    const again = parseMessage(writeMessage(parsed.message))
    if (!again.ok) throw new Error(`${again.fault.field} ${again.fault.why} after ${JSON.stringify(bytes.toString('latin1'))}`)
    if (run % 10 === 0) expect(again.message, bytes.toString('latin1')).toEqual(parsed.message)
  }
  const refusals = [...refused.values()].reduce((sum, one) => sum + one, 0)
  console.log(
    `${count} mutated messages: ${accepted} accepted, ${refusals} refused ${JSON.stringify(Object.fromEntries([...refused].sort(([, one], [, other]) => other - one)))}`,
  )
  expect(accepted + refusals).toBe(count)
  expect(refusals).toBeGreaterThan(count / 3)
  expect(refused.size).toBeGreaterThan(10)
  expect(heap() - before).toBeLessThan(4_000_000)
})
