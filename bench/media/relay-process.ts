/** The process under test: bridged calls, two sockets each, as the voice process has them. Prints its ports as one line of JSON, and relays until it is stopped. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { bridge, RelayLeg } from '@frontdesk/media'

const [calls = 1, ...generators] = process.argv.slice(2).map(Number)
const payloadTypes = new Map([[0, 0]])

async function openLeg(index: number, generatorPort: number): Promise<{ leg: RelayLeg; port: number }> {
  const socket: Socket = createSocket({ type: 'udp4', recvBufferSize: 1_048_576 })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const remote = { address: '127.0.0.1', port: generatorPort }
  // A connected socket spares the system the look-up of each packet's way.
  socket.connect(remote.port, remote.address)
  await once(socket, 'connect')
  const start = { ssrc: index + 1, sequence: index, timestamp: index }
  const leg = new RelayLeg({ remote, latitude: 'none', payloadTypes, start, send: (bytes) => socket.send(bytes) }, performance.now())
  socket.on('message', (bytes, from) => leg.receive(bytes, from.address, from.port, performance.now()))
  // The generator has left; nothing is to be done.
  socket.on('error', () => undefined)
  return { leg, port: socket.address().port }
}

const ports: [number, number][] = []
for (let call = 0; call < calls; call++) {
  const one = await openLeg(2 * call, generators[0] ?? 0)
  const other = await openLeg(2 * call + 1, generators[1] ?? 0)
  bridge(one.leg, other.leg)
  ports.push([one.port, other.port])
}
console.log(JSON.stringify(ports))
