import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRunning } from '../../apps/server/src/platform/postgres-server/index.ts'
import { answers, newDataFolder, type RunningDesk, removeDataFolder, spawnDesk, startDesk, untilTrue } from '../setup/desk.ts'

const folders: string[] = []
const folder = (): string => {
  const made = newDataFolder()
  folders.push(made)
  return made
}
afterAll(() => {
  for (const made of folders) removeDataFolder(made)
})

const kill = (...pids: readonly (number | undefined)[]): void => {
  for (const pid of pids) if (pid !== undefined) process.kill(pid, 'SIGKILL')
}
const allGone = (pids: readonly number[]) => untilTrue(() => !pids.some(isRunning), `the end of ${pids}`)
const healthy = (desk: RunningDesk) => untilTrue(() => answers(`${desk.url}/healthz`), `${desk.url}/healthz`)

describe('a start that cannot be', () => {
  it('says what is wrong with the settings, and leaves nothing running', async () => {
    const { child, output } = spawnDesk({ dataFolder: folder(), args: ['--port', 'many'] })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(output()).toContain('--port is "many", but has to be a port number from 0 to 65535')
  })

  it('says that the database does not answer', async () => {
    const { child, output } = spawnDesk({ dataFolder: folder(), env: { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/desk' } })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(output()).toContain('The database at 127.0.0.1:9/desk cannot be used.')
    expect(output()).not.toContain('secret')
  })

  it('is stopped in the middle and leaves no process', async () => {
    const dataFolder = folder()
    const { child } = spawnDesk({ dataFolder })
    await untilTrue(() => isRunning(child.pid!), 'the supervisor')
    process.kill(child.pid!, 'SIGTERM')
    await once(child, 'exit')
    const next = await startDesk({ dataFolder })
    expect(await next.stop()).toBe(0)
  })
})

describe('a running desk', () => {
  let desk: RunningDesk
  beforeAll(async () => {
    desk = await startDesk({ dataFolder: folder() })
  })
  afterAll(() => desk.stop())

  it('answers, and says where its data is and who can reach it', async () => {
    await healthy(desk)
    expect(desk.output()).toContain(desk.dataFolder)
    expect(desk.output()).toContain('works on this computer only')
  })

  it('keeps a second one away from its data, and says where the first is', async () => {
    const { child, output } = spawnDesk({ dataFolder: desk.dataFolder })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(output()).toContain(`Frontdesk already runs on this data (process ${desk.process.pid}, ${desk.url})`)
  })

  it('shares the machine with another one, which takes the next free port and says so', async () => {
    const port = new URL(desk.url).port
    const other = await startDesk({ dataFolder: folder(), args: ['--port', port] })
    await healthy(other)
    expect(other.url).not.toBe(desk.url)
    expect(other.output()).toContain(`Port ${port} is taken by another program`)
    await other.stop()
    await healthy(desk)
  })

  it('starts a killed PostgreSQL again; the roles go on', async () => {
    const before = desk.pids()
    kill(before.postgres)
    await untilTrue(() => (desk.pids().postgres ?? before.postgres) !== before.postgres, 'another PostgreSQL')
    await healthy(desk)
    expect(desk.pids()).toEqual({ ...before, postgres: desk.pids().postgres })
  })

  it('starts a killed web role again, at the same address, and leaves the others alone', async () => {
    const before = desk.pids()
    kill(before.web)
    await untilTrue(() => (desk.pids().web ?? before.web) !== before.web, 'another web role')
    await healthy(desk)
    expect(desk.pids()).toEqual({ ...before, web: desk.pids().web })
  })

  it('starts a killed worker again', async () => {
    const before = desk.pids()
    kill(before.worker)
    await untilTrue(() => (desk.pids().worker ?? before.worker) !== before.worker, 'another worker')
    expect(desk.pids().web).toBe(before.web)
  })

  it('leaves no process after Ctrl-C, which reaches every process of the terminal, several times', async () => {
    const family = desk.family()
    expect(family.length).toBeGreaterThan(4)
    const ended = once(desk.process, 'exit')
    for (let time = 0; time < 3; time++) process.kill(-desk.process.pid!, 'SIGINT')
    expect(await ended).toEqual([0, null])
    await allGone(family)
  })
})

describe('after the worst', () => {
  it('recovers when the supervisor was killed: the roles end by themselves, PostgreSQL is taken over', async () => {
    const dataFolder = folder()
    const first = await startDesk({ dataFolder })
    const { supervisor, web, worker, postgres } = first.pids()
    kill(supervisor)
    await allGone([supervisor, web!, worker!])
    const second = await startDesk({ dataFolder })
    await healthy(second)
    expect(isRunning(postgres!)).toBe(true)
    expect(await second.stop()).toBe(0)
    expect(isRunning(postgres!)).toBe(false)
  })

  it('recovers when every process was killed', async () => {
    const dataFolder = folder()
    const first = await startDesk({ dataFolder })
    kill(...first.family())
    await allGone(first.family())
    const second = await startDesk({ dataFolder })
    await healthy(second)
    await second.stop()
  })

  it('stops properly when the process that started it is gone', async () => {
    const desk = await startDesk({ dataFolder: folder() })
    const family = desk.family()
    desk.process.disconnect()
    await once(desk.process, 'exit')
    expect(desk.process.exitCode).toBe(0)
    await allGone(family)
  })
})
