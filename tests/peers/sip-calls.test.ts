import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  answerOffer,
  type CallEvents,
  type Ending,
  type IncomingCall,
  type LocalAudio,
  machineClock,
  makeOffer,
  parseSdp,
  parseUri,
  readAnswer,
  UserAgent,
  writeSdp,
} from '../../packages/sip/src/index.ts'
import { freePort } from '../../scripts/testing/free-port.ts'
import { sized } from '../setup/sizes.ts'
import { answers, awaits, awaitsAnswer, pauses, requests, type Step, sipp } from './sipp.ts'

const local: LocalAudio = {
  address: '127.0.0.1',
  port: 29_998,
  codecs: [
    { payload: 0, name: 'PCMU', rate: 8000, channels: 1 },
    { payload: 101, name: 'TELEPHONE-EVENT', rate: 8000, channels: 1, format: '0-16' },
  ],
  direction: 'sendrecv',
  packetMs: 20,
}
const offered = makeOffer(local, { session: '1', version: 1 })
const alice = { uri: parseUri('sip:alice@127.0.0.1', 'From'), parameters: [] }
const open: UserAgent[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((agent) => agent.close()))
})

async function desk(transport: 'UDP' | 'TCP', onCall?: (call: IncomingCall) => void) {
  const agent = new UserAgent({
    clock: machineClock,
    locate: {
      resolver: { naptr: async () => [], srv: async () => [], addresses: async () => [] },
      transports: ['TCP', 'UDP'],
      random: Math.random,
    },
    token: () => randomBytes(8).toString('hex'),
    chance: Math.random,
    ...(onCall && { onCall }),
  })
  open.push(agent)
  return { agent, at: await agent.transports.listen({ transport, address: '127.0.0.1', port: 0 }) }
}

/** Calls a peer, and tells what came of it. `hangUpAt` is what we hang up at. */
async function callPeer(
  transport: 'UDP' | 'TCP',
  user: string,
  port: number,
  hangUpAt?: 'progress' | 'answer',
  credentials = { username: 'trunkuser', password: 's3cret' },
) {
  const { agent } = await desk(transport)
  const log: string[] = []
  const ending = await new Promise<Ending>((resolve) => {
    const events: CallEvents = {
      onProgress(status, body) {
        log.push(`${status}${body.length > 0 ? ' with media' : ''}`)
        if (hangUpAt === 'progress') call.hangUp()
      },
      onAnswered(body) {
        const parsed = parseSdp(body)
        const agreed = parsed.ok ? readAnswer(offered, parsed.sdp, local) : undefined
        log.push(agreed?.ok ? `answered with ${agreed.agreed.codec.name}` : 'answered without agreement')
        if (hangUpAt === 'answer') call.hangUp()
      },
      onEnded: resolve,
    }
    const to = parseUri(`sip:${user}@127.0.0.1:${port}${transport === 'TCP' ? ';transport=tcp' : ''}`, 'To')
    const call = agent.call({ to, from: alice, offer: writeSdp(offered), credentials }, events)
  })
  return { log, ending, agent }
}

const hangsUp: readonly Step[] = [awaits('BYE'), answers('200 OK')]
const takesCall: readonly Step[] = [
  answers('180 Ringing', { tag: true }),
  answers('200 OK', { tag: true, sdp: true }),
  awaits('ACK'),
  ...hangsUp,
]
const challenge = { tag: true, headers: ['WWW-Authenticate: Digest realm="trunk", nonce="n1a2b3", qop="auth", algorithm=MD5'] }
const checks =
  '<action><ereg regexp=".*" search_in="hdr" header="Authorization:" check_it="true" assign_to="a"/><verifyauth assign_to="ok" username="trunkuser" password="s3cret"/></action>'

describe.each(['UDP', 'TCP'] as const)('sipp over %s', (transport) => {
  it('takes a call and sees it hung up', async () => {
    const peer = await sipp(transport, [awaits('INVITE'), ...takesCall])
    const { log, ending } = await callPeer(transport, 'bob', peer.port, 'answer')
    expect(log).toEqual(['180', 'answered with PCMU'])
    expect(ending.by).toBe('us')
    expect(await peer.done).toMatchObject({ code: 0 })
  })

  it('sends early media before it answers', async () => {
    const early = answers('183 Session Progress', { tag: true, sdp: true })
    const peer = await sipp(transport, [
      awaits('INVITE'),
      early,
      pauses(200),
      answers('200 OK', { tag: true, sdp: true }),
      awaits('ACK'),
      ...hangsUp,
    ])
    const { log } = await callPeer(transport, 'bob', peer.port, 'answer')
    expect(log).toEqual(['183 with media', 'answered with PCMU'])
    expect(await peer.done).toMatchObject({ code: 0 })
  })

  it.each([
    ['486 Busy Here', []],
    ['503 Service Unavailable', ['Retry-After: 5']],
  ])('refuses with %s and gets its ACK', async (line, headers) => {
    const peer = await sipp(transport, [awaits('INVITE'), answers(line, { tag: true, headers }), awaits('ACK')])
    const { ending } = await callPeer(transport, 'bob', peer.port)
    expect(`${ending.status} ${ending.reason}`).toBe(line)
    expect(await peer.done).toMatchObject({ code: 0 })
  })

  it('rings until we give up, and sees CANCEL and ACK', async () => {
    const number = '<action><ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="cs"/></action>'
    const peer = await sipp(transport, [
      awaits('INVITE', number),
      answers('180 Ringing', { tag: true }),
      awaits('CANCEL'),
      answers('200 OK'),
      answers('487 Request Terminated', { cseq: 'CSeq: [$cs] INVITE' }),
      awaits('ACK'),
    ])
    const { ending } = await callPeer(transport, 'bob', peer.port, 'progress')
    expect(ending).toMatchObject({ by: 'us', status: 487 })
    expect(await peer.done).toMatchObject({ code: 0 })
  })

  it('asks who we are, and takes the call by our digest', async () => {
    const peer = await sipp(transport, [
      awaits('INVITE'),
      answers('401 Unauthorized', challenge),
      awaits('ACK'),
      awaits('INVITE', checks),
      '<Reference variables="a"/>',
      '<nop next="known" test="ok"/>',
      answers('403 Forbidden', { tag: true }),
      awaits('ACK'),
      '<nop next="end"/>',
      '<label id="known"/>',
      ...takesCall,
      '<label id="end"/>',
    ])
    const { log } = await callPeer(transport, 'bob', peer.port, 'answer')
    expect(log).toEqual(['180', 'answered with PCMU'])
    expect(await peer.done).toMatchObject({ code: 0 })
  })

  const answering = (call: IncomingCall) => {
    const parsed = parseSdp(call.request.body)
    const answered = parsed.ok ? answerOffer(parsed.sdp, local, { session: '2', version: 1 }) : undefined
    if (answered?.ok) {
      call.ring()
      call.answer(writeSdp(answered.answer))
    } else call.reject(488)
  }
  const provisional = [awaitsAnswer(100, true), awaitsAnswer(180, true)]

  it('calls us, and hangs up', async () => {
    const { agent, at } = await desk(transport, answering)
    const peer = await sipp(
      transport,
      [
        requests('INVITE', 1, { sdp: true }),
        ...provisional,
        awaitsAnswer(200),
        requests('ACK', 1, { inside: true }),
        pauses(100),
        requests('BYE', 2, { inside: true }),
        awaitsAnswer(200),
      ],
      at,
    )
    expect(await peer.done).toMatchObject({ code: 0 })
    await expect.poll(() => agent.size).toBe(0)
  })

  it('calls us, and gives up while it rings', async () => {
    let ended: Ending | undefined
    const { agent, at } = await desk(transport, (call) => {
      call.listen({
        onEnded(ending) {
          ended = ending
        },
      })
      call.ring()
    })
    const steps = [
      requests('INVITE', 1, { sdp: true }),
      awaitsAnswer(100, true),
      awaitsAnswer(180),
      pauses(100),
      requests('CANCEL', 1, { branch: 4 }),
      awaitsAnswer(200),
      awaitsAnswer(487),
      requests('ACK', 1, { branch: 7 }),
    ]
    expect(await (await sipp(transport, steps, at)).done).toMatchObject({ code: 0 })
    expect([ended?.by, ended?.status, agent.size]).toEqual(['them', 487, 0])
  })

  it('calls us many times, and no call is lost or left', async () => {
    const { agent, at } = await desk(transport, answering)
    const steps = [
      requests('INVITE', 1, { sdp: true }),
      ...provisional,
      awaitsAnswer(200),
      requests('ACK', 1, { inside: true }),
      requests('BYE', 2, { inside: true }),
      awaitsAnswer(200),
    ]
    const peer = await sipp(transport, steps, { ...at, calls: sized(100, 2400), perSecond: sized(50, 300) })
    expect(await peer.done).toMatchObject({ code: 0 })
    await expect.poll(() => agent.size).toBe(0)
    expect(agent.endpoint.counts.malformed.size).toBe(0)
  })
})

describe('baresip', () => {
  /** Its folder, with a second of silence to play and an account that answers by itself. */
  async function baresip(run: readonly string[]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'baresip-'))
    const port = await freePort()
    mkdirSync(path.join(folder, 'etc'))
    const header = Buffer.alloc(44)
    const samples = Buffer.alloc(16_000)
    header.write('RIFF', 0)
    header.writeUInt32LE(36 + samples.length, 4)
    header.write('WAVEfmt ', 8)
    for (const [at, value] of [
      [16, 16],
      [24, 8000],
      [28, 16_000],
      [40, samples.length],
    ] as const)
      header.writeUInt32LE(value, at)
    for (const [at, value] of [
      [20, 1],
      [22, 1],
      [32, 2],
      [34, 16],
    ] as const)
      header.writeUInt16LE(value, at)
    header.write('data', 36)
    writeFileSync(path.join(folder, 'silence.wav'), Buffer.concat([header, samples]))
    writeFileSync(path.join(folder, 'etc/accounts'), '<sip:bob@127.0.0.1>;regint=0;answermode=auto;audio_codecs=PCMU/8000/1\n')
    writeFileSync(path.join(folder, 'etc/contacts'), '')
    const modules = ['stdio.so', 'g711.so', 'aufile.so'].map((name) => `module ${name}`)
    const settings = [
      'poll_method epoll',
      `sip_listen 127.0.0.1:${port}`,
      'audio_player aufile,rec.wav',
      `audio_source aufile,${folder}/silence.wav`,
      'audio_alert aufile,/dev/null',
      'ausrc_srate 8000',
      'auplay_srate 8000',
    ]
    const apps = ['module_tmp uuid.so', 'module_tmp account.so', 'module_app menu.so']
    writeFileSync(
      path.join(folder, 'etc/config'),
      [...settings, 'module_path /usr/lib/baresip/modules', ...modules, ...apps, ''].join('\n'),
    )
    const child = spawn('baresip', ['-f', 'etc', ...run], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const done = new Promise<void>((resolve) => child.once('close', () => resolve()))
    const stop = async () => {
      child.kill('SIGTERM')
      await done
      rmSync(folder, { recursive: true, force: true })
    }
    return { port, stop, said: () => output }
  }

  it('answers our call and is hung up', async () => {
    const peer = await baresip([])
    try {
      await expect.poll(peer.said, { timeout: 20_000 }).toContain('ready')
      const { log, ending } = await callPeer('UDP', 'bob', peer.port, 'answer')
      expect([log.at(-1), ending.by]).toEqual(['answered with PCMU', 'us'])
    } finally {
      await peer.stop()
    }
  })

  it('calls us, hears us answer, and hangs up', async () => {
    const log: string[] = []
    const { at } = await desk('UDP', (call) => {
      const parsed = parseSdp(call.request.body)
      const answered = parsed.ok ? answerOffer(parsed.sdp, local, { session: '3', version: 1 }) : undefined
      call.listen({ onAnswered: () => log.push('answered'), onEnded: ({ by }) => log.push(`ended by ${by}`) })
      if (answered?.ok) call.answer(writeSdp(answered.answer))
    })
    const peer = await baresip(['-e', `d sip:800@127.0.0.1:${at.port}`, '-t', '3'])
    try {
      await expect.poll(() => log, { timeout: 20_000 }).toEqual(['answered', 'ended by them'])
    } finally {
      await peer.stop()
    }
  })
})
