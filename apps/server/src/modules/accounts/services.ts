import type { UserId } from '@frontdesk/contract'
import type { Passwords } from '../../platform/crypto/index.ts'
import type { Database } from '../../platform/database/index.ts'
import type { MailAttachment } from '../../platform/mail/index.ts'
import type { SignUpDocuments } from './acceptance.ts'
import type { AgeLimit } from './age-check.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'

/** A mail of the server itself to one person: confirmations, resets, invitations. It is shown in no workspace's outbox, because its link opens the account. */
export type AccountMail = {
  /** Null where the address belongs to nobody with an account. */
  readonly userId: UserId | null
  readonly to: { readonly name: string | undefined; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly attachments?: readonly MailAttachment[] | undefined
}

/** How people get an account: `closed` nobody new, `invitation` by a link of a workspace, `open` anybody. */
export type SignUpMode = 'closed' | 'invitation' | 'open'

/** What the use cases outside of workspaces stand on. */
export type AccountServices = {
  readonly auth: AuthDatabase
  readonly database: Database
  readonly passwords: Passwords
  readonly signUp: SignUpMode
  /** How old somebody has to be to open an account herself; null: nobody is asked. */
  readonly ageLimit: AgeLimit | null
  /** Countries whose people may open one; null: all. */
  readonly signUpCountries: readonly string[] | null
  /** Where this server keeps data, when people from elsewhere have to agree to that before they have an account; null: nobody is asked. */
  readonly transferTo: string | null
  /** What is accepted with a new account; the room of privacy fills it. */
  readonly documents: SignUpDocuments
  /** Where links in mails begin, scheme://host. Never taken from a request: whoever asks for a mail to somebody else could point its link elsewhere. */
  readonly linkBase: () => string
  /** Queues a mail in the transaction of the change it tells of. */
  readonly mail: (auth: AuthTx, mail: AccountMail) => Promise<void>
  /** A town for an address, where the operator provides a source for it. */
  readonly placeOf?: (ip: string) => Promise<string | undefined>
  /** Work whose duration would tell a stranger something, so it happens after the answer. */
  readonly afterwards: (task: string, work: () => Promise<void>) => void
}

/** Runs work after an answer was given, and lets a stop wait for it. */
export type Afterwards = {
  readonly run: (task: string, work: () => Promise<void>) => void
  /** Resolves when nothing is under way any more. */
  readonly settled: () => Promise<void>
}

/** Makes an `Afterwards`; `onFailure` is told what failed, and the task is made up for by a schedule or by the person trying again. */
export function openAfterwards(onFailure: (task: string, error: unknown) => void): Afterwards {
  const running = new Set<Promise<void>>()
  return {
    run(task, work) {
      const done = work()
        .catch((error: unknown) => onFailure(task, error))
        .finally(() => running.delete(done))
      running.add(done)
    },
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
