import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { type Browser, becomeOwner } from '../setup/owner.ts'
import { sized } from '../setup/sizes.ts'

/** How often the worker is killed within one list. */
const kills = sized(2, 10)
const rows = sized(8000, 60_000)
/** Whoever asks more often than this is asked to wait. */
const PACE_MS = 250

const dataFolder = newDataFolder()
afterAll(() => removeDataFolder(dataFolder))

it(`a worker that is killed ${kills} times within a list of ${rows} leaves every row exactly once`, {
  timeout: 300_000 + kills * 60_000,
}, async () => {
  const desk = await startDesk({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1' } })
  const owner = await becomeOwner(desk)
  const { version, sha256 } = await owner.call('GET /processing-terms')
  await owner.call('POST /processing-terms/acceptance', { body: { version, sha256 } })
  const list = `Name,Email,Phone,Company\n${Array.from({ length: rows }, (_, n) => `Kill ${n},kill${n}@resume.example,+1212${5_550_000 + (n % 9000)},Co ${n % 50}`).join('\n')}\n`
  const begun = await owner.call('POST /imports', { file: new File([list], 'people.csv') })
  const importId = begun.id
  const load = async () => {
    await pause(PACE_MS)
    return owner.call('GET /imports/{importId}', { params: { importId } })
  }
  const untilState = (state: string) => untilTrue(async () => (await load()).state === state, `the import to be ${state}`, 240_000)
  await untilState('draft')
  const draft = await load()
  await owner.call('PATCH /imports/{importId}', {
    params: { importId },
    version: draft.version,
    body: { matchBy: ['email'], ground: { kind: 'unknown' } },
  })
  await owner.call('POST /imports/{importId}/check', { params: { importId } })
  await untilState('checked')
  expect((await load()).forecast?.counts).toMatchObject({ rows, created: rows })

  await owner.call('POST /imports/{importId}/start', { params: { importId }, body: { vouched: true } })
  let killed = 0
  for (; killed < kills; killed++) {
    const { done: before } = await load()
    await untilTrue(async () => (await load()).done > before || (await load()).state === 'finished', 'the import to go on', 120_000)
    if ((await load()).state === 'finished') break
    await killWorker(desk)
  }
  expect(killed).toBe(kills)
  await untilState('finished')
  expect((await load()).counts).toMatchObject({ rows, created: rows, duplicate: 0, updated: 0 })
  expect(await namesOf(owner)).toEqual({ contacts: rows, names: rows })
  console.log(`${killed} kills: ${rows} rows, each once`)
  expect(await desk.stop()).toBe(0)
})

async function killWorker(desk: RunningDesk): Promise<void> {
  await untilTrue(() => desk.pids().worker !== undefined, 'the worker to come back')
  const pid = desk.pids().worker
  if (pid === undefined) return
  process.kill(pid, 'SIGKILL')
  await untilTrue(() => desk.pids().worker !== undefined && desk.pids().worker !== pid, 'the worker to come back')
}

async function namesOf(owner: Browser): Promise<{ contacts: number; names: number }> {
  const names: string[] = []
  let after: string | undefined
  do {
    await pause(PACE_MS)
    const page = await owner.call('GET /contacts', { query: { limit: 200, sort: 'name', ...(after ? { cursor: after } : {}) } })
    names.push(...page.items.map(({ name }) => name).filter((name) => name.startsWith('Kill ')))
    after = page.next ?? undefined
  } while (after)
  return { contacts: names.length, names: new Set(names).size }
}
