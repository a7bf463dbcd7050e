/**
 * Loaded into every process of a desk under test (`node --import`): its clock is the machine's plus as many hours as stand in the file TEST_CLOCK_FILE, so that a test jumps days
 * while the desk runs. Timers, sockets and PostgreSQL keep the machine's time.
 */
import { readFileSync } from 'node:fs'

const READ_AGAIN_MS = 100
const real = Temporal.Now.instant.bind(Temporal.Now)
let hours = 0
let readAt = Number.NEGATIVE_INFINITY

function shifted() {
  if (performance.now() - readAt > READ_AGAIN_MS) {
    readAt = performance.now()
    try {
      hours = Number(readFileSync(process.env.TEST_CLOCK_FILE ?? '', 'utf8')) || 0
    } catch {
      hours = 0 // not written yet
    }
  }
  return real().add({ hours })
}

Temporal.Now.instant = shifted
Temporal.Now.zonedDateTimeISO = (zone = Temporal.Now.timeZoneId()) => shifted().toZonedDateTimeISO(zone)
Temporal.Now.plainDateISO = (zone) => Temporal.Now.zonedDateTimeISO(zone).toPlainDate()
