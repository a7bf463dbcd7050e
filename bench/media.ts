/**
 * What relaying a call costs: bridged PCMU, 50 packets a second each way on each side, one process on one core, the generator on another. Late is what
 * comes more than 20 ms after it was sent, or never. Alternates with rtpengine in user space where that can be had, on the same core and priority.
 * `--calls 200`, `--seconds 5`, `--rounds 3`, `--search 250,350,500`, `--priority normal`, `--flags=` for
 * Node without ours, `--without-rtpengine`.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { bridge, mediaProcessFlags, RelayLeg, SentStream } from '@frontdesk/media'
import { ensurePrograms } from '../scripts/testing/debian-packages.ts'
import { rtpengine, startRtpengine } from './media/rtpengine.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    search: { type: 'string', default: '100,250,350,500,700' },
    priority: { type: 'string', default: 'real-time' },
    flags: { type: 'string', default: mediaProcessFlags.join(' ') },
    'without-rtpengine': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const calls = Number(values.calls)
const seconds = Number(values.seconds)

/** How to run something on one core with the best priority that we are given, of those wanted. */
function priorities(): { name: string; prefix: readonly string[] } {
  const wanted =
    values.priority === 'normal'
      ? []
      : [
          { name: 'real-time', prefix: ['chrt', '-f', '10'] },
          { name: 'nice -15', prefix: ['nice', '-n', '-15'] },
        ]
  const works = ({ prefix: [command = '', ...args] }: { prefix: readonly string[] }) => {
    const { status, stderr } = spawnSync(command, [...args, 'true'], { encoding: 'utf8' })
    return status === 0 && !stderr
  }
  return wanted.find(works) ?? { name: 'normal', prefix: [] }
}
const { name: priority, prefix: withPriority } = priorities()
const onCore = (core: number) => ['taskset', '-c', String(core)]
const script = (name: string) => path.join(import.meta.dirname, 'media', name)

/** Processor time of a process and its threads so far, in microseconds. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

type Counted = {
  sent: number
  received: number
  late: number
  p50: number
  p99: number
  max: number
  cpuPerPacket: number
  cpuShare: number
}
type Relay = (count: number, generators: readonly [number, number]) => Promise<{ process: ChildProcess; ports: [number, number][] }>

const ours: Relay = async (count, generators) => {
  const [command = '', ...args] = [
    ...onCore(0),
    ...withPriority,
    process.execPath,
    ...values.flags.split(' ').filter((flag) => flag !== ''),
    script('relay-process.ts'),
    String(count),
    ...generators.map(String),
  ]
  const relay = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: relay.stdout }), 'line')
  return { process: relay, ports: JSON.parse(String(line)) }
}
const theirs: Relay = (count, generators) => startRtpengine([...onCore(0), ...withPriority], count, generators)

async function run(relay: Relay, count: number): Promise<Counted> {
  const [command = '', ...args] = [...onCore(1), ...withPriority, process.execPath, script('generator.ts'), String(seconds)]
  const generator = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: generator.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  const generators: [number, number] = JSON.parse(await next())
  const { process: tested, ports } = await relay(count, generators)
  try {
    generator.stdin.end(`${JSON.stringify(ports)}\n`)
    if ((await next()) !== 'begin') throw new Error('The generator did not begin.')
    const before = cpuOf(tested.pid ?? 0)
    if ((await next()) !== 'end') throw new Error('The generator did not end.')
    const cpu = cpuOf(tested.pid ?? 0) - before
    const counted: Omit<Counted, 'cpuPerPacket' | 'cpuShare'> = JSON.parse(await next())
    return { ...counted, cpuPerPacket: cpu / counted.received, cpuShare: cpu / (seconds * 1e6) }
  } finally {
    const gone = once(tested, 'exit')
    tested.kill('SIGKILL')
    generator.kill('SIGKILL')
    await gone
  }
}

const say = (name: string, count: number, { sent, late, p50, p99, max, cpuPerPacket, cpuShare }: Counted) =>
  console.log(
    `${name.padEnd(10)} ${String(count).padStart(4)} calls: ${cpuPerPacket.toFixed(2)} µs a packet, ${(100 * cpuShare).toFixed(0)} % of a core, ` +
      `late or lost ${((100 * late) / sent).toFixed(2)} %, p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} longest ${max.toFixed(1)} ms`,
  )
const median = (list: readonly number[]) => list.toSorted((one, other) => one - other)[list.length >> 1] ?? Number.NaN

/** What of it is our own work, without sockets. */
function relayAlone(): number {
  const remote = { address: '127.0.0.1', port: 1 }
  const leg = (ssrc: number) =>
    new RelayLeg(
      { remote, latitude: 'none', payloadTypes: new Map([[0, 0]]), start: { ssrc, sequence: 1, timestamp: 1 }, send: () => undefined },
      0,
    )
  const [one, other] = [leg(1), leg(2)]
  bridge(one, other)
  const stream = new SentStream({ ssrc: 9, sequence: 1, timestamp: 1 }, 8000)
  const bytes = Buffer.alloc(172)
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now()
    for (let i = 0; i < 100_000; i++) {
      stream.stamp(bytes, 160, 0, 160, 0)
      one.receive(bytes, remote.address, remote.port, 0)
    }
    return (performance.now() - start) / 100
  })
  return median(times)
}

let compared = !values['without-rtpengine']
if (compared) {
  try {
    ensurePrograms([rtpengine])
  } catch (error) {
    compared = false
    console.log(`Not compared: ${error instanceof Error ? error.message : error}`)
  }
}
console.log(`Priority: ${priority}. Our own work on a packet: ${relayAlone().toFixed(2)} µs, its writing by the measurement included.`)
const costs = { ours: [] as number[], theirs: [] as number[] }
for (let round = 0; round < Number(values.rounds); round++) {
  const mine = await run(ours, calls)
  say('Frontdesk', calls, mine)
  costs.ours.push(mine.cpuPerPacket)
  if (!compared) continue
  const other = await run(theirs, calls)
  say('rtpengine', calls, other)
  costs.theirs.push(other.cpuPerPacket)
}
let held = 0
for (const count of values.search
  .split(',')
  .map(Number)
  .sort((one, other) => one - other)) {
  const counted = await run(ours, count)
  say('Frontdesk', count, counted)
  if (counted.late > counted.sent * 0.01) break
  held = count
}
const metrics: Record<string, number> = { cpu_us_per_packet: median(costs.ours), calls_at_1pct_late: held }
if (compared) metrics.cpu_ratio_vs_rtpengine = median(costs.ours) / median(costs.theirs)
console.log(JSON.stringify({ bench: 'media', priority, metrics }))
