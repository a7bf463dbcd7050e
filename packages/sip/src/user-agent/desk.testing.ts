import { randomBytes } from 'node:crypto'
import type { VirtualClock } from '../clock.testing.ts'
import { parseUri, type Uri } from '../messages/uri.ts'
import type { Local } from '../sockets/transports.ts'
import type { IncomingCall } from './incoming-call.ts'
import { UserAgent, type UserAgentOptions } from './user-agent.ts'

/** A user agent on loopback, with the calls that came to it. */
export type Desk = { readonly agent: UserAgent; readonly at: Local; readonly calls: IncomingCall[] }

const nobody = { naptr: async () => [], srv: async () => [], addresses: async () => [] }
const open: UserAgent[] = []

/** A user agent that listens at a port of its own. */
export async function desk(clock: VirtualClock, transport: 'UDP' | 'TCP' = 'UDP', more: Partial<UserAgentOptions> = {}): Promise<Desk> {
  const calls: IncomingCall[] = []
  const agent = new UserAgent({
    clock,
    locate: { resolver: nobody, transports: ['TLS', 'TCP', 'UDP'], random: () => 0 },
    token,
    chance: () => 0.5,
    onCall: (call) => calls.push(call),
    ...more,
  })
  open.push(agent)
  return { agent, calls, at: await agent.transports.listen({ transport, address: '127.0.0.1', port: 0 }) }
}

/** A text that nobody had before. */
export const token = (): string => randomBytes(9).toString('hex')

/** Closes every desk of a test. */
export async function closeDesks(): Promise<void> {
  await Promise.all(open.splice(0).map((agent) => agent.close()))
}

/** Takes a desk out of those that are closed: its test closed it. */
export const forgetDesk = ({ agent }: Desk): unknown => open.splice(open.indexOf(agent), 1)

/** How a desk is called. */
export const uriOf = ({ transport, port }: Local): Uri =>
  parseUri(`sip:bob@127.0.0.1:${port}${transport === 'TCP' ? ';transport=tcp' : ''}`, 'URI')
