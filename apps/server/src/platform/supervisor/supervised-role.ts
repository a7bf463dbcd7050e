import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Role } from '../config/index.ts'
import { DRAIN_MS, type FromRole, ROLE_FLAGS, type RoleStart, type ToRole } from './role.ts'
import type { RoleOutput } from './role-output.ts'

const BACKOFF_MS = [100, 500, 1_000, 2_000, 5_000, 15_000, 30_000] as const
/** A role that has worked this long is taken for healthy: its next crash is the first one again. */
const HEALTHY_MS = 10_000
/** A role that was never ready is given up after so many attempts. */
const FIRST_ATTEMPTS = 4

/** Thrown inside a start that somebody stopped. */
export class Stopped extends Error {}

/** What a role said when it was ready. */
export type Ready = Extract<FromRole, { kind: 'ready' }>

export type SupervisedRoleSettings = {
  readonly role: Role
  /** The program that runs a role. */
  readonly main: string
  readonly environment: NodeJS.ProcessEnv
  /** Asked at every start, since addresses may have changed. The process reads its code until it answers. */
  readonly begin: () => Promise<RoleStart>
  readonly output: RoleOutput
  readonly say: (sentence: string) => void
}

/** Keeps one role running: starts it, starts it again when it crashes, stops it. A crash of one role never touches another. */
export class SupervisedRole {
  readonly #settings: SupervisedRoleSettings
  #child: ChildProcess | undefined
  #stopping = false
  #crashes = 0
  #wasReady = false
  /** The process was told what to do; until then it only reads its code. */
  #begun = false
  #awaken: (() => void) | undefined

  constructor(settings: SupervisedRoleSettings) {
    this.#settings = settings
  }

  get name(): Role {
    return this.#settings.role
  }

  /** Resolves when the role is ready for the first time; rejects when it never gets there. */
  start(): Promise<Ready> {
    return new Promise((resolve, reject) => {
      void this.#run(resolve, reject)
    })
  }

  /** Ends the running process; a new one takes its place at once. */
  async restart(): Promise<void> {
    this.#crashes = 0
    await this.#end()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    this.#awaken?.()
    await this.#end()
  }

  /** Ends the process at once, without letting it finish. */
  kill(): void {
    this.#stopping = true
    this.#child?.kill('SIGKILL')
  }

  async #run(ready: (ready: Ready) => void, giveUp: (error: Error) => void): Promise<void> {
    for (;;) {
      if (this.#stopping) return giveUp(new Stopped())
      const since = performance.now()
      const how = await this.#once(ready)
      if (this.#stopping) continue
      if (how === 'replaced') continue
      if (performance.now() - since > HEALTHY_MS) this.#crashes = 0
      this.#crashes += 1
      if (!this.#wasReady && this.#crashes >= FIRST_ATTEMPTS) {
        return giveUp(new Error(`The ${this.name} role does not start: ${how}`))
      }
      const wait = BACKOFF_MS[Math.min(this.#crashes, BACKOFF_MS.length) - 1] ?? 30_000
      this.#settings.say(`The ${this.name} role stopped: ${how}. It starts again${wait >= 1_000 ? ` in ${wait / 1_000} s` : ''}.`)
      await this.#wait(wait)
    }
  }

  /** One life of the role's process; answers how it ended. */
  #once(ready: (ready: Ready) => void): Promise<string> {
    const { role, main, environment, begin, output } = this.#settings
    const child = spawn(process.execPath, [...ROLE_FLAGS, main, '--role', role], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) if (stream) output.follow(role, stream)
    let why: string | undefined
    child.on('message', (message: FromRole) => {
      if (message.kind === 'failed') why = message.why
      if (message.kind !== 'ready') return
      this.#wasReady = true
      ready(message)
    })
    this.#begun = false
    void begin().then(
      (start) => {
        this.#begun = true
        send(child, { kind: 'begin', start })
      },
      () => undefined, // what it waits for failed, and whoever started it says so and stops it
    )
    return new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, signal) => resolve(endings.get(child) ?? why ?? signal ?? `exit code ${code}`))
    })
  }

  async #end(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    endings.set(child, 'replaced')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (this.#begun) send(child, { kind: 'stop' })
    else child.kill('SIGKILL')
    const timer = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS)
    await ended
    clearTimeout(timer)
  }

  #wait(milliseconds: number): Promise<unknown> {
    const awake = new Promise<void>((resolve) => {
      this.#awaken = resolve
    })
    return Promise.race([pause(milliseconds), awake])
  }
}

/** Processes that we ended on purpose. */
const endings = new WeakMap<ChildProcess, 'replaced'>()

/** The channel may close between our look and our word; the exit tells the rest. */
function send(child: ChildProcess, message: ToRole): void {
  if (child.connected) child.send(message, () => undefined)
}
