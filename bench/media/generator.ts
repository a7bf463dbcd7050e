/**
 * Sends 50 packets a second to each side of each call and takes what comes back on the other. Reads the ports from its input, one line of JSON; says
 * "begin" and "end" around what it counts, and then what it counted.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { MediaClock, packetFor, SentStream } from '@frontdesk/media'

const warmUpMs = 3000
const [seconds = 5] = process.argv.slice(2).map(Number)
const lateMs = 20
const payloadBytes = 160

async function open(): Promise<Socket> {
  // An address needs no look-up.
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 8_388_608,
    sendBufferSize: 4_194_304,
    lookup: (host, _, found) => found(null, host, 4),
  })
  // Without a look-up it listens before it returns.
  const listening = once(socket, 'listening')
  socket.bind(0, '127.0.0.1')
  await listening
  return socket
}
const sides = [await open(), await open()] as const
console.log(JSON.stringify(sides.map((socket) => socket.address().port)))
const [line] = await once(createInterface({ input: process.stdin }), 'line')
const ports: readonly (readonly [number, number])[] = JSON.parse(String(line))

let counting = false
let sent = 0
let received = 0
const delays: number[] = []
for (const socket of sides)
  socket.on('message', (bytes) => {
    const sentAt = bytes.readDoubleBE(12)
    // What was sent before the count began comes back within it, and the other way round: marked packets alone count.
    if (bytes[20] !== 1) return
    received++
    delays.push(performance.now() - sentAt)
  })

const clock = new MediaClock(
  {
    now: () => performance.now(),
    wakeIn: (ms, wake) =>
      (
        (timer) => () =>
          clearTimeout(timer)
      )(setTimeout(wake, ms)),
  },
  (error) => {
    throw error
  },
)
const start = (index: number) => ({ ssrc: index + 1, sequence: index & 0xffff, timestamp: index })
ports.forEach((both, call) => {
  both.forEach((port, side) => {
    const stream = new SentStream(start(2 * call + side), 8000)
    const socket = sides[side]
    clock.add(() => {
      const packet = Buffer.from(packetFor(payloadBytes).buffer)
      stream.stamp(packet, payloadBytes, 0, 160, 0)
      packet.writeDoubleBE(performance.now(), 12)
      packet[20] = counting ? 1 : 0
      if (counting) sent++
      socket?.send(packet, port, '127.0.0.1')
    })
  })
})
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
await pass(warmUpMs)
console.log('begin')
counting = true
await pass(seconds * 1000)
counting = false
console.log('end')
await pass(500)
delays.sort((one, other) => one - other)
const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
const late = delays.length - delays.findIndex((delay) => delay > lateMs)
console.log(
  JSON.stringify({
    sent,
    received,
    late: (at(1) > lateMs ? late : 0) + sent - received,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    clock: clock.health,
  }),
)
process.exit(0)
