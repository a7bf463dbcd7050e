import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { connect as connectTcp, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import {
  connect as connectTls,
  createServer as createTlsServer,
  type PeerCertificate,
  type SecureContextOptions,
  checkServerIdentity as usualIdentity,
} from 'node:tls'
import type { Clock } from '../clock.ts'
import type { TransportName } from '../location/locate.ts'
import { MessageFramer } from '../messages/framing.ts'

/** The other end of a message. */
export type Peer = {
  readonly transport: TransportName
  readonly address: string
  readonly port: number
  /** Whose certificate is asked for over TLS; the address where it is not given. */
  readonly domain?: string
}

/** Where we listen. */
export type Local = { readonly transport: TransportName; readonly address: string; readonly port: number }

export type TransportOptions = {
  readonly clock: Clock
  readonly onMessage: (bytes: Buffer, peer: Peer, local: Local) => void
  /** What went wrong on a connection, for the log: no contents of messages. */
  readonly onTrouble?: (trouble: string, peer: Peer) => void
  /** Certificates that are trusted instead of the usual ones, and our own where a carrier asks for it. */
  readonly tls?: SecureContextOptions
  /** How often an open connection is asked whether it lives, RFC 5626 §4.4.1; milliseconds. */
  readonly keepAliveMs?: number
  readonly mostConnections?: number
}

type Connection = { readonly socket: Socket; readonly peer: Peer; readonly ready: Promise<void>; lastHeard: number; stop: () => void }

const connectMs = 10_000
/** RFC 5626 §4.4.1: without a pong in ten seconds the connection is dead. */
const pongMs = 10_000
const keyOf = ({ transport, address, port }: Peer): string => `${transport} ${address} ${port}`

/** UDP, TCP and TLS sockets, §18: bytes of whole messages in and out. It knows nothing of what they mean. */
export class Transports {
  readonly #options: TransportOptions
  readonly #udp: { readonly socket: UdpSocket; readonly local: Local }[] = []
  readonly #servers: { readonly server: Server; readonly local: Local }[] = []
  readonly #connections = new Map<string, Connection>()

  constructor(options: TransportOptions) {
    this.#options = options
  }

  /** The connections that are open. */
  get connections(): number {
    return this.#connections.size
  }

  /** Listens; port 0 takes any that is free. For TLS, `certificate` is ours. */
  async listen(wish: Local, certificate?: SecureContextOptions): Promise<Local> {
    if (wish.transport === 'UDP') return this.#listenUdp(wish)
    const accept = (socket: Socket) => {
      const peer: Peer = { transport: wish.transport, address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }
      if (this.#connections.size >= (this.#options.mostConnections ?? 5000)) socket.destroy()
      else this.#keep(socket, peer, Promise.resolve(), local)
    }
    const server =
      wish.transport === 'TLS' ? createTlsServer({ ...certificate, handshakeTimeout: connectMs }, accept) : createTcpServer(accept)
    server.on('tlsClientError', () => {})
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: wish.address, port: wish.port }, resolve)
    })
    const bound = server.address()
    const local: Local = { ...wish, port: bound && typeof bound === 'object' ? bound.port : wish.port }
    this.#servers.push({ server, local })
    return local
  }

  async #listenUdp(wish: Local): Promise<Local> {
    const socket = createSocket({ type: wish.address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 << 20 })
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(wish.port, wish.address, resolve)
    })
    const local: Local = { ...wish, port: socket.address().port }
    // An unreachable port of somebody else must not end us.
    socket.on('error', (error) => this.#options.onTrouble?.(error.message, { ...wish, address: '', port: 0 }))
    socket.on('message', (bytes, { address, port }) => {
      // RFC 5626 §3.5.1 and routers that keep their way open: nothing but line ends, or a byte.
      if (bytes.length > 4) this.#options.onMessage(bytes, { transport: 'UDP', address: plainAddress(address), port }, local)
    })
    this.#udp.push({ socket, local })
    return local
  }

  /** Where we listen for a transport, in the family of an address. */
  localFor(transport: TransportName, address: string): Local | undefined {
    const all = transport === 'UDP' ? this.#udp : this.#servers
    const fits = all.filter(({ local }) => local.transport === transport)
    return (fits.find(({ local }) => local.address.includes(':') === address.includes(':')) ?? fits[0])?.local
  }

  /** Sends a message; over TCP and TLS on the connection that is open, else on a new one. Rejects when it cannot be sent. */
  async send(bytes: Uint8Array, peer: Peer): Promise<void> {
    if (peer.transport === 'UDP') return this.#sendUdp(bytes, peer)
    const connection = this.#connections.get(keyOf(peer)) ?? this.#open(peer)
    await connection.ready
    await new Promise<void>((resolve, reject) => {
      if (connection.socket.destroyed) reject(new Error('the connection is closed'))
      else connection.socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** Whether a connection to the peer is open, so that a response can go back on it, §18.2.2. */
  hasConnection(peer: Peer): boolean {
    return this.#connections.has(keyOf(peer))
  }

  async #sendUdp(bytes: Uint8Array, peer: Peer): Promise<void> {
    const family = peer.address.includes(':')
    const from = this.#udp.find(({ local }) => local.address.includes(':') === family)
    if (!from) throw new Error('there is no UDP socket for that family of addresses')
    await new Promise<void>((resolve, reject) =>
      from.socket.send(bytes, peer.port, peer.address, (error) => (error ? reject(error) : resolve())),
    )
  }

  #open(peer: Peer): Connection {
    const where = { host: peer.address, port: peer.port }
    const socket =
      peer.transport === 'TLS'
        ? connectTls({
            ...this.#options.tls,
            ...where,
            servername: nameFor(peer),
            checkServerIdentity: (_host, certificate) => identity(peer, certificate),
          })
        : connectTcp(where)
    const ready = new Promise<void>((resolve, reject) => {
      const giveUp = this.#options.clock.at(this.#options.clock.now() + connectMs, () => socket.destroy(new Error('nobody answers')))
      socket.once(peer.transport === 'TLS' ? 'secureConnect' : 'connect', () => {
        giveUp()
        resolve()
      })
      socket.once('error', reject)
      socket.once('close', () => {
        giveUp()
        reject(new Error('the connection was closed'))
      })
    })
    ready.catch(() => {}) // whoever sends is told; nobody else waits for it
    const local = this.localFor(peer.transport, peer.address) ?? { transport: peer.transport, address: '', port: 0 }
    return this.#keep(socket, peer, ready, local)
  }

  #keep(socket: Socket, peer: Peer, ready: Promise<void>, local: Local): Connection {
    const { clock, onMessage, onTrouble } = this.#options
    const framer = new MessageFramer()
    const key = keyOf(peer)
    const connection: Connection = { socket, peer, ready, lastHeard: clock.now(), stop: () => {} }
    this.#connections.set(key, connection)
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      connection.lastHeard = clock.now()
      try {
        for (const found of framer.take(chunk)) {
          if (found.kind === 'message') onMessage(found.bytes, peer, local)
          else if (found.kind === 'ping') socket.write('\r\n')
        }
      } catch (error) {
        socket.destroy(error instanceof Error ? error : undefined)
      }
    })
    socket.on('error', (error) => onTrouble?.(error.message, peer))
    socket.on('close', () => {
      connection.stop()
      if (this.#connections.get(key) === connection) this.#connections.delete(key)
    })
    this.#keepAlive(connection)
    return connection
  }

  /** Asks an idle connection whether it lives, and closes it when it does not. */
  #keepAlive(connection: Connection): void {
    const { clock, keepAliveMs = 90_000 } = this.#options
    connection.stop = clock.at(clock.now() + keepAliveMs, () => {
      if (clock.now() - connection.lastHeard < keepAliveMs) return this.#keepAlive(connection)
      connection.socket.write('\r\n\r\n')
      const asked = clock.now()
      connection.stop = clock.at(asked + pongMs, () => {
        if (connection.lastHeard >= asked) this.#keepAlive(connection)
        else connection.socket.destroy(new Error('the other side does not answer any more'))
      })
    })
  }

  /** Closes everything. */
  async close(): Promise<void> {
    for (const { socket } of this.#connections.values()) socket.destroy()
    await Promise.all([
      ...this.#udp.map(({ socket }) => new Promise<void>((resolve) => socket.close(() => resolve()))),
      ...this.#servers.map(({ server }) => new Promise<void>((resolve) => server.close(() => resolve()))),
    ])
  }
}

/** `::ffff:192.0.2.1`, as a socket of both families says it, is 192.0.2.1. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')

/** Server name indication may not hold an address, RFC 6066 §3. */
const nameFor = ({ domain }: Peer): string => (domain && !/^[\d.]+$|:/.test(domain) ? domain : '')

/** RFC 5922 §7.2: the certificate names the domain as `sip:domain` among its URIs, or as a DNS name where it has no such URI. */
function identity({ domain, address }: Peer, certificate: PeerCertificate): Error | undefined {
  const uris = (certificate.subjectaltname ?? '')
    .split(', ')
    .flatMap((name) => (/^URI:sip:/i.test(name) ? [name.slice(8).toLowerCase()] : []))
  if (domain && uris.includes(domain.toLowerCase())) return undefined
  if (uris.length > 0) return new Error(`the certificate is for ${uris.join(', ')}`)
  return usualIdentity(domain ?? address, certificate)
}
