import { nowMs } from './clock.ts'

/** So long after the last press, key or turn of the wheel nobody is taken to sit here. */
const AWAY_MS = 60_000

let touchedAt = nowMs()
const touch = () => {
  touchedAt = nowMs()
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
  globalThis.addEventListener?.(kind, touch, { capture: true, passive: true })

/** Says to the server that the browser asks by itself, so that an open screen alone keeps no session alive. */
export const unattendedHeader = (): Readonly<Record<string, string>> =>
  nowMs() - touchedAt > AWAY_MS ? { 'frontdesk-unattended': '1' } : {}
