import { flushCompileCache } from 'node:module'
import { banner } from './banner.ts'
import { Desk, type DeskSettings } from './desk.ts'
import { giveBackAtRest } from './give-back.ts'
import { listenForStop } from './stop-request.ts'

/** Accompanies a desk that runs: `npm run dev` reloads what changed. Answers how to end that. */
export type Companion = (desk: Desk) => () => void

/**
 * Runs Frontdesk on this machine until somebody asks it to stop. Resolves when nothing runs any more.
 * @throws Error whose message says what to do, after everything that had started was stopped again.
 */
export async function supervise(settings: DeskSettings, companion: Companion = () => () => undefined): Promise<void> {
  const stop = listenForStop()
  const desk = new Desk(settings)
  let endCompanion = () => {}
  const started = desk.start().then((facts) => {
    settings.say(banner({ config: settings.config, ...facts }))
    giveBackAtRest()
    endCompanion = companion(desk)
    flushCompileCache() // now, since a process that is killed would not
  })
  const failure = await Promise.race([started.then(() => stop.asked), stop.asked]).then(
    () => undefined,
    (error: unknown) => error,
  )
  void started.catch(() => undefined) // a start that was interrupted fails in its own ways
  if (failure === undefined) settings.say('\nStopping. Press Ctrl-C again to hurry.')
  endCompanion()
  void stop.insisted.then(() => desk.kill())
  await desk.stop()
  if (failure !== undefined) throw failure
  settings.say('Stopped.')
}
