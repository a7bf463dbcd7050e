import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** How long, in milliseconds, somebody may take to send what she began. */
export type Patience = {
  /** For a whole body. */
  readonly body: number
  /** For a file: silence that long, however long the whole takes. */
  readonly silence: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a file: half a gigabyte over a bad line takes longer than two minutes, and is welcome as long as something arrives. */
    readonly takesFile?: boolean
  }
}

/** How long any request may take at all, with the largest file on a bad line. */
export const LONGEST_REQUEST_MS = 2 * 60 * 60_000

const usual: Patience = { body: 120_000, silence: 60_000 }

/** Cuts off whoever sends her body too slowly, so that nobody holds a place by writing a byte a second. `cutOff` tells her and ends the connection. */
export function boundPatience(app: FastifyInstance, cutOff: (request: IncomingMessage) => void, { body, silence }: Patience = usual): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request
    if (hasBody(raw)) {
      const timer = request.routeOptions.config.takesFile ? whenSilent(raw, silence, cutOff) : whenLate(raw, body, cutOff)
      raw.once('end', () => clearInterval(timer))
      raw.once('close', () => clearInterval(timer))
    }
    done()
  })
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function whenLate(raw: IncomingMessage, ms: number, cutOff: (request: IncomingMessage) => void): NodeJS.Timeout {
  return setTimeout(() => {
    if (!raw.complete) cutOff(raw)
  }, ms).unref()
}

function whenSilent(raw: IncomingMessage, ms: number, cutOff: (request: IncomingMessage) => void): NodeJS.Timeout {
  let heard = raw.socket.bytesRead
  return setInterval(() => {
    if (raw.complete) return
    // What is not read yet waits because of us, not because of her.
    if (raw.socket.bytesRead === heard && raw.readableLength === 0) cutOff(raw)
    heard = raw.socket.bytesRead
  }, ms).unref()
}
