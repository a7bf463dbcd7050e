import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Examination, examine, report } from './boundaries.ts'
import { exceptions } from './exceptions.ts'

const manifest = (name: string, dependencies: readonly string[] = [], exports: Record<string, string> = { '.': './src/index.ts' }) =>
  JSON.stringify({ name, exports, dependencies: Object.fromEntries(dependencies.map((each) => [each, '*'])) })

const server = 'apps/server/src'

/** A small house that keeps every rule. */
const goodHouse: Readonly<Record<string, string>> = {
  'package.json': manifest('house', ['vitest']),
  'apps/server/package.json': manifest('@frontdesk/server', ['@frontdesk/contract', '@frontdesk/contact-rules', 'kysely', 'nodemailer']),
  'apps/web/package.json': manifest('@frontdesk/web', ['@frontdesk/contract', 'react']),
  [`${server}/main.ts`]: "import { contacts } from './modules/contacts/index.ts'\nconsole.log(contacts())\n",
  [`${server}/platform/mail/index.ts`]:
    "import { createTransport } from 'nodemailer'\n/** Sends. */\nexport const mailMember = () => createTransport()\n",
  [`${server}/platform/mail/README.md`]: 'Mail.',
  [`${server}/platform/database/index.ts`]: "export type { Tables } from './tables.ts'\n",
  [`${server}/platform/database/tables.ts`]: 'export interface Tables {}\n',
  [`${server}/platform/database/README.md`]: 'Database.',
  [`${server}/modules/accounts/index.ts`]: '/** Who. */\nexport const accounts = () => 1\n',
  [`${server}/modules/accounts/README.md`]: 'Accounts.',
  [`${server}/modules/accounts/find-member.ts`]:
    "import type { Tables } from '../../platform/database/index.ts'\ndeclare module '../../platform/database/tables.ts' { interface Tables { member: 1 } }\n/** Finds. */\nexport const findMember = (tables: Tables) => tables\n",
  [`${server}/modules/contacts/index.ts`]:
    "import { accounts } from '../accounts/index.ts'\n/** Whom. */\nexport const contacts = () => accounts()\n",
  [`${server}/modules/contacts/README.md`]: 'Contacts.',
  [`${server}/modules/privacy/index.ts`]:
    "import { grant } from '@frontdesk/contact-rules/permit-constructor'\n/** The gate. */\nexport const requestPermit = () => grant({})\n",
  [`${server}/modules/privacy/README.md`]: 'Privacy.',
  [`${server}/connectors/stripe/index.ts`]:
    "import { accounts } from '../../modules/accounts/index.ts'\n/** Pays. */\nexport const pay = () => accounts()\n",
  'apps/web/src/main.tsx':
    "import type { Api } from '@frontdesk/contract'\nimport { client } from '@frontdesk/contract/client'\nexport const App = (api: Api) => client(api)\n",
  'packages/contract/package.json': manifest('@frontdesk/contract', [], { '.': './src/index.ts', './client': './src/client.ts' }),
  'packages/contract/README.md': 'Contract.',
  'packages/contract/src/index.ts': 'export type Api = 1\n',
  'packages/contract/src/client.ts': "import type { Api } from './index.ts'\n/** Calls. */\nexport const client = (api: Api) => api\n",
  'packages/contact-rules/package.json': manifest('@frontdesk/contact-rules', [], {
    '.': './src/index.ts',
    './permit-constructor': './src/permit-constructor.ts',
  }),
  'packages/contact-rules/README.md': 'Rules.',
  'packages/contact-rules/src/index.ts': 'export type Permit = { readonly brand: unique symbol }\n',
  'packages/contact-rules/src/permit-constructor.ts':
    "import type { Permit } from './index.ts'\n/** Grants. */\nexport const grant = (facts: object) => facts as Permit\n",
}

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'house-'))
  for (const [file, text] of Object.entries(goodHouse)) plant(file, text)
})
afterEach(() => rmSync(root, { recursive: true }))

function plant(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

const look = (): Examination => examine(root, { fewestFiles: 10, exceptions: exceptions.filter((each) => each.standing) })
const found = () => look().violations.map(({ rule, file }) => `${rule}: ${file}`)

describe('fails by name for', () => {
  it.each<[rule: string, file: string, text: string]>([
    ['order of rooms', `${server}/modules/accounts/list.ts`, "import { contacts } from '../contacts/index.ts'\nvoid contacts"],
    [
      'order of rooms',
      `${server}/modules/accounts/list.ts`,
      "import type { contacts } from '../contacts/index.ts'\nexport type A = typeof contacts",
    ],
    ['order of rooms', `${server}/modules/accounts/list.ts`, "export * from '../contacts/index.ts'"],
    ['order of rooms', `${server}/modules/accounts/list.ts`, "void import('../contacts/index.ts')"],
    ['order of rooms', `${server}/modules/accounts/list.ts`, "export type A = import('../contacts/index.ts').A"],
    ['door of a room', `${server}/modules/contacts/list.ts`, "import { findMember } from '../accounts/find-member.ts'\nvoid findMember"],
    [
      'door of a room',
      `${server}/connectors/stripe/pay.ts`,
      "import { findMember } from '../../modules/accounts/find-member.ts'\nvoid findMember",
    ],
    ['door of the platform', `${server}/modules/contacts/list.ts`, "import { send } from '../../platform/mail/smtp.ts'\nvoid send"],
    [
      'platform knows no room',
      `${server}/platform/mail/send.ts`,
      "import { accounts } from '../../modules/accounts/index.ts'\nvoid accounts",
    ],
    ['platform knows no room', `${server}/platform/mail/send.ts`, "import '../../main.ts'"],
    ['tests stay tests', `${server}/modules/contacts/list.ts`, "import { stage } from './testing.ts'\nvoid stage"],
    ['rooms know no connector', `${server}/modules/contacts/pay.ts`, "import { pay } from '../../connectors/stripe/index.ts'\nvoid pay"],
    ['connectors stand alone', `${server}/connectors/stripe/start.ts`, "import '../../main.ts'"],
    [
      'web imports contract and i18n',
      'apps/web/src/steal.ts',
      "import { accounts } from '../../server/src/modules/accounts/index.ts'\nvoid accounts",
    ],
    [
      'web imports contract and i18n',
      'apps/web/src/steal.ts',
      "import type { Permit } from '@frontdesk/contact-rules'\nexport type P = Permit",
    ],
    ['no schema library in the browser', 'apps/web/src/api.ts', "import { api } from '@frontdesk/contract'\nvoid api"],
    ['engines stay pure', 'packages/contract/src/load.ts', "import { Kysely } from 'kysely'\nvoid Kysely"],
    ['engines stay pure', 'packages/contract/src/load.ts', "import { readFileSync } from 'node:fs'\nvoid readFileSync"],
    [
      'engines stay pure',
      'packages/contract/src/load.ts',
      "import { accounts } from '../../../apps/server/src/modules/accounts/index.ts'\nvoid accounts",
    ],
    [
      'packages by name',
      `${server}/modules/contacts/rules.ts`,
      "import type { Permit } from '../../../../../packages/contact-rules/src/index.ts'\nexport type P = Permit",
    ],
    ['raw mail', `${server}/modules/contacts/send.ts`, "import { createTransport } from 'nodemailer'\nvoid createTransport"],
    ['raw mail', `${server}/modules/contacts/send.ts`, "import SMTP from 'nodemailer/lib/smtp-connection'\nvoid SMTP"],
    ['raw mail', `${server}/platform/http/send.ts`, "void import('smtp-server')"],
    [
      'permit constructor',
      `${server}/modules/contacts/grant.ts`,
      "import { grant } from '@frontdesk/contact-rules/permit-constructor'\nvoid grant",
    ],
    [
      'permit constructor',
      `${server}/modules/contacts/grant.ts`,
      "import { grant } from '../../../../../packages/contact-rules/src/permit-constructor.ts'\nvoid grant",
    ],
    ['permit constructor', 'packages/contact-rules/src/leak.ts', "export { grant } from './permit-constructor.ts'"],
    [
      'data leave with a question',
      `${server}/modules/contacts/sell.ts`,
      "export const sell = (contact: object) => fetch('https://broker.example', { body: JSON.stringify(contact) })",
    ],
    ['data leave with a question', `${server}/modules/contacts/push.ts`, "import { request } from 'node:https'\nvoid request"],
    [
      'data leave with a question',
      `${server}/modules/contacts/give.ts`,
      "import { callOutside as call } from '../../platform/http/index.ts'\nvoid call",
    ],
    [
      'data leave with a question',
      `${server}/modules/privacy/share.ts`,
      "import { recordDisclosure } from './record-disclosure.ts'\nvoid recordDisclosure",
    ],
    [
      'rooms ask before they profile or share',
      `${server}/modules/leads/score.ts`,
      '/** Scores. */\nexport const score = (contact: object): number => Object.keys(contact).length',
    ],
    ['declared dependencies', `${server}/modules/contacts/list.ts`, "import { map } from 'lodash'\nvoid map"],
    ['imports lead somewhere', `${server}/modules/contacts/list.ts`, "import { gone } from './gone.ts'\nvoid gone"],
    [
      'as Permit',
      `${server}/modules/contacts/forge.ts`,
      "import type { Permit } from '@frontdesk/contact-rules'\nexport const p = {} as Permit",
    ],
    [
      'as Permit',
      `${server}/modules/contacts/forge.ts`,
      "import type { Permit as P } from '@frontdesk/contact-rules'\nexport const p = {} as unknown as readonly P[]",
    ],
    [
      'as Permit',
      `${server}/modules/contacts/forge.ts`,
      "import type * as rules from '@frontdesk/contact-rules'\nexport const p = <rules.Permit>{}",
    ],
    ['as Permit', `${server}/modules/contacts/forge.ts`, "export const p = {} as import('@frontdesk/contact-rules').Permit"],
    [
      'as Permit',
      `${server}/modules/contacts/forge.ts`,
      "import type { Permit } from '@frontdesk/contact-rules'\ntype Yes = Permit\nexport const p = {} as Yes",
    ],
    ['as Permit', 'tests/e2e/forge.ts', "import type { Permit } from '@frontdesk/contact-rules'\nexport const p = {} as Permit"],
    ['no raw console', `${server}/modules/contacts/say.ts`, "console.warn('x')"],
    ['time is a parameter', `${server}/modules/contacts/when.ts`, 'export const at = Date.now()'],
    ['time is a parameter', `${server}/modules/contacts/when.ts`, 'export const at = new Date()'],
    ['time is a parameter', 'packages/contract/src/when.ts', 'export const at = Temporal.Now.instant()'],
    ['exported functions are described', `${server}/modules/contacts/list.ts`, '// no\nexport function list() {}'],
    [
      'exported functions are described',
      'packages/contract/src/list.ts',
      '/** Yes. */\nexport const yes = () => 1\nexport const list = () => 1',
    ],
    ['rooms are complete', `${server}/modules/calls/call.ts`, 'export const a = 1'],
    ['order of rooms', `${server}/modules/extras/index.ts`, 'export const a = 1'],
    ['rooms are complete', 'packages/pacing/src/pace.ts', 'export const a = 1'],
  ])('%s in %s', (rule, file, text) => {
    plant(file, text)
    expect(found().map((each) => each.split(': ')[0])).toContain(rule)
    expect(report(look())).toContain(
      file
        .split('/')
        .slice(0, -1)
        .join('/')
        .replace(/\/src$/, ''),
    )
  })

  it('a room that profiles and asks for another use than its own, until it asks for its own', () => {
    const score = (use: string) =>
      `import { requireUse } from '../privacy/index.ts'\n/** Scores. */\nexport const score = (tx: object, id: string) => requireUse(tx, id, '${use}')`
    const said = () => found().filter((each) => each.startsWith('rooms ask before'))
    plant(`${server}/modules/leads/score.ts`, score('statistics'))
    expect(said()).toEqual([`rooms ask before they profile or share: ${server}/modules/leads`])
    plant(`${server}/modules/leads/score.ts`, score('profiling'))
    expect(said()).toEqual([])
  })

  it('an excuse for a file that gives nothing outside', () => {
    plant(`${server}/modules/accounts/provider-identity.ts`, '/** Nothing. */\nexport const nothing = () => 1')
    expect(found()).toContain(`data leave with a question: ${server}/modules/accounts/provider-identity.ts`)
  })

  it('a cycle across rooms of the platform, even of types alone', () => {
    plant(`${server}/platform/mail/index.ts`, "import type { A } from '../events/index.ts'\nexport type B = A")
    plant(`${server}/platform/events/index.ts`, "import type { B } from '../mail/index.ts'\nexport type A = B | 1")
    expect(found()).toContainEqual(expect.stringContaining('no cycles'))
  })

  it('a cycle of running code inside one room', () => {
    plant(`${server}/modules/contacts/a.ts`, "import { b } from './b.ts'\nexport const a = 1 + b")
    plant(`${server}/modules/contacts/b.ts`, "import { a } from './a.ts'\nexport const b = 1 + a")
    expect(found()).toContainEqual(expect.stringContaining('no cycles'))
  })

  it('a folder in which it found nothing to examine', () => {
    plant(`${server}/modules/scheduling/README.md`, 'Nothing here.')
    expect(found()).toContain(`every folder is examined: ${server}/modules/scheduling`)
  })

  it('a house without rooms, and one with too few files', () => {
    rmSync(path.join(root, server, 'modules'), { recursive: true })
    expect(found()).toContainEqual(expect.stringMatching(/^every folder is examined/))
    expect(
      examine(root, { fewestFiles: 500 })
        .violations.map((each) => each.says)
        .join(),
    ).toContain('Only ')
  })

  it('an exception that nothing needs any more', () => {
    const needless = [{ rule: 'time is a parameter', file: `${server}/modules/contacts/index.ts`, why: 'It did once.' }]
    expect(
      examine(root, { fewestFiles: 10, exceptions: needless })
        .violations.map((each) => each.says)
        .join(),
    ).toContain('nothing needs excusing')
  })

  it('a file that cannot be read', () => {
    plant(`${server}/modules/contacts/broken.ts`, 'export const = 1')
    expect(look).toThrow('broken.ts cannot be parsed')
  })
})

describe('passes', () => {
  it('the good house, and says what it examined', () => {
    expect(report(look())).toMatch(/^Examined 14 files with \d+ imports, in 3 modules and 2 packages: all as it should be\.$/)
  })

  it.each([
    [
      'words in texts and comments that look like violations',
      `${server}/modules/contacts/text.ts`,
      "/* import '../reports/index.ts' */\nexport const a = \"x as Permit; import '../leads/x.ts'; Date.now()\"",
    ],
    [
      'a given date',
      `${server}/modules/contacts/when.ts`,
      'export const at = (iso: string): number => new Date(iso).valueOf()'.replace('export ', 'const keep = 1\nvoid keep\n'),
    ],
    [
      'tests that set the stage with a room to their right',
      `${server}/modules/accounts/close.test.ts`,
      "import { contacts } from '../contacts/index.ts'\nvoid contacts",
    ],
    [
      'tests of the rules that need a permit',
      'packages/contact-rules/src/decide.test.ts',
      "import { grant } from './permit-constructor.ts'\nvoid grant",
    ],
    [
      'tests that receive real mail',
      `${server}/modules/contacts/mail.test.ts`,
      "import { SMTPServer } from 'smtp-server'\nvoid SMTPServer",
    ],
  ])('%s', (_what, file, text) => {
    plant(file, text)
    plant(`${server}/modules/accounts/testing.ts`, '/** Sets the stage. */\nexport const stage = 1')
    expect(found().filter((each) => !each.startsWith('declared dependencies'))).toEqual([])
  })
})

it('looks at every module and package of this house', () => {
  const house = examine(path.resolve(import.meta.dirname, '../..'))
  expect(house.files.length).toBeGreaterThan(100)
  for (const folder of [...house.modules, ...house.packages]) {
    expect(
      house.files.some((file) => file.startsWith(`${folder}/`)),
      folder,
    ).toBe(true)
  }
})
