/** `npm run operator -- mails | verify-audit | keys | rotate-key | remove-key | accept-keys | report-breach`: what only whoever runs the server may see, read at the server itself. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import PostalMime from 'postal-mime'
import { type ChangeKeys, countUses, readPurpose, removeKey, rotateKey } from '../apps/server/src/change-keys.ts'
import { tableInventories } from '../apps/server/src/inventories.ts'
import { verifyAudit, verifyDeletions } from '../apps/server/src/platform/audit/index.ts'
import { systemClock } from '../apps/server/src/platform/clock/index.ts'
import type { Config } from '../apps/server/src/platform/config/index.ts'
import { type Keys, openKeys } from '../apps/server/src/platform/crypto/index.ts'
import {
  type DatabaseUrls,
  encryptedColumns,
  openDatabase,
  openPool,
  recordKeys,
  rolePasswords,
  urlsOf,
} from '../apps/server/src/platform/database/index.ts'
import { openFiles } from '../apps/server/src/platform/files/index.ts'
import { readPersonMails } from '../apps/server/src/platform/mail/index.ts'
import { configOf, readArguments, requireFrontdesk, runCommand } from './backup/command.ts'
import { withAnyDatabase } from './backup/reach-database.ts'
import { reportBreach } from './report-breach.ts'

const usage = `npm run operator -- mails           the newest mails about accounts: confirmations, resets, invitations.
                                     Without a mail server this is the only place where their links can be read.
npm run operator -- verify-audit    walks the audit chain of every workspace, and the certificates of those that were deleted, and compares
                                    them with what is signed outside of the database
npm run operator -- keys            every key: what it is for, since when, whether it is in use, and how many values need it
npm run operator -- rotate-key <purpose>        makes a new key and encrypts anew what the old one encrypted, while everybody works on
npm run operator -- remove-key <purpose> <id>   removes a retired key that nothing needs any more
npm run operator -- accept-keys     when the keys are lost for good and a start refuses those that are here: works with them from now on.
                                    What was encrypted with the lost ones stays unreadable.
npm run operator -- report-breach --what <what happened> --from <moment> [--until <moment>] [--accounts yes]
                                    tells every business on this server of an incident that touches its data: an entry in its register, a mail to its owners
                    [--data <folder>]            where the data lies, if not where npm start keeps it by itself`

type Flags = Readonly<Record<string, string | undefined>>
type Command = (config: Config, urls: DatabaseUrls, words: readonly string[], flags: Flags) => Promise<void>

/** What there is, and how many words may follow. */
const commands: Readonly<Record<string, { readonly run: Command; readonly words: number } | undefined>> = {
  mails: { run: showMails, words: 0 },
  'verify-audit': { run: verifyEveryAudit, words: 0 },
  keys: { run: listKeys, words: 0 },
  'rotate-key': { run: (config, urls, [purpose]) => changeKeys(config, urls, (work) => rotateKey(work, readPurpose(purpose))), words: 1 },
  'remove-key': {
    run: (config, urls, [purpose, id = '']) => changeKeys(config, urls, (work) => removeKey(work, readPurpose(purpose), id)),
    words: 2,
  },
  'accept-keys': { run: acceptKeys, words: 0 },
  'report-breach': {
    run: (config, urls, _words, { what, from, until, accounts }) => reportBreach(config, urls, { what, from, until, accounts }),
    words: 0,
  },
}

await runCommand(async () => {
  const { values, words } = readArguments(['data', 'what', 'from', 'until', 'accounts'], usage)
  const [name = '', ...more] = words
  const what = commands[name]
  if (!what || more.length > what.words) throw new Error(usage)
  const config = configOf(values.data)
  if (what.run !== acceptKeys) requireFrontdesk(config, 'read')
  else if (!existsSync(config.dataFolder)) throw new Error(`There is no folder ${config.dataFolder}. Name yours with --data <folder>.`)
  await withAnyDatabase(config, ({ administratorUrl, database }) =>
    what.run(config, urlsOf(administratorUrl, database, rolePasswords(path.join(config.dataFolder, 'database-roles.json'))), more, values),
  )
})

function keysOf(config: Config): Keys {
  return openKeys(path.join(config.dataFolder, 'keys'), systemClock())
}

async function showMails(config: Config, urls: DatabaseUrls): Promise<void> {
  const auth = openPool(urls.auth, 1)
  try {
    const mails = await readPersonMails(auth, keysOf(config))
    if (mails.length === 0) console.log('\nNo mail about an account was written in the last week.\n')
    for (const { to, subject, state, raw } of mails.toReversed()) {
      const { text } = await PostalMime.parse(raw)
      console.log(`\n── To ${to} (${state.replace('_', ' ')})\n   ${subject}\n\n${(text ?? '').trim().replace(/^/gm, '   ')}\n`)
    }
  } finally {
    await auth.end()
  }
}

/** The database forgets which keys it worked with; the next start notes those that it finds. */
async function acceptKeys(_config: Config, urls: DatabaseUrls): Promise<void> {
  const owner = openPool(urls.owner, 1)
  try {
    await owner.query('delete from platform.key_version')
    console.log(
      '\nThe next start takes the keys that are here. Make a copy of them then: npm run backup -- --keys <file outside of this computer>\n',
    )
  } finally {
    await owner.end()
  }
}

async function verifyEveryAudit(config: Config, urls: DatabaseUrls): Promise<void> {
  const relay = openPool(urls.relay, 1)
  const database = openDatabase({ url: urls.app, keys: keysOf(config), clock: systemClock, connections: 1 })
  try {
    const { rows } = await relay.query<{ id: WorkspaceId }>('select platform.workspace_ids() as id')
    for (const { id } of rows) {
      const verdict = await verifyAudit(database, path.join(config.dataFolder, 'audit', 'heads'), id)
      const where = verdict.firstBad ? `; the first wrong one is number ${verdict.firstBad.sequence} (${verdict.firstBad.reason})` : ''
      console.log(
        `${id}  ${verdict.intact ? 'intact' : 'NOT INTACT'}: ${verdict.sealed} sealed, ${verdict.unsealed} not sealed yet, signed head ${verdict.head}${where}`,
      )
      if (!verdict.intact) process.exitCode = 1
    }
    const deletions = await verifyDeletions(database.outside, path.join(config.dataFolder, 'keys', 'deletions'), database.keys)
    const first = deletions.firstBad ? `; the first wrong one is number ${deletions.firstBad.sequence} (${deletions.firstBad.reason})` : ''
    console.log(
      `Workspaces that left  ${deletions.intact ? 'intact' : 'NOT INTACT'}: ${deletions.certificates} certificates of deletion${first}`,
    )
    if (!deletions.intact) process.exitCode = 1
  } finally {
    await relay.end()
    await database.close()
  }
}

async function changeKeys(config: Config, urls: DatabaseUrls, change: (work: ChangeKeys) => Promise<void>): Promise<void> {
  const relay = openPool(urls.relay, 1)
  const auth = openPool(urls.auth, 1)
  const keys = keysOf(config)
  const eraser = openDatabase({ url: urls.eraser, keys, clock: systemClock, connections: 1 })
  const folder = path.join(config.dataFolder, 'keys')
  try {
    const { rows } = await relay.query<{ id: WorkspaceId }>('select platform.workspace_ids() as id')
    const files = openFiles({ keys, keyFolder: path.join(folder, 'files'), folder: path.join(config.dataFolder, 'files') })
    await change({
      keys,
      eraser,
      auth,
      workspaces: rows.map(({ id }) => id),
      columns: encryptedColumns(tableInventories),
      fileKeys: files.fileKeys,
      now: systemClock(),
      remember: () => recordKeys(urls.owner, { folder, open: () => keys }),
      say: (line) => console.log(line),
    })
  } finally {
    await Promise.all([relay.end(), auth.end(), eraser.close()])
  }
}

async function listKeys(config: Config, urls: DatabaseUrls): Promise<void> {
  await changeKeys(config, urls, async (work) => {
    for (const { purpose, id, createdAt, retiredAt } of work.keys.describe()) {
      const needed = ['field', 'file', 'pepper'].includes(purpose) ? `, ${await countUses(work, purpose, id)} values` : ''
      console.log(`${purpose.padEnd(8)} ${id}  since ${createdAt}  ${retiredAt ? `retired ${retiredAt}` : 'in use'}${needed}`)
    }
  })
}
