import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** The clock of a desk under test, which jumps while it runs. */
export type DeskClock = {
  /** What its processes are started with. */
  readonly env: Readonly<Record<string, string>>
  /** Moves on by whole days. */
  readonly jump: (days: number) => void
}

/** A clock for the desk in this data folder; at first it is the machine's. */
export function deskClock(dataFolder: string): DeskClock {
  const file = path.join(dataFolder, 'test-clock-hours')
  let hours = 0
  const write = () => writeFileSync(file, String(hours), { mode: 0o644 })
  write()
  return {
    env: { NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'shifted-clock.mjs')}`, TEST_CLOCK_FILE: file },
    jump: (days) => {
      hours += days * 24
      write()
    },
  }
}
