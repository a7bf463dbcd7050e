import type { Server, Socket } from 'node:net'
import { networkOf } from '../http/index.ts'

/** How many connections a door holds at once: all of them, and those of one address. */
export type ConnectionLimits = { readonly all: number; readonly ofOneAddress: number }

/**
 * A browser opens six connections and one for live events, so this is room for some hundred people at the same moment; each costs some ten kilobytes. One address may
 * have a quarter of it: enough for an office, or for everybody behind a router that hides where they come from, and not enough to keep the others out.
 */
export const doorLimits: ConnectionLimits = { all: 2_000, ofOneAddress: 500 }

/** Closes connections beyond the limits before a byte is read or a handshake computed. */
export function limitConnections(server: Server, limits: ConnectionLimits = doorLimits): void {
  const held = new Map<string, number>()
  server.maxConnections = limits.all
  server.on('connection', (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? '')
    const count = (held.get(address) ?? 0) + 1
    if (count > limits.ofOneAddress) return void socket.destroy()
    held.set(address, count)
    socket.once('close', () => {
      const left = (held.get(address) ?? 1) - 1
      if (left > 0) held.set(address, left)
      else held.delete(address)
    })
  })
}
