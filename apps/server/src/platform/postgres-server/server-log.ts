import { closeSync, copyFileSync, mkdirSync, openSync, readSync, statSync, truncateSync } from 'node:fs'
import path from 'node:path'

const LARGEST_LOG_BYTES = 10_000_000

/**
 * The server's own log. It writes into the file itself, not through us, so that nothing is lost and nothing blocks when we are killed and the server lives on.
 */
export class ServerLog {
  readonly #file: string
  constructor(logsFolder: string) {
    mkdirSync(logsFolder, { recursive: true, mode: 0o700 })
    this.#file = path.join(logsFolder, 'postgres.log')
  }

  /** A descriptor for the server's output. The caller closes it once the server has its own. */
  open(): number {
    return openSync(this.#file, 'a', 0o600)
  }

  /** How long the log is now; for `since`. */
  get length(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
  }

  /** What was written after `position`. */
  since(position: number): string {
    const bytes = Buffer.alloc(Math.min(Math.max(this.length - position, 0), 20_000))
    const file = openSync(this.#file, 'r')
    readSync(file, bytes, 0, bytes.length, position)
    closeSync(file)
    return bytes.toString('utf8')
  }

  /** Moves the text aside when it has grown too long; the server appends, so it goes on at the new beginning. */
  rotate(): void {
    if (this.length <= LARGEST_LOG_BYTES) return
    copyFileSync(this.#file, `${this.#file}.1`)
    truncateSync(this.#file)
  }
}
