import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../scripts/testing/free-port.ts'

/** One step of what sipp plays: a message to wait for, one to send, or a pause. */
export type Step = string

const copied = ['[last_Via:]', '[last_Record-Route:]', '[last_From:]']
const contact = 'Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>'
const sdp = [
  'v=0',
  'o=sipp 53655765 2353687637 IN IP[local_ip_type] [local_ip]',
  's=-',
  'c=IN IP[media_ip_type] [media_ip]',
  't=0 0',
  'm=audio [media_port] RTP/AVP 0 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
]
const send = (lines: readonly string[], body: readonly string[], repeats: boolean): Step => {
  const head = [...lines, ...(body.length > 0 ? ['Content-Type: application/sdp', 'Content-Length: [len]'] : ['Content-Length: 0'])]
  return `<send${repeats ? ' retrans="500"' : ''}><![CDATA[\n\n${[...head, '', ...body, ''].map((line) => `      ${line}`).join('\n')}\n    ]]></send>`
}

/** Waits for a request. */
export const awaits = (method: string, inside = ''): Step =>
  `<recv request="${method}" crlf="true"${method === 'INVITE' ? ' rrs="true"' : ''}>${inside}</recv>`
/** Waits for a response; an optional one may be left out. */
export const awaitsAnswer = (status: number, optional = false): Step =>
  `<recv response="${status}"${optional ? ' optional="true"' : ''}${status === 200 ? ' rrs="true"' : ''}/>`
export const pauses = (ms: number): Step => `<pause milliseconds="${ms}"/>`

/** Answers what came last; with a tag where it is the first answer. */
export function answers(
  line: string,
  more: { readonly tag?: boolean; readonly sdp?: boolean; readonly headers?: readonly string[]; readonly cseq?: string } = {},
): Step {
  const final = !/^1/.test(line)
  return send(
    [
      `SIP/2.0 ${line}`,
      ...copied,
      `[last_To:]${more.tag ? ';tag=[pid]T[call_number]' : ''}`,
      '[last_Call-ID:]',
      more.cseq ?? '[last_CSeq:]',
      contact,
      ...(more.headers ?? []),
    ],
    more.sdp ? sdp : [],
    final && more.tag === true,
  )
}

/** Sends a request of a call to us. `branch` repeats the branch of so many messages before. */
export function requests(
  method: string,
  number: number,
  more: { readonly sdp?: boolean; readonly inside?: boolean; readonly branch?: number; readonly cseqOf?: string } = {},
): Step {
  const target = more.inside ? '[next_url]' : 'sip:[service]@[remote_ip]:[remote_port]'
  return send(
    [
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch${more.branch ? `-${more.branch}` : ''}]`,
      'From: sipp <sip:sipp@[local_ip]:[local_port]>;tag=[pid]U[call_number]',
      `To: <sip:[service]@[remote_ip]:[remote_port]>${more.inside || method === 'ACK' ? '[peer_tag_param]' : ''}`,
      'Call-ID: [call_id]',
      `CSeq: ${number} ${method}`,
      contact,
      'Max-Forwards: 70',
    ],
    more.sdp ? sdp : [],
    method !== 'ACK',
  )
}

/** A running sipp. `done` is its exit code, 0 when all went as written; `output` what it said. */
export type Sipp = { readonly port: number; readonly done: Promise<{ readonly code: number | null; readonly output: string }> }

/** Plays a scenario: waits for calls, or calls `towards` so many times at such a rate. */
export async function sipp(
  transport: 'UDP' | 'TCP',
  steps: readonly Step[],
  towards?: { readonly port: number; readonly calls?: number; readonly perSecond?: number },
): Promise<Sipp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sipp-'))
  const file = path.join(folder, 'scenario.xml')
  writeFileSync(file, `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="scenario">\n${steps.join('\n')}\n</scenario>\n`)
  const port = await freePort()
  const media = await freePort()
  const calls = String(towards?.calls ?? 1)
  const args = [
    '-nostdin',
    '-i',
    '127.0.0.1',
    '-p',
    String(port),
    '-mp',
    String(media),
    '-m',
    calls,
    '-timeout',
    '60s',
    '-timeout_error',
    '-sf',
    file,
    '-t',
    transport === 'TCP' ? 't1' : 'u1',
  ]
  const target = towards ? [`127.0.0.1:${towards.port}`, '-s', '800', '-r', String(towards.perSecond ?? 10), '-l', '2000'] : []
  const child = spawn('sipp', [...args, ...target], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  const done = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      rmSync(folder, { recursive: true, force: true })
      resolve({ code, output: Buffer.concat(chunks).toString().slice(-3000) })
    })
  })
  if (transport === 'TCP' && !towards) await listening(port)
  return { port, done }
}

/** Over UDP the first INVITE may be lost while sipp starts, and is repeated; a connection is refused. */
async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => setTimeout(resolve, 25, false))
    })
    if (isOpen) return
  }
  throw new Error('sipp does not listen')
}
