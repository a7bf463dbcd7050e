import { isIP } from 'node:net'
import { z } from 'zod'

/** One thing an operator can set. */
export type Setting<Schema extends z.ZodType = z.ZodType> = {
  readonly schema: Schema
  /** What it does, for the documentation. */
  readonly what: string
  /** Completes "has to be …". */
  readonly expected: string
  readonly example: string
  /** Used when nothing is set, written as it would be set. */
  readonly fallback?: string
  /** The command-line flag, without its dashes. */
  readonly flag?: string
  /** Its value is never repeated in a message. */
  readonly secret?: true
}

const url = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)) && new URL(text).hostname !== '')
const port = (lowest: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(lowest).max(65_535))
const hostName = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/)
const id = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
const text = z.string().trim().min(1)
const list = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((line) => line.split(',').map((part) => part.trim()))
    .pipe(z.array(item))
const ageLimit = z.enum(['13', '16', '18']).transform((text): 13 | 16 | 18 => (text === '13' ? 13 : text === '16' ? 16 : 18))
const countries = z.union([z.literal('any').transform(() => null), list(z.string().regex(/^[A-Z]{2}$/))])
const isNetwork = (part: string) => {
  const [address = '', bits, ...more] = part.split('/')
  const largest = isIP(address) === 4 ? 32 : 128
  return isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= largest))
}

const setting = <Schema extends z.ZodType, const Facts extends Omit<Setting, 'schema'>>(schema: Schema, facts: Facts) => ({
  schema,
  ...facts,
})

/** Everything that can be set, by the name of its variable. The README's table is made from it. */
export const settings = {
  FRONTDESK_DATA: setting(text, {
    what: 'Where database, files, keys, backups and logs are kept. A relative path starts at the clone.',
    expected: 'a folder',
    example: '/srv/frontdesk',
    flag: 'data',
  }),
  DATABASE_URL: setting(url('postgres', 'postgresql'), {
    what: 'A PostgreSQL 15 or newer to use instead of the built-in one. Its account makes the other roles, or the start prints their SQL.',
    expected: 'an address of PostgreSQL',
    example: 'postgres://frontdesk:password@db.example.com:5432/frontdesk',
    secret: true,
  }),
  PORT: setting(port(0), {
    what: 'Where the web server listens. When it is taken, the next free one is used. 0 takes any free one.',
    expected: 'a port number from 0 to 65535',
    example: '4600',
    fallback: '4600',
    flag: 'port',
  }),
  HOST: setting(
    z.string().refine((address) => isIP(address) !== 0 || address === 'localhost'),
    {
      what: 'The address of this machine on which it listens. The default is reachable from this computer alone; `0.0.0.0` from the whole network.',
      expected: 'an IP address of this machine',
      example: '0.0.0.0',
      fallback: '127.0.0.1',
      flag: 'host',
    },
  ),
  FRONTDESK_DOMAIN: setting(hostName, {
    what: 'The public name. Frontdesk obtains and renews its certificate, and answers on HTTP_PORT and HTTPS_PORT of every address.',
    expected: 'a domain name that leads to this machine, without https://',
    example: 'desk.example.com',
    flag: 'domain',
  }),
  HTTP_PORT: setting(port(1), {
    what: 'With a domain: where HTTP is redirected to HTTPS and the certificate is proved. The world has to reach it as port 80.',
    expected: 'a port number from 1 to 65535',
    example: '80',
    fallback: '80',
  }),
  HTTPS_PORT: setting(port(1), {
    what: 'With a domain: where HTTPS is served. The world has to reach it as port 443, or as the port that PUBLIC_URL names.',
    expected: 'a port number from 1 to 65535',
    example: '443',
    fallback: '443',
  }),
  ACME_DIRECTORY_URL: setting(url('https'), {
    what: 'With a domain: the certificate authority.',
    expected: 'the https:// address of an ACME directory',
    example: 'https://acme-v02.api.letsencrypt.org/directory',
    fallback: 'https://acme-v02.api.letsencrypt.org/directory',
  }),
  ACME_EMAIL: setting(z.email(), {
    what: 'With a domain: where the certificate authority writes when a renewal is overdue.',
    expected: 'an email address',
    example: 'owner@example.com',
  }),
  PUBLIC_URL: setting(
    url('https', 'http')
      .refine((address) => new URL(address).pathname === '/' && !/[?#]/.test(address))
      .transform((address) => new URL(address).origin),
    {
      what: 'The address people use when something else in front of Frontdesk answers for it, such as a proxy or a tunnel. With a domain it is `https://` and the domain; set it only where people have to type a port as well.',
      expected: 'an address without a path',
      example: 'https://desk.example.com',
    },
  ),
  TRUSTED_PROXY: setting(list(z.string().refine(isNetwork)), {
    what: 'Addresses of proxies whose X-Forwarded-For, -Proto and -Host are believed.',
    expected: 'IP addresses or networks, separated by commas',
    example: '127.0.0.1,10.0.0.0/8',
  }),
  SMTP_URL: setting(url('smtp', 'smtps'), {
    what: 'The mail server that sends. Without it nothing is sent, and the outbox screen shows every mail.',
    expected: 'smtp:// or smtps:// with server, user and password',
    example: 'smtps://desk%40example.com:password@mail.example.com',
    secret: true,
  }),
  MAIL_FROM: setting(
    text.refine((line) => z.email().safeParse(/<([^<>]+)>$/.exec(line)?.[1] ?? line).success),
    {
      what: 'The sender of mail; needed with SMTP_URL.',
      expected: 'an email address, with or without a name before it',
      example: 'Studio Nine <desk@example.com>',
    },
  ),
  IMAP_URL: setting(url('imap', 'imaps'), {
    what: 'The mailbox whose mail comes in.',
    expected: 'imap:// or imaps:// with server, user and password',
    example: 'imaps://desk%40example.com:password@mail.example.com/INBOX',
    secret: true,
  }),
  SMTP_RECEIVER_PORT: setting(port(1), {
    what: 'Where mail is received directly, instead of from a mailbox.',
    expected: 'a port number from 1 to 65535',
    example: '2525',
  }),
  SIGN_UP: setting(z.enum(['closed', 'invitation', 'open']), {
    what: 'Who may make an account after the first owner: nobody, people who are invited, everybody.',
    expected: 'closed, invitation or open',
    example: 'open',
    fallback: 'invitation',
  }),
  SIGN_UP_AGE: setting(ageLimit, {
    what: 'How old somebody has to be to open an account herself, where everybody may. Only the answer is kept, never an age.',
    expected: '13, 16 or 18',
    example: '16',
    fallback: '18',
  }),
  SIGN_UP_COUNTRIES: setting(countries, {
    what: 'Countries whose people may open an account themselves, where everybody may: those whose law this server is run for.',
    expected: 'country codes with commas between them, or any',
    example: 'US,CA,GB',
    fallback: 'US,CA',
  }),
  SIGN_UP_TRANSFER_TO: setting(z.string().regex(/^[A-Z]{2}$/), {
    what: 'The country in which this server keeps data, if whoever lives under other law has to agree to that before she has an account. `EU` is the whole area. Nobody is asked unless set.',
    expected: 'a country code, or EU',
    example: 'US',
  }),
  GOOGLE_CLIENT_ID: setting(text, { what: 'Sign-in with Google.', expected: 'the client id', example: '1234.apps.googleusercontent.com' }),
  GOOGLE_CLIENT_SECRET: setting(text, { what: 'Sign-in with Google.', expected: 'the client secret', example: 'GOCSPX-…', secret: true }),
  FACEBOOK_CLIENT_ID: setting(text, { what: 'Sign-in with Facebook.', expected: 'the app id', example: '1234567890' }),
  FACEBOOK_CLIENT_SECRET: setting(text, { what: 'Sign-in with Facebook.', expected: 'the app secret', example: '0a1b2c…', secret: true }),
  GOOGLE_CALENDAR_CLIENT_ID: setting(text, {
    what: 'Calendars of Google, by its API. The client’s redirect address is `<this server>/calendars/arrive`.',
    expected: 'the client id',
    example: '1234.apps.googleusercontent.com',
  }),
  GOOGLE_CALENDAR_CLIENT_SECRET: setting(text, {
    what: 'Calendars of Google.',
    expected: 'the client secret',
    example: 'GOCSPX-…',
    secret: true,
  }),
  MICROSOFT_CALENDAR_CLIENT_ID: setting(text, {
    what: 'Calendars of Microsoft 365 and Outlook, by Microsoft Graph. The application’s redirect address is `<this server>/calendars/arrive`.',
    expected: 'the application id',
    example: '00000000-1111-2222-3333-444444444444',
  }),
  MICROSOFT_CALENDAR_CLIENT_SECRET: setting(text, {
    what: 'Calendars of Microsoft.',
    expected: 'the client secret',
    example: 'abc8Q~…',
    secret: true,
  }),
  MICROSOFT_CALENDAR_TENANT: setting(text, {
    what: 'Whose accounts may be connected: one organisation, or everybody.',
    expected: 'a tenant id, organizations, consumers or common',
    example: 'contoso.onmicrosoft.com',
    fallback: 'common',
  }),
  S3_ENDPOINT: setting(url('https', 'http'), {
    what: 'Keep files in an S3-compatible store instead of the data folder. Needs all S3_ settings.',
    expected: 'an http:// or https:// address',
    example: 'https://s3.eu-central-1.amazonaws.com',
  }),
  S3_BUCKET: setting(text, { what: 'The bucket.', expected: 'the name of a bucket', example: 'frontdesk' }),
  S3_REGION: setting(text, { what: 'Its region.', expected: 'a region', example: 'eu-central-1', fallback: 'us-east-1' }),
  S3_ACCESS_KEY_ID: setting(text, { what: 'Who we are there.', expected: 'an access key id', example: 'AKIA…' }),
  S3_SECRET_ACCESS_KEY: setting(text, { what: 'Its secret.', expected: 'a secret access key', example: 'wJalr…', secret: true }),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error', 'silent']), {
    what: 'How much is written to `<data>/logs`.',
    expected: 'debug, info, warn, error or silent',
    example: 'debug',
    fallback: 'info',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(url('https', 'http'), {
    what: 'Where traces are sent (OpenTelemetry). Off unless set.',
    expected: 'an http:// or https:// address',
    example: 'http://localhost:4318',
  }),
  WEBHOOKS_TO_LOOPBACK: setting(z.enum(['refused', 'allowed']), {
    what: 'Whether webhooks may lead to this computer itself (127.0.0.1), by http too, to try out a receiver. Never on a server that others use.',
    expected: 'refused or allowed',
    example: 'allowed',
    fallback: 'refused',
  }),
  CALENDAR_NETWORKS: setting(list(z.string().refine(isNetwork)), {
    what: 'Private networks in which calendars of the team may be read, there by http too. The open internet is reached without it.',
    expected: 'IP addresses or networks, separated by commas',
    example: '192.168.1.0/24',
  }),
  METRICS_TOKEN: setting(text, {
    what: 'Who sends it as `Authorization: Bearer …` may read `/metrics` from elsewhere. Without it only a Prometheus on this machine may.',
    expected: 'a long random text',
    example: 'a3f1…',
    secret: true,
  }),
  METRICS_PORT: setting(port(1), {
    what: 'Where the worker answers `/metrics`, on 127.0.0.1 alone; the web server does so on its own port. Off unless set.',
    expected: 'a port number from 1 to 65535',
    example: '9464',
  }),
  FRONTDESK_ROLES: setting(list(z.enum(['web', 'worker'])), {
    what: 'What this machine does, when several machines share one DATABASE_URL.',
    expected: 'web, worker or both, separated by commas',
    example: 'worker',
    fallback: 'web,worker',
    flag: 'role',
  }),
  FRONTDESK_PG_UID: setting(id, {
    what: 'As root: the user id that runs the built-in PostgreSQL. Otherwise the account `frontdesk` if there is one, or `nobody`.',
    expected: 'a number',
    example: '998',
  }),
  FRONTDESK_PG_GID: setting(id, { what: 'As root: its group id.', expected: 'a number', example: '998' }),
} as const satisfies Record<string, Setting>

/** The name of a setting's variable. */
export type SettingName = keyof typeof settings

/** Every setting with its type; those with a default are always there. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends { readonly fallback: string }
    ? z.output<(typeof settings)[Name]['schema']>
    : z.output<(typeof settings)[Name]['schema']> | undefined
}

/** Variables that only our own tools and tests read. */
export const toolVariables: readonly string[] = ['FRONTDESK_PROVE', 'FRONTDESK_TEST_DATABASE_URL', 'FRONTDESK_TEST_LEAVE_OUT']

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = Object.entries<Setting>(settings).map(([name, { flag, what, fallback, example }]) =>
    [`\`${name}\`${flag ? ` or \`--${flag}\`` : ''}`, what, fallback === undefined ? '' : `\`${fallback}\``, `\`${example}\``].join(' | '),
  )
  return ['| Setting | What it does | Default | Example |', '|---|---|---|---|', ...rows.map((row) => `| ${row} |`)].join('\n')
}
