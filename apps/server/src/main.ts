/**
 * The command: `main.ts start` runs everything under one supervisor, `main.ts dev` does so and reloads on change, `main.ts --role <role>` is one role's process,
 * `main.ts --prepare` brings the database up to date and ends.
 * Nothing but Node itself is imported up here, so that a wrong Node gets a sentence instead of a stack trace.
 */
import path from 'node:path'
import type { Config } from './platform/config/index.ts'
import type { DatabaseUrls, PrepareDatabase } from './platform/database/index.ts'

/** What the process that prepares the database is told. */
type Preparation = Omit<PrepareDatabase, 'migrations' | 'passwords' | 'keysHere' | 'rest'> & { readonly objectStore: Config['objectStore'] }

const NODE_MAJOR = 26
const cloneRoot = path.resolve(import.meta.dirname, '../../..')
const [command = '', ...flags] = process.argv.slice(2)

if (Number.parseInt(process.versions.node, 10) !== NODE_MAJOR) {
  fail(`Frontdesk runs on Node ${NODE_MAJOR}, which it brings along; this is ${process.version}. Start it with: npm start`)
}
await run().catch((error: unknown) => fail(error))

async function run(): Promise<void> {
  if (command === '--role') return runOneRole()
  if (command === '--prepare') return prepare()
  if (command === 'start' || command === 'dev') return runDesk()
  throw new Error(`"${command}" is not a command. Start Frontdesk with: npm start`)
}

async function runOneRole(): Promise<void> {
  const { runRole } = await import('./platform/supervisor/run-role.ts')
  let house: Promise<typeof import('./house.ts')> | undefined
  // The code is read while the database is still made ready; what is wrong with it is said once the role begins.
  setImmediate(() => {
    house = import('./house.ts')
    house.catch(() => undefined)
  })
  await runRole(async (start) => (await (house ?? import('./house.ts'))).startRole(start))
}

async function prepare(): Promise<void> {
  const [{ answerTask }, { prepareDatabase }, { migrationFolders }, { openKeys }, { systemClock }, { preparationMark }] = await Promise.all(
    [
      import('./platform/supervisor/own-process.ts'),
      import('./platform/database/index.ts'),
      import('./migration-order.ts'),
      import('./platform/crypto/index.ts'),
      import('./platform/clock/index.ts'),
      import('./preparation-mark.ts'),
    ],
  )
  await answerTask(({ objectStore, ...wish }: Preparation) => {
    const folder = path.join(wish.dataFolder, 'keys')
    const keysHere = { folder, open: () => openKeys(folder, systemClock()) }
    const work = async (urls: DatabaseUrls) => {
      // The whole house is read for its queues and erasures; a start that changes neither does without.
      const [{ prepareJobs }, { houseJobs }, { eraseAgain }] = await Promise.all([
        import('./platform/jobs/index.ts'),
        import('./house.ts'),
        import('./erase-again.ts'),
      ])
      await prepareJobs(urls.owner, houseJobs())
      await eraseAgain(urls, wish.dataFolder, objectStore)
    }
    const mark = preparationMark(cloneRoot, wish.dataFolder)
    return prepareDatabase({ ...wish, migrations: migrationFolders, keysHere, rest: { mark, work } })
  })
}

async function runDesk(): Promise<void> {
  const { loadConfig } = await import('./platform/config/index.ts')
  const config = loadConfig(process.env, flags, cloneRoot)
  const { claimDataFolder, inOwnProcess, reloadOnChange, roleEnvironment, supervise } = await import('./platform/supervisor/index.ts')
  const claim = await claimDataFolder(config.dataFolder)

  const say = (sentence: string) => console.log(sentence)
  const preparing = { main: import.meta.filename, args: ['--prepare'], env: roleEnvironment(config) }
  const prepareDatabase = (administratorUrl: string, database: string) =>
    inOwnProcess<Preparation, DatabaseUrls>(preparing, {
      administratorUrl,
      database,
      dataFolder: config.dataFolder,
      objectStore: config.objectStore,
    })
  const desk = { config, claim, main: import.meta.filename, prepareDatabase, say }
  await supervise(desk, command === 'dev' ? (running) => reloadOnChange(running, cloneRoot, say) : undefined)
  process.exit(0)
}

function fail(reason: unknown): never {
  // Our own errors say what happened and what to do. Anything else is a mistake of ours, and its trace helps to find it.
  const text =
    reason instanceof Error
      ? reason.constructor === Error || reason.name === 'ConfigError'
        ? reason.message
        : reason.stack
      : String(reason)
  console.error(`\n${text}\n`)
  process.exit(1)
}
