import { appendFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'

const LARGEST_FILE_BYTES = 10_000_000
const KEPT_FILES = 5
const WARNING_LEVEL = 40
/** Node's hints to developers: in the log, not on an owner's terminal. */
const NODE_WARNING = /^\(node:\d+\) |^\(Use `node --trace/

const lineSchema = z.object({
  level: z.number(),
  line: z.string(),
  name: z.string().optional(),
  code: z.string().optional(),
  reference: z.string().optional(),
})

/** Writes what roles print into `<data>/logs/frontdesk.log`, and shows warnings on the terminal, shortened. */
export class RoleOutput {
  readonly #file: string
  readonly #show: (line: string) => void
  #size: number

  constructor(logsFolder: string, show: (line: string) => void) {
    this.#file = path.join(logsFolder, 'frontdesk.log')
    this.#show = show
    this.#size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Takes the lines of one stream for as long as it is open. */
  follow(role: string, stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => this.#take(role, line))
  }

  #take(role: string, line: string): void {
    this.#write(`${line}\n`)
    const shown = summaryOf(line)
    if (shown !== undefined) this.#show(`${role}: ${shown}`)
  }

  #write(text: string): void {
    if (this.#size > LARGEST_FILE_BYTES) this.#rotate()
    try {
      appendFileSync(this.#file, text, { mode: 0o600 })
      this.#size += Buffer.byteLength(text)
    } catch {
      // A full disk stops the log, not the desk.
    }
  }

  #rotate(): void {
    for (let number = KEPT_FILES; number > 0; number--) {
      const older = number === 1 ? this.#file : `${this.#file}.${number - 1}`
      if (statSync(older, { throwIfNoEntry: false })) renameSync(older, `${this.#file}.${number}`)
    }
    this.#size = 0
  }
}

/** A warning or error in one line, nothing for everyday lines; what is not one of our lines, such as Node's own words, as it is. */
function summaryOf(text: string): string | undefined {
  const parsed = lineSchema.safeParse(jsonOf(text))
  if (!parsed.success) return text.trim() === '' || NODE_WARNING.test(text) ? undefined : text
  const { level, line, name, code, reference } = parsed.data
  if (level < WARNING_LEVEL) return undefined
  return [line, name, code, reference && `reference ${reference}`].filter(Boolean).join(', ')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
