import { type AccountServices, isSetUp, noDocuments, openAuthDatabase } from '../modules/accounts/index.ts'
import { openDatabase } from '../platform/database/index.ts'
import type { Services } from '../services.ts'
import { addDemo, type DemoClock } from './add-demo.ts'
import { keptSignIn } from './demo-sign-in.ts'

/** `wanted`: the demo is to be added to an empty server; `there`: it was; `refused`: it was asked for, but a business lives here. */
export type DemoState = 'none' | 'wanted' | 'there' | 'refused'

/** Whether this server is a demo's. The demo keeps its sign-in before it becomes the owner: whoever finds an owner finds that as well. */
export async function demoStateOf({ config, database }: Pick<Services, 'config' | 'database'>): Promise<DemoState> {
  const hasOwner = await isSetUp(database)
  if (hasOwner && keptSignIn(config.dataFolder)) return 'there'
  if (!config.demo) return 'none'
  return hasOwner ? 'refused' : 'wanted'
}

/** A server whose customers are made up: no mail leaves it, whatever its settings say. */
export function asDemo(services: Services, state: DemoState): Services {
  const { config } = services
  if (state === 'none') return services
  if (state === 'refused') return { ...services, config: { ...config, demo: false } }
  return { ...services, config: { ...config, demo: true, mail: { ...config.mail, smtp: undefined } } }
}

/** Adds the demo where it is wanted. Uses connections of its own, because its time is not the server's. */
export async function openDemo({ config, urls, keys, passwords, clock, log }: Services, state: DemoState): Promise<void> {
  if (state !== 'wanted') return
  const time = movableClock(clock())
  const database = openDatabase({ url: hurried(urls.app), keys, clock: time, connections: 1 })
  const auth = openAuthDatabase({ url: urls.auth, keys, clock: time, connections: 2 })
  const accounts: AccountServices = {
    auth,
    database,
    passwords,
    signUp: 'closed',
    ageLimit: null,
    signUpCountries: null,
    transferTo: null,
    documents: noDocuments,
    linkBase: () => '',
    mail: async () => undefined,
    afterwards: (_task, work) => void work(),
  }
  try {
    await addDemo({ accounts, clock: time, dataFolder: config.dataFolder, log, today: clock() })
  } finally {
    await Promise.all([database.close(), auth.close()])
  }
}

/** What the start says about the demo. */
export function demoNotices(dataFolder: string, state: DemoState): readonly string[] {
  if (state === 'none') return []
  if (state === 'refused')
    return ['This server has an owner already, so no demo was added. Give it a folder of its own: npm start -- --demo --data <folder>']
  const signIn = keptSignIn(dataFolder)
  if (!signIn) return []
  const unfinished = signIn.complete
    ? []
    : ['The demo was interrupted while it was made. For a whole one, remove the data folder and start again.']
  return [
    `This is a demo: its customers are made up, and no mail leaves it. Sign in with\n${signIn.email}\n${signIn.password}`,
    ...unfinished,
  ]
}

/** Some hundred small transactions that need not wait for the disk: a demo that is lost in a crash is made anew. */
function hurried(url: string): string {
  const address = new URL(url)
  address.searchParams.set('options', '-c synchronous_commit=off')
  return address.href
}

function movableClock(start: Temporal.Instant): DemoClock {
  let now = start
  return Object.assign(() => now, {
    set(instant: Temporal.Instant) {
      now = Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds)
    },
  })
}
