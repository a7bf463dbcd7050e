import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Config, dataFolderOf, type Environment, loadConfig, settingsTable } from './index.ts'

const clone = mkdtempSync(path.join(tmpdir(), 'frontdesk-config-'))
afterAll(() => rmSync(clone, { recursive: true, force: true }))

const load = (env: Environment, ...argv: string[]): Config => loadConfig(env, argv, clone)
const messageOf = (env: Environment, ...argv: string[]): string => {
  try {
    load(env, ...argv)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return 'it was accepted'
}

describe('what it refuses', () => {
  it.each<[string, Environment, string[], string]>([
    ['a port that is none', { PORT: 'abc' }, [], 'PORT is "abc", but has to be a port number from 0 to 65535. Example: PORT=4600'],
    ['a port beyond the last', { PORT: '70000' }, [], 'PORT is "70000", but has to be a port number'],
    [
      'a flag with a wrong value',
      {},
      ['--port', '-1'],
      '--port is "-1", but has to be a port number from 0 to 65535. Example: --port 4600',
    ],
    ['a flag without its value', {}, ['--domain'], '--domain needs a value. Example: --domain desk.example.com'],
    ['a misspelt flag', {}, ['--domian', 'desk.example.com'], '--domian is not a flag. Did you mean --domain?'],
    ['a word that is no flag', {}, ['demo'], '"demo" is not expected here.'],
    ['a misspelt variable of ours', { FRONTDESK_DTAA: '/srv' }, [], 'FRONTDESK_DTAA is not a setting. Did you mean FRONTDESK_DATA?'],
    [
      'an address as domain',
      { FRONTDESK_DOMAIN: 'https://desk.example.com' },
      [],
      'has to be a domain name that leads to this machine, without https://',
    ],
    [
      'a public address with a path',
      { PUBLIC_URL: 'https://example.com/desk' },
      [],
      'PUBLIC_URL is "https://example.com/desk", but has to be an address without a path',
    ],
    [
      'a database that is no PostgreSQL',
      { DATABASE_URL: 'mysql://root@db/desk' },
      [],
      'DATABASE_URL cannot be used: it has to be an address of PostgreSQL',
    ],
    [
      'a proxy that is no address',
      { TRUSTED_PROXY: '10.0.0.0/8,nginx' },
      [],
      'TRUSTED_PROXY is "10.0.0.0/8,nginx", but has to be IP addresses or networks',
    ],
    ['a network wider than addresses are', { TRUSTED_PROXY: '10.0.0.0/33' }, [], 'TRUSTED_PROXY'],
    [
      'a sender that is no address',
      { SMTP_URL: 'smtp://mail', MAIL_FROM: 'Studio Nine' },
      [],
      'MAIL_FROM is "Studio Nine", but has to be an email address',
    ],
    ['mail without a sender', { SMTP_URL: 'smtp://mail' }, [], 'MAIL_FROM is missing'],
    ['half an OAuth client', { GOOGLE_CLIENT_ID: 'x' }, [], 'GOOGLE_CLIENT_SECRET is missing'],
    [
      'half a file store',
      { S3_BUCKET: 'x', S3_ENDPOINT: 'https://s3.example.com' },
      [],
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY is missing',
    ],
    ['two public addresses', { PUBLIC_URL: 'https://a.example.com' }, ['--domain', 'b.example.com'], 'keep one of the two'],
    [
      'a domain that is served without HTTPS',
      { PUBLIC_URL: 'http://a.example.com' },
      ['--domain', 'a.example.com'],
      'PUBLIC_URL=https://a.',
    ],
    ['PostgreSQL as root', { FRONTDESK_PG_UID: '0' }, [], 'PostgreSQL refuses to run as root'],
    ['a role that does not exist', {}, ['--role', 'web,voicee'], '--role is "web,voicee", but has to be web, worker or both'],
    ['a way to sign up that does not exist', { SIGN_UP: 'yes' }, [], 'SIGN_UP is "yes", but has to be closed, invitation or open'],
  ])('refuses %s', (_case, env, argv, sentence) => {
    expect(messageOf(env, ...argv)).toContain(sentence)
  })

  it('names every problem at once', () => {
    expect(messageOf({ PORT: 'x', SIGN_UP: 'x' }).split('\n')).toHaveLength(3)
  })

  it('never repeats a secret', () => {
    expect(messageOf({ SMTP_URL: 'http://desk:hunter2@mail', IMAP_URL: 'hunter2', DATABASE_URL: 'hunter2' })).not.toContain('hunter2')
  })

  it('refuses unknown names in .env, which is read by nobody else', () => {
    writeFileSync(path.join(clone, '.env'), 'SMPT_URL=smtp://mail\n')
    expect(messageOf({})).toContain('SMPT_URL in .env is not a setting. Did you mean SMTP_URL?')
    rmSync(path.join(clone, '.env'))
  })
})

describe('what it answers', () => {
  it('works on this computer alone unless told otherwise', () => {
    expect(load({})).toMatchObject({
      roles: ['web', 'worker'],
      http: { host: '127.0.0.1', port: 4600, trustedProxies: [] },
      publicUrl: undefined,
      domain: undefined,
      databaseUrl: undefined,
      signUp: 'invitation',
      demo: false,
    })
  })

  it('takes flags over variables over .env, and an empty variable for none', () => {
    writeFileSync(path.join(clone, '.env'), 'PORT=1111\nSIGN_UP="open" # for the launch\nHOST=0.0.0.0\n')
    const { http, signUp } = load({ PORT: '2222', HOST: '' }, '--port=3333')
    expect([http.port, http.host, signUp]).toEqual([3333, '0.0.0.0', 'open'])
    expect(load({ PORT: '2222' }).http.port).toBe(2222)
    rmSync(path.join(clone, '.env'))
  })

  it('takes the domain for the public address, whatever port the router leads to, unless people have to type one', () => {
    const publicUrlOf = (env: Environment) => load(env, '--domain', 'Desk.Example.com').publicUrl
    expect(publicUrlOf({})).toBe('https://desk.example.com')
    expect(publicUrlOf({ HTTPS_PORT: '8443' })).toBe('https://desk.example.com')
    expect(publicUrlOf({ HTTPS_PORT: '8443', PUBLIC_URL: 'https://desk.example.com:8443' })).toBe('https://desk.example.com:8443')
    expect(load({ PUBLIC_URL: 'https://desk.example.com/' }).publicUrl).toBe('https://desk.example.com')
  })

  it('accepts a sender with a name', () => {
    const env = { SMTP_URL: 'smtps://a%40b.c:secret@mail.example.com', MAIL_FROM: 'Peluquería Nueve <desk@example.com>' }
    expect(load(env).mail.smtp).toEqual({ url: env.SMTP_URL, from: env.MAIL_FROM })
  })

  it('ignores what belongs to others', () => {
    expect(load({ HTTP_PROXY: 'http://proxy', FRONTDESK_PROVE: '1' }, '--demo').demo).toBe(true)
  })
})

describe('the data folder', () => {
  it('belongs to the real path of the clone, outside of it', () => {
    const link = path.join(clone, 'link')
    symlinkSync(clone, link)
    const folder = dataFolderOf({}, clone)
    expect(dataFolderOf({}, link)).toBe(folder)
    expect(path.basename(folder)).toMatch(new RegExp(`^${path.basename(clone)}-[0-9a-f]{8}$`))
    expect(path.dirname(folder)).toBe(process.getuid?.() === 0 ? '/var/lib/frontdesk' : path.join(homedir(), 'frontdesk-data'))
  })

  it('is where the operator wants it', () => {
    expect(load({ FRONTDESK_DATA: 'here' }).dataFolder).toBe(path.join(clone, 'here'))
    expect(load({}, '--data', '/srv/desk').dataFolder).toBe('/srv/desk')
  })
})

it('is documented in full', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  expect(readme, 'paste the new table into README.md').toContain(settingsTable())
})
