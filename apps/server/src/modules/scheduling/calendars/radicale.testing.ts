/** A real CalDAV server (Radicale, a Debian package) on this computer, and another client of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { calendarOf } from './testing.ts'

/** Whoever has an account there. */
export const caldavUser = { username: 'ana', password: 'p4ss word:with colon' } as const

export type Radicale = {
  /** The account's address, as she types it. */
  readonly base: string
  /** Her calendar. */
  readonly calendar: string
  /** Puts an event there, as her phone does. */
  readonly put: (name: string, event: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** The files of her calendar by name. */
  readonly files: () => Promise<ReadonlyMap<string, string>>
  /** What it says of her calendar, the mark that changes with it among the rest. */
  readonly describe: () => Promise<string>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

const patienceMs = 30_000

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (typeof address !== 'object' || !address) throw new Error('No port is free.')
  return address.port
}

/** Starts it in a folder of its own, with one account and one calendar. */
export async function startRadicale(folder: string): Promise<Radicale> {
  const port = await freePort()
  mkdirSync(folder, { recursive: true })
  const users = path.join(folder, 'users')
  const config = path.join(folder, 'config')
  writeFileSync(users, `${caldavUser.username}:${caldavUser.password}\n`)
  writeFileSync(
    config,
    [
      `[server]\nhosts = 127.0.0.1:${port}`,
      `[auth]\ntype = htpasswd\nhtpasswd_filename = ${users}\nhtpasswd_encryption = plain\ndelay = 0`,
      `[storage]\nfilesystem_folder = ${path.join(folder, 'collections')}`,
      '[rights]\ntype = owner_only',
      '[logging]\nlevel = error',
    ].join('\n\n'),
  )
  const base = `http://127.0.0.1:${port}/`
  const calendar = `${base}${caldavUser.username}/work/`
  const authorization = `Basic ${Buffer.from(`${caldavUser.username}:${caldavUser.password}`).toString('base64')}`
  const ask = async (method: string, url: string, body?: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, { method, headers: { authorization, ...headers }, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
    return text
  }
  let running: ChildProcess | undefined
  const start = async () => {
    const child = spawn('radicale', ['--config', config], { stdio: 'ignore' })
    running = child
    let missing: Error | undefined
    child.once('error', (error) => {
      missing = error
    })
    const until = performance.now() + patienceMs
    for (;;) {
      if (missing) throw new Error('There is no Radicale. Install it (Debian: apt-get install radicale).', { cause: missing })
      if (
        await fetch(base, { redirect: 'manual' }).then(
          () => true,
          () => false,
        )
      )
        return
      if (performance.now() > until) throw new Error('Radicale did not start.')
      await pause(25)
    }
  }
  const stop = async () => {
    const child = running
    running = undefined
    if (!child || child.exitCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill()
    await ended
  }
  await start()
  afterAll(stop)
  await ask('MKCALENDAR', calendar)
  return {
    base,
    calendar,
    put: async (name, event) => void (await ask('PUT', `${calendar}${name}`, calendarOf([event]), { 'content-type': 'text/calendar' })),
    remove: async (name) => void (await ask('DELETE', `${calendar}${name}`)),
    files: async () => {
      const listed = await ask('PROPFIND', calendar, '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>', { depth: '1' })
      const names = [...listed.matchAll(/<href>[^<]*\/([^/<]+\.ics)<\/href>/g)].map(([, name = '']) => name)
      return new Map(await Promise.all(names.map(async (name) => [name, await ask('GET', `${calendar}${name}`)] as const)))
    },
    describe: () =>
      ask('PROPFIND', calendar, '<propfind xmlns="DAV:"><prop><getctag xmlns="http://calendarserver.org/ns/"/></prop></propfind>', {
        depth: '0',
      }),
    stop,
    start,
  }
}
