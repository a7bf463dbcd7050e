/** Signals within this time are one wish: in a terminal, Ctrl-C arrives from the terminal, from npm and from the process that started us. */
const SAME_WISH_MS = 1_000

/** Somebody's wish that we end. */
export type StopRequest = {
  /** Resolves at the first wish. */
  readonly asked: Promise<void>
  /** Resolves at the second: at once, please. */
  readonly insisted: Promise<void>
}

/** Listens for Ctrl-C, termination, a closed terminal, and the end of the process that started us. */
export function listenForStop(): StopRequest {
  const asked = Promise.withResolvers<void>()
  const insisted = Promise.withResolvers<void>()
  let first: number | undefined
  const wish = () => {
    first ??= performance.now()
    asked.resolve()
    if (performance.now() - first > SAME_WISH_MS) insisted.resolve()
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, wish)
  process.on('disconnect', () => asked.resolve())
  // Whoever read our output may be gone, as after `npm start | head`.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return { asked: asked.promise, insisted: insisted.promise }
}
