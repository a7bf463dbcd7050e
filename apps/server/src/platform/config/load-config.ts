import { parseArgs } from 'node:util'
import { dataFolderOf, type Environment, readEnvironment } from './environment.ts'
import { nearestName } from './nearest-name.ts'
import { type Setting, type SettingName, type SettingValues, settings, toolVariables } from './settings.ts'

/** What one process of Frontdesk does. */
export type Role = SettingValues['FRONTDESK_ROLES'][number]

/** How an operator has set Frontdesk up. Read once at the start; everything in it is valid. */
export type Config = {
  readonly cloneRoot: string
  readonly dataFolder: string
  /** Undefined: the built-in PostgreSQL. */
  readonly databaseUrl: string | undefined
  readonly roles: readonly Role[]
  readonly http: { readonly host: string; readonly port: number; readonly trustedProxies: readonly string[] }
  /** Set with --domain: certificates are ours to obtain. */
  readonly domain: Domain | undefined
  /** scheme://host[:port] that people use, when the operator said so. Undefined: this works on this computer only. */
  readonly publicUrl: string | undefined
  readonly mail: {
    readonly smtp: { readonly url: string; readonly from: string } | undefined
    readonly imapUrl: string | undefined
    readonly receiverPort: number | undefined
  }
  readonly signUp: SettingValues['SIGN_UP']
  readonly signUpAge: SettingValues['SIGN_UP_AGE']
  readonly signUpCountries: SettingValues['SIGN_UP_COUNTRIES']
  readonly signUpTransferTo: SettingValues['SIGN_UP_TRANSFER_TO'] | undefined
  readonly google: OAuthClient | undefined
  readonly facebook: OAuthClient | undefined
  readonly googleCalendar: OAuthClient | undefined
  readonly microsoftCalendar: (OAuthClient & { readonly tenant: string }) | undefined
  readonly objectStore: ObjectStore | undefined
  readonly logLevel: SettingValues['LOG_LEVEL']
  readonly tracesUrl: string | undefined
  /** For tests of the operator alone. */
  readonly webhooksToLoopback: boolean
  /** Private networks in which calendars may be read. */
  readonly calendarNetworks: readonly string[]
  readonly metrics: { readonly token: string | undefined; readonly workerPort: number | undefined }
  readonly postgresAccount: { readonly uid: number; readonly gid: number } | undefined
  /** Add a workspace with lifelike data. */
  readonly demo: boolean
}

/** The public name and where it is served. */
export type Domain = {
  readonly name: string
  readonly httpPort: number
  readonly httpsPort: number
  readonly acmeDirectoryUrl: string
  readonly acmeEmail: string | undefined
  /** What visitors type, scheme://host[:port]: a router may lead port 443 to another one here. */
  readonly publicUrl: string
}

/** An application registered at another service, for sign-in with it. */
export type OAuthClient = { readonly id: string; readonly secret: string }

/** An S3-compatible store for files. */
export type ObjectStore = {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Settings that cannot be used. The message lists all of them, each with what is wrong and an example. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`Frontdesk cannot start with these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

const flags = Object.fromEntries(Object.entries<Setting>(settings).flatMap(([name, { flag }]) => (flag ? [[flag, name]] : [])))

/**
 * Reads the settings: flags over variables over the clone's `.env`. Touches nothing but that file.
 * @throws ConfigError
 */
export function loadConfig(env: Environment, argv: readonly string[], cloneRoot: string): Config {
  const problems: string[] = []
  const { values: variables, fileNames } = readEnvironment(env, cloneRoot)
  problems.push(...unknownVariables(variables, fileNames))
  const { given, demo } = readFlags(argv, problems)
  const all = { ...variables, ...given }
  const values = readValues(all, given, problems)
  problems.push(...contradictions(values, all))
  if (problems.length > 0) throw new ConfigError(problems)

  const domain = values.FRONTDESK_DOMAIN === undefined ? undefined : domainOf(values.FRONTDESK_DOMAIN, values)
  return {
    cloneRoot,
    dataFolder: dataFolderOf(all, cloneRoot),
    databaseUrl: values.DATABASE_URL,
    roles: [...new Set(values.FRONTDESK_ROLES)],
    http: { host: values.HOST, port: values.PORT, trustedProxies: values.TRUSTED_PROXY ?? [] },
    domain,
    publicUrl: domain?.publicUrl ?? values.PUBLIC_URL,
    mail: {
      smtp: values.SMTP_URL && values.MAIL_FROM ? { url: values.SMTP_URL, from: values.MAIL_FROM } : undefined,
      imapUrl: values.IMAP_URL,
      receiverPort: values.SMTP_RECEIVER_PORT,
    },
    signUp: values.SIGN_UP,
    signUpAge: values.SIGN_UP_AGE,
    signUpCountries: values.SIGN_UP_COUNTRIES,
    signUpTransferTo: values.SIGN_UP_TRANSFER_TO,
    google: clientOf(values.GOOGLE_CLIENT_ID, values.GOOGLE_CLIENT_SECRET),
    facebook: clientOf(values.FACEBOOK_CLIENT_ID, values.FACEBOOK_CLIENT_SECRET),
    googleCalendar: clientOf(values.GOOGLE_CALENDAR_CLIENT_ID, values.GOOGLE_CALENDAR_CLIENT_SECRET),
    microsoftCalendar: withTenant(
      clientOf(values.MICROSOFT_CALENDAR_CLIENT_ID, values.MICROSOFT_CALENDAR_CLIENT_SECRET),
      values.MICROSOFT_CALENDAR_TENANT,
    ),
    objectStore: objectStoreOf(values),
    logLevel: values.LOG_LEVEL,
    webhooksToLoopback: values.WEBHOOKS_TO_LOOPBACK === 'allowed',
    calendarNetworks: values.CALENDAR_NETWORKS ?? [],
    tracesUrl: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    metrics: { token: values.METRICS_TOKEN, workerPort: values.METRICS_PORT },
    postgresAccount:
      values.FRONTDESK_PG_UID === undefined
        ? undefined
        : { uid: values.FRONTDESK_PG_UID, gid: values.FRONTDESK_PG_GID ?? values.FRONTDESK_PG_UID },
    demo,
  }
}

/** A misspelt name would otherwise be ignored in silence. In the environment only our prefix can be judged; everything in `.env` is meant for us. */
function unknownVariables(variables: Environment, fileNames: ReadonlySet<string>): string[] {
  const known = [...Object.keys(settings), ...toolVariables]
  return Object.keys(variables)
    .filter((name) => !known.includes(name) && (name.startsWith('FRONTDESK_') || fileNames.has(name)))
    .map((name) => {
      const meant = nearestName(name, Object.keys(settings))
      const where = fileNames.has(name) ? ' in .env' : ''
      return `${name}${where} is not a setting.${meant ? ` Did you mean ${meant}?` : ' Remove it, or see the list in apps/server/src/platform/config/README.md.'}`
    })
}

function readFlags(argv: readonly string[], problems: string[]): { given: Environment; demo: boolean } {
  const options = {
    ...Object.fromEntries(Object.keys(flags).map((flag) => [flag, { type: 'string' as const }])),
    demo: { type: 'boolean' as const },
  }
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true, allowPositionals: true })
  const given: Record<string, string> = {}
  let demo = false
  for (const token of tokens) {
    if (token.kind === 'positional')
      problems.push(`"${token.value}" is not expected here. Flags start with two dashes, for instance --port 4700.`)
    if (token.kind !== 'option') continue
    const name = flags[token.name]
    if (token.name === 'demo' && token.value === undefined) demo = true
    else if (name === undefined) problems.push(unknownFlag(token.rawName))
    else if (!token.value)
      problems.push(`${token.rawName} needs a value. Example: ${token.rawName} ${settings[name as SettingName].example}`)
    else given[name] = token.value
  }
  return { given, demo }
}

function unknownFlag(rawName: string): string {
  const meant = nearestName(rawName.replace(/^-+/, ''), [...Object.keys(flags), 'demo'])
  return `${rawName} is not a flag.${meant ? ` Did you mean --${meant}?` : ` Known: ${[...Object.keys(flags), 'demo'].map((flag) => `--${flag}`).join(', ')}.`}`
}

function readValues(all: Environment, given: Environment, problems: string[]): SettingValues {
  const entries = Object.entries<Setting>(settings).map(([name, { schema, fallback, expected, example, secret, flag }]) => {
    const text = all[name] ?? fallback
    if (text === undefined) return [name, undefined]
    const result = schema.safeParse(text)
    if (result.success) return [name, result.data]
    const [label, joint] = given[name] !== undefined && flag ? [`--${flag}`, ' '] : [name, '=']
    problems.push(
      `${label} ${secret ? 'cannot be used: it' : `is "${text}", but`} has to be ${expected}. Example: ${label}${joint}${example}`,
    )
    return [name, undefined]
  })
  return Object.fromEntries(entries) as SettingValues // each value came through its own schema
}

/** Settings that are each fine, but not together. */
function contradictions(values: SettingValues, all: Environment): string[] {
  const problems: string[] = []
  const together = (names: readonly SettingName[]) => {
    const missing = names.filter((name) => all[name] === undefined)
    if (missing.length > 0 && missing.length < names.length)
      problems.push(`${missing.join(' and ')} is missing: ${names.join(', ')} are needed together.`)
  }
  together(['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
  together(['FACEBOOK_CLIENT_ID', 'FACEBOOK_CLIENT_SECRET'])
  together(['GOOGLE_CALENDAR_CLIENT_ID', 'GOOGLE_CALENDAR_CLIENT_SECRET'])
  together(['MICROSOFT_CALENDAR_CLIENT_ID', 'MICROSOFT_CALENDAR_CLIENT_SECRET'])
  together(['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
  if (all.SMTP_URL !== undefined && all.MAIL_FROM === undefined) {
    problems.push(`MAIL_FROM is missing: with SMTP_URL, mail needs a sender. Example: MAIL_FROM=${settings.MAIL_FROM.example}`)
  }
  const { FRONTDESK_DOMAIN: domain, PUBLIC_URL: publicUrl } = values
  if (domain !== undefined && publicUrl !== undefined && !isHttpsOf(domain, publicUrl)) {
    problems.push(
      `PUBLIC_URL and --domain (FRONTDESK_DOMAIN) do not fit together. With a domain Frontdesk answers the world itself, so PUBLIC_URL may only add the port that people type, like PUBLIC_URL=https://${domain}:8443. Change it, or keep one of the two.`,
    )
  }
  if (values.FRONTDESK_PG_GID !== undefined && values.FRONTDESK_PG_UID === undefined)
    problems.push('FRONTDESK_PG_UID is missing: a group alone does not say who runs PostgreSQL.')
  if (values.FRONTDESK_PG_UID === 0)
    problems.push('FRONTDESK_PG_UID is 0, but PostgreSQL refuses to run as root. Name another account, or leave it out.')
  return problems
}

const isHttpsOf = (domain: string, address: string): boolean => {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' && hostname === domain
}

function domainOf(name: string, values: SettingValues): Domain {
  return {
    name,
    httpPort: values.HTTP_PORT,
    httpsPort: values.HTTPS_PORT,
    acmeDirectoryUrl: values.ACME_DIRECTORY_URL,
    acmeEmail: values.ACME_EMAIL,
    publicUrl: values.PUBLIC_URL ?? `https://${name}`,
  }
}

const clientOf = (id: string | undefined, secret: string | undefined): OAuthClient | undefined =>
  id && secret ? { id, secret } : undefined

const withTenant = (client: OAuthClient | undefined, tenant: string): (OAuthClient & { tenant: string }) | undefined =>
  client && { ...client, tenant }

function objectStoreOf(values: SettingValues): ObjectStore | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  return endpoint && bucket && accessKeyId && secretAccessKey
    ? { endpoint, bucket, region: values.S3_REGION, accessKeyId, secretAccessKey }
    : undefined
}
