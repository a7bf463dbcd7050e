/** A real mail server and a real mailbox on loopback, for tests. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ImapFlow } from 'imapflow'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll } from 'vitest'
import { closeMailTransports } from './smtp.ts'

export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly raw: string; readonly parsed: Email }

/** How the server answers: a status and words for a stage, or nothing for yes. */
export type Mood = {
  readonly from?: (address: string) => { code: number; words: string } | undefined
  readonly to?: (address: string) => { code: number; words: string } | undefined
  /** Called when the whole mail has arrived, before the server says yes. */
  readonly data?: () => Promise<{ code: number; words: string } | undefined>
  /** Takes the mail and hangs up without a word. */
  readonly hangUpAfterData?: boolean
}

export type TestSmtp = {
  readonly url: string
  readonly received: readonly ReceivedMail[]
  mood: Mood
  /** Stops listening; mails sent now find nobody. */
  close(): Promise<void>
}

/** Starts the server; it ends after the file's tests. */
export async function testSmtp(): Promise<TestSmtp> {
  const received: ReceivedMail[] = []
  const state: { mood: Mood } = { mood: {} }
  const failure = ({ code, words }: { code: number; words: string }) => Object.assign(new Error(words), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onMailFrom({ address }, _session, done) {
      const no = state.mood.from?.(address)
      done(no ? failure(no) : null)
    },
    onRcptTo({ address }, _session, done) {
      const no = state.mood.to?.(address)
      done(no ? failure(no) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        const no = await state.mood.data?.()
        if (no) return done(failure(no))
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: raw.toString('latin1'),
          parsed: await PostalMime.parse(raw),
        })
        if (!state.mood.hangUpAfterData) return done()
        for (const connection of server.connections) connection.close()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    closeMailTransports()
    await new Promise<void>((resolve) => server.close(resolve))
  }
  afterAll(close)
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    get mood() {
      return state.mood
    },
    set mood(mood) {
      state.mood = mood
    },
    close,
  }
}

export { storeInbound } from './store-inbound.ts'

const USER = 'desk@example.com'
const PASSWORD = 'only-for-tests'

export type TestImap = {
  /** As IMAP_URL would be. */
  readonly url: string
  /** Puts a mail into the inbox, as a delivery does. */
  deliver(raw: string): Promise<void>
  /** How many mails the inbox holds, and how many of them are unread. */
  status(): Promise<{ readonly messages: number; readonly unseen: number }>
  start(): Promise<void>
  /** Ends the server at once; every connection is lost. */
  kill(): Promise<void>
  /** Forgets the UIDs, as a server does that was restored from a backup. */
  renumber(): void
}

/** Whom it runs as: ourselves, or nobody when we are root. */
function account(): { readonly uid: number; readonly gid: number; readonly name: string; readonly group: string } {
  const byId = (file: string, id: number) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find((fields) => fields[2] === String(id))?.[0] ?? 'nobody'
  const root = process.getuid?.() === 0
  const [uid, gid] = root ? [65_534, 65_534] : [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  return { uid, gid, name: byId('/etc/passwd', uid), group: byId('/etc/group', gid) }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Starts Dovecot; it ends after the file's tests. Debian's package `dovecot-imapd` brings it. */
export async function testImap(): Promise<TestImap> {
  const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((file) => existsSync(file))
  if (!program) throw new Error('Dovecot is missing. Install Debian’s dovecot-imapd, or run npm test, which does.')
  const { uid, gid, name, group } = account()
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-imap-'))
  const port = await freePort()
  for (const part of ['run', 'state', 'mail']) mkdirSync(path.join(folder, part))
  const config = path.join(folder, 'dovecot.conf')
  writeFileSync(
    config,
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/inbox
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail
}
`,
  )
  for (const part of ['', 'run', 'state', 'mail', 'dovecot.conf']) chownSync(path.join(folder, part), uid, gid)
  chmodSync(folder, 0o755)

  let server: ChildProcess | undefined
  const connect = async () => {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: USER, pass: PASSWORD }, logger: false })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const withClient = async <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = await connect()
    try {
      return await work(client)
    } finally {
      await client.logout()
    }
  }
  async function start(): Promise<void> {
    server = spawn(program ?? '', ['-F', '-c', config], { uid, gid, cwd: folder, stdio: 'ignore', detached: true })
    for (let attempt = 0; ; attempt++) {
      try {
        await withClient(async () => undefined)
        return
      } catch (error) {
        const refused = error instanceof Error && 'authenticationFailed' in error
        if (attempt < 100 && !refused) {
          await new Promise((resolve) => setTimeout(resolve, 50))
          continue
        }
        await kill()
        throw new Error(`Dovecot did not start: ${existsSync(`${folder}/log`) ? readFileSync(`${folder}/log`, 'utf8') : 'no log'}`, {
          cause: error,
        })
      }
    }
  }
  async function kill(): Promise<void> {
    const child = server
    server = undefined
    if (child?.pid === undefined) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    process.kill(-child.pid, 'SIGKILL') // its own process group: the master and all it started
    await ended
  }
  afterAll(async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await start()
  return {
    url: `imap://${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    deliver: (raw) => withClient(async (client) => void (await client.append('INBOX', raw.replace(/\r?\n/g, '\r\n')))),
    status: () =>
      withClient(async (client) => {
        const status = await client.status('INBOX', { messages: true, unseen: true })
        return status === false ? { messages: 0, unseen: 0 } : { messages: status.messages ?? 0, unseen: status.unseen ?? 0 }
      }),
    start,
    kill,
    renumber() {
      for (const file of ['dovecot-uidlist', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache', 'dovecot-uidvalidity'])
        rmSync(path.join(folder, 'mail/inbox', file), { force: true })
    },
  }
}
