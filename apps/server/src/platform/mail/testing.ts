/** A real mail server on loopback that keeps what it is given, for tests. */
import type { AddressInfo } from 'node:net'
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
