// @ts-check
/**
 * The door of every npm script. Runs on whatever Node the machine has (20 or newer), installs what is missing, and
 * hands over to the Node that Frontdesk pins. Plain JavaScript without dependencies, because nothing is there yet.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const OLDEST_NODE = 20

/** What each command runs, and whether tools for developers are needed for it. */
const COMMANDS = {
  start: { run: ['apps/server/src/main.ts', 'start'], needs: 'production' },
  backup: { run: ['scripts/backup.ts'], needs: 'production' },
  restore: { run: ['scripts/restore.ts'], needs: 'production' },
  operator: { run: ['scripts/operator.ts'], needs: 'production' },
  dev: { run: ['apps/server/src/main.ts', 'dev'], needs: 'everything' },
  test: { run: ['scripts/test.ts'], needs: 'everything' },
  'test-pg15': { run: ['scripts/test-pg15.ts'], needs: 'everything' },
  prove: { run: ['scripts/prove.ts'], needs: 'everything' },
  bench: { run: ['scripts/bench.ts'], needs: 'everything' },
  check: { run: ['scripts/check.ts'], needs: 'everything' },
  screens: { run: ['scripts/screens.ts'], needs: 'everything' },
}

const [name = '', ...rest] = process.argv.slice(2)
await main()

async function main() {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    stop(
      `Frontdesk needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}. Get it from https://nodejs.org and run the command again.`,
    )
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)] : undefined
  if (!command) stop(`There is no command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`)

  // Imported late, so that an old Node prints the sentence above instead of a syntax error.
  const { installWhatIsMissing } = await import('./install.mjs')
  const node = await installWhatIsMissing(ROOT, /** @type {'production' | 'everything'} */ (command.needs)).catch((error) =>
    stop(error.message),
  )
  handOver(node, [path.join(ROOT, command.run[0]), ...command.run.slice(1), ...rest])
}

/**
 * Runs the pinned Node and lives exactly as long as it does.
 * @param {string} node
 * @param {string[]} args
 */
function handOver(node, args) {
  const modules = path.join(ROOT, 'node_modules')
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}` }
  // Compiled code, kept between starts: they take half the time and, without the compiler's garbage, a third less memory.
  if (isWritable(modules)) env.NODE_COMPILE_CACHE ??= path.join(modules, '.cache', 'frontdesk-code')
  // The channel carries no messages. The server sees it close when this process is killed, and stops as if asked to.
  const stdio = /** @type {const} */ (['inherit', 'inherit', 'inherit', 'ipc'])
  const child = spawn(node, args, { cwd: ROOT, env, stdio: [...stdio] })

  // Ctrl-C in a terminal reaches the child by itself as well; the child takes two signals in a row for one.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  if (process.env.npm_lifecycle_event) whenParentIsGone(() => child.kill('SIGTERM'))

  child.once('error', (error) =>
    stop(`The pinned Node at ${node} did not start: ${error.message}. Delete node_modules and run the command again.`),
  )
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15)))
}

/**
 * npm passes SIGINT and SIGTERM on, but a killed npm cannot. Only npm's own child may conclude anything from its
 * parent's death: a shell that started us in the background is free to close.
 * @param {() => void} act
 */
function whenParentIsGone(act) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, 250)
  timer.unref()
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence) {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}
