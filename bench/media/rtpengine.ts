import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { Program } from '../../scripts/testing/debian-packages.ts'
import { freePort } from '../../scripts/testing/free-port.ts'

/** The relay to compare with, run in user space as a container would. */
export const rtpengine: Program = {
  debianPackage: 'rtpengine-daemon',
  why: 'the relay to compare with',
  found: ['rtpengine', '/usr/bin/rtpengine'],
}

/** The texts of rtpengine's control protocol: a dictionary in bencode. */
const bencode = (facts: Readonly<Record<string, string>>): string =>
  `d${Object.entries(facts)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap((pair) => pair.map((text) => `${Buffer.byteLength(text)}:${text}`))
    .join('')}e`

const description = (port: number) =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0`,
    'a=rtpmap:0 PCMU/8000',
    'a=sendrecv',
    '',
  ].join('\r\n')

/** Starts rtpengine under `prefix` (taskset, chrt), and has it relay so many calls between two ports. Answers the process and the ports to send to. */
export async function startRtpengine(
  prefix: readonly string[],
  calls: number,
  generators: readonly [number, number],
): Promise<{ process: ChildProcess; ports: [number, number][] }> {
  const control = await freePort()
  const [command = 'rtpengine', ...args] = [
    ...prefix,
    'rtpengine',
    '--interface=127.0.0.1',
    `--listen-ng=127.0.0.1:${control}`,
    '--table=-1',
    '--foreground',
    '--log-stderr',
    '--log-level=3',
    '--num-threads=1',
    '--port-min=40000',
    '--port-max=60000',
    '--config-file=none',
  ]
  const daemon = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let cookie = 0
  let heard: (answer: string) => void = () => undefined
  socket.on('message', (bytes) => heard(bytes.toString()))
  const ask = async (facts: Readonly<Record<string, string>>): Promise<string> => {
    const message = `${++cookie} ${bencode(facts)}`
    for (let tries = 0; tries < 40; tries++) {
      const answer = new Promise<string | undefined>((resolve) => {
        const timer = setTimeout(() => resolve(undefined), 250)
        heard = (text) => {
          if (!text.startsWith(`${cookie} `)) return
          clearTimeout(timer)
          resolve(text)
        }
      })
      socket.send(message, control, '127.0.0.1')
      const text = await answer
      if (text !== undefined) return text
    }
    daemon.kill('SIGKILL')
    socket.close()
    throw new Error('rtpengine does not answer.')
  }
  const portIn = (answer: string) => {
    const port = /m=audio (\d+)/.exec(answer)?.[1]
    if (!port) throw new Error(`rtpengine refused a call: ${answer.slice(0, 200)}`)
    return Number(port)
  }
  const ports: [number, number][] = []
  for (let call = 0; call < calls; call++) {
    const facts = { 'call-id': `bench-${call}`, 'from-tag': `a${call}` }
    const forOther = portIn(await ask({ command: 'offer', ...facts, sdp: description(generators[0]) }))
    const forOne = portIn(await ask({ command: 'answer', ...facts, 'to-tag': `b${call}`, sdp: description(generators[1]) }))
    ports.push([forOne, forOther])
  }
  socket.close()
  return { process: daemon, ports }
}
