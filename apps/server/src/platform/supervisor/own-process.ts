import { fork } from 'node:child_process'
import { flushCompileCache } from 'node:module'
import { ROLE_FLAGS } from './role.ts'

/** A task as it is handed to the process that does it. */
export type Task<Input> = { readonly input: Input }

/** A program with its arguments. */
export type Program = { readonly main: string; readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv }

type Outcome<Output> = { readonly output: Output } | { readonly failure: string }

/**
 * Does one task in a process of its own, whose memory is given back afterwards. Input and output travel over the channel, not in arguments.
 * @param program What runs; it calls `answerTask`.
 */
export function inOwnProcess<Input, Output>({ main, args, env }: Program, input: Input): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = fork(main, [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...ROLE_FLAGS], env })
    child.once('message', (outcome: Outcome<Output>) =>
      'output' in outcome ? resolve(outcome.output) : reject(new Error(outcome.failure)),
    )
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      reject(new Error(`Preparing the database was cut off (${signal ?? `exit code ${code}`}). Start again.`)),
    )
    child.send({ input } satisfies Task<Input>)
  })
}

/** The other side: does the task that arrives and answers its outcome. */
export async function answerTask<Input, Output>(work: (input: Input) => Promise<Output>): Promise<void> {
  // Ctrl-C reaches this process too; the one that asked decides. Without it there is nobody to answer.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit(1))
  const { input } = await new Promise<Task<Input>>((resolve) => process.once('message', (task: Task<Input>) => resolve(task)))
  const outcome: Outcome<Output> = await work(input).then(
    (output) => ({ output }),
    (error: unknown) => ({ failure: sentenceOf(error) }),
  )
  flushCompileCache() // for the roles, which run the same code next
  process.send?.(outcome, undefined, undefined, () => process.exit(0))
}

/** Our own errors are sentences; of others the cause helps too. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}\nThe cause: ${error.cause.message}` : error.message
}
