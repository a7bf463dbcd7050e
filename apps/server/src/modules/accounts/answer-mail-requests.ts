import { type Selectable, sql } from 'kysely'
import type { MailLinkRow, SignUpRow, UserRow } from './auth.tables.ts'
import type { AuthTx } from './auth-database.ts'
import { type Letter, writeLetter } from './mail-letter.ts'
import { purposeOf } from './mail-links.ts'
import type { AccountMail, AccountServices } from './services.ts'

/** More mails than this an hour are not sent to one address, whoever asks. */
const mostMailsAnHour = 5

/**
 * Makes the mails that were asked for. It runs after the answer was given and again every minute, so that neither the answer nor its timing tells whether an address is
 * known here. Several processes may do it at once. A mail that cannot be made does not hold up the others; it is tried again until its link would have expired.
 */
export async function answerMailRequests(services: AccountServices): Promise<void> {
  const { auth } = services
  const now = auth.clock()
  const failures: unknown[] = []
  for (const [table, answer] of [['sign_up', answerSignUp] as const, ['mail_link', answerLink] as const]) {
    const waiting = await auth.db
      .selectFrom(table)
      .select('id')
      .where('mailed_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('created_at')
      .limit(1000)
      .execute()
    for (const { id } of waiting) {
      await auth.transaction((tx) => answer(services, tx, id)).catch((error: unknown) => failures.push(error))
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function answerSignUp(services: AccountServices, auth: AuthTx, id: string): Promise<void> {
  const request = await auth.db
    .selectFrom('sign_up')
    .selectAll()
    .where('id', '=', id)
    .where('mailed_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!request) return
  await auth.db.updateTable('sign_up').set({ mailed_at: auth.now }).where('id', '=', id).execute()
  if (await isFlooded(auth, request.email_normalized)) return
  const known = await userOf(auth, request.email_normalized)
  if (known) await sendKnown(services, auth, known)
  else await sendSignUpLink(services, auth, request)
}

async function answerLink(services: AccountServices, auth: AuthTx, id: string): Promise<void> {
  const request = await auth.db
    .selectFrom('mail_link')
    .selectAll()
    .where('id', '=', id)
    .where('mailed_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!request) return
  await auth.db.updateTable('mail_link').set({ mailed_at: auth.now }).where('id', '=', id).execute()
  if (!(await isFlooded(auth, request.email_normalized))) await answers[request.kind](services, auth, request)
}

const answers: Readonly<
  Record<MailLinkRow['kind'], (services: AccountServices, auth: AuthTx, request: Selectable<MailLinkRow>) => Promise<void>>
> = {
  async reset_password(services, auth, request) {
    const user = await userOf(auth, request.email_normalized)
    if (!user) return
    await auth.db.updateTable('mail_link').set({ user_id: user.id }).where('id', '=', request.id).execute()
    await send(services, auth, user, (t) => ({
      subject: t('resetSubject'),
      paragraphs: [t('resetText')],
      button: { label: t('resetButton'), href: linkTo(services, auth, request, '/reset/') },
      notYou: t('resetNotYou'),
    }))
  },

  async confirm_email(services, auth, request) {
    const user = await userOf(auth, request.email_normalized)
    if (user) {
      if (user.email_verified_at !== null) return
      await auth.db.updateTable('mail_link').set({ user_id: user.id }).where('id', '=', request.id).execute()
      return sendConfirmation(services, auth, user, linkTo(services, auth, request, '/verify/'))
    }
    const waiting = await auth.db
      .selectFrom('sign_up')
      .selectAll()
      .where('email_normalized', '=', request.email_normalized)
      .where('used_at', 'is', null)
      .where('expires_at', '>', auth.now)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (waiting) await sendSignUpLink(services, auth, waiting)
  },

  async change_email(services, auth, request) {
    if (request.user_id === null) return
    const known = await userOf(auth, request.email_normalized)
    if (known && known.id !== request.user_id) return sendKnown(services, auth, known)
    const user = await auth.db.selectFrom('user').selectAll().where('id', '=', request.user_id).executeTakeFirst()
    if (!user) return
    await send(services, auth, { ...user, email: request.email }, (t) => ({
      subject: t('changeSubject'),
      paragraphs: [t('changeText')],
      button: { label: t('confirmButton'), href: linkTo(services, auth, request, '/verify/') },
      notYou: t('changeNotYou'),
    }))
  },
}

/** Two processes that count for one address at once would each see a mail too few, so the second waits until the first has sent or not. */
async function isFlooded(auth: AuthTx, address: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mails to ${address}`}, 7))`.execute(auth.db)
  const since = auth.now.subtract({ hours: 1 })
  const count = async (table: 'sign_up' | 'mail_link') => {
    const row = await auth.db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('mails'))
      .where('email_normalized', '=', address)
      .where('mailed_at', '>', since)
      .executeTakeFirstOrThrow()
    return row.mails
  }
  return (await count('sign_up')) + (await count('mail_link')) > mostMailsAnHour
}

const userOf = (auth: AuthTx, address: string) =>
  auth.db.selectFrom('user').selectAll().where('email_normalized', '=', address).executeTakeFirst()

const linkTo = (services: AccountServices, auth: AuthTx, request: Selectable<MailLinkRow>, path: string): string => {
  const { id, kind, expires_at } = request
  const token = auth.keys.signLink(
    { purpose: purposeOf[kind], workspaceId: null, subjectId: id, expiresAt: expires_at, allows: [] },
    auth.now,
  )
  return `${services.linkBase()}${path}${token}`
}

type Addressee = Pick<Selectable<UserRow>, 'id' | 'name' | 'email' | 'locale'>

/** Queues a letter to somebody with an account. */
export async function send(
  services: Pick<AccountServices, 'mail'>,
  auth: AuthTx,
  user: Addressee,
  say: Letter['say'],
  attachments?: AccountMail['attachments'],
): Promise<void> {
  const letter = writeLetter({ locale: user.locale, name: user.name, say })
  await services.mail(auth, { userId: user.id, to: { name: user.name, address: user.email }, ...letter, attachments })
}

const sendKnown = (services: AccountServices, auth: AuthTx, user: Addressee) =>
  send(services, auth, user, (t) => ({
    subject: t('knownSubject'),
    paragraphs: [t('knownText')],
    button: { label: t('knownButton'), href: `${services.linkBase()}/sign-in` },
    notYou: t('knownNotYou'),
  }))

const sendConfirmation = (services: AccountServices, auth: AuthTx, user: Addressee, href: string) =>
  send(services, auth, user, (t) => ({
    subject: t('confirmSubject'),
    paragraphs: [t('confirmText')],
    button: { label: t('confirmButton'), href },
    notYou: t('confirmNotYou'),
  }))

async function sendSignUpLink(services: AccountServices, auth: AuthTx, request: Selectable<SignUpRow>): Promise<void> {
  const token = auth.keys.signLink(
    { purpose: 'sign-up', workspaceId: null, subjectId: request.id, expiresAt: request.expires_at, allows: [] },
    auth.now,
  )
  const letter = writeLetter({
    locale: request.locale,
    name: request.name,
    say: (t) => ({
      subject: t('confirmSubject'),
      paragraphs: [t('confirmText')],
      button: { label: t('confirmButton'), href: `${services.linkBase()}/verify/${token}` },
      notYou: t('confirmNotYou'),
    }),
  })
  await services.mail(auth, { userId: null, to: { name: request.name, address: request.email }, ...letter })
}
