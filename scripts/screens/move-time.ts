/**
 * Moves what a program takes for now, in Node or in a browser: pictures show the same days however late they are taken. Goes into the browser as text, so it stands on
 * nothing around it.
 */
export function moveTime(offsetMs: number): void {
  const RealDate = Date
  const now = () => RealDate.now() + offsetMs
  globalThis.Date = class extends RealDate {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [now()] : given) as [number]))
    }
    static override now(): number {
      return now()
    }
  } as DateConstructor
  if (globalThis.Temporal) Temporal.Now.instant = () => Temporal.Instant.fromEpochMilliseconds(now())
}
