/** `npm run backup`: makes a backup, copies the keys, or confirms that a copy of the keys is kept elsewhere. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { confirmKeysCopy, keysCopyConfirmed, newPassphrase, writeBackup, writeKeysCopy } from '../apps/server/src/platform/backup/index.ts'
import { systemClock } from '../apps/server/src/platform/clock/index.ts'
import type { Config } from '../apps/server/src/platform/config/index.ts'
import { openKeys } from '../apps/server/src/platform/crypto/index.ts'
import { rolePasswords, urlsOf } from '../apps/server/src/platform/database/index.ts'
import { cloneRoot, configOf, inWords, readArguments, requireFrontdesk, runCommand, typedPath } from './backup/command.ts'
import { readPassphrase } from './backup/passphrase.ts'
import { withAnyDatabase } from './backup/reach-database.ts'

const usage = `npm run backup                                  into <data>/backups
npm run backup -- --to <folder>                 into another folder
npm run backup -- --keys <file>                 copies the keys, protected by a passphrase
npm run backup -- --confirm-keys <file>         checks such a copy, once it is kept elsewhere
                  [--passphrase-file <file>]    instead of being asked, or told, the passphrase
                  [--data <folder>]             where the data lies, if not where npm start keeps it by itself`

await runCommand(async () => {
  const { values, words } = readArguments(['to', 'keys', 'confirm-keys', 'passphrase-file', 'data'], usage)
  if (words.length > 0) throw new Error(`"${words[0]}" is not expected here.\n\n${usage}`)
  const config = configOf(values.data)
  requireFrontdesk(config, 'back up')
  const keyFolder = path.join(config.dataFolder, 'keys')

  if (values.keys !== undefined) await copyKeys(config, keyFolder, values.keys, values['passphrase-file'])
  else if (values['confirm-keys'] !== undefined) await confirmKeys(keyFolder, values['confirm-keys'], values['passphrase-file'])
  else await backUp(config, keyFolder, values.to === undefined ? path.join(config.dataFolder, 'backups') : typedPath(values.to))
})

async function backUp(config: Config, keyFolder: string, target: string): Promise<void> {
  const keys = openKeys(keyFolder, systemClock())
  const { version }: { version: string } = JSON.parse(readFileSync(path.join(cloneRoot, 'package.json'), 'utf8'))
  const report = await withAnyDatabase(config, ({ administratorUrl, database }) => {
    const passwords = rolePasswords(path.join(config.dataFolder, 'database-roles.json'))
    return writeBackup(
      {
        databaseUrl: urlsOf(administratorUrl, database, passwords).backup,
        keys,
        keyFolder,
        fileFolder: config.objectStore ? undefined : path.join(config.dataFolder, 'files'),
        target,
        version,
      },
      systemClock(),
    )
  })
  console.log(
    `\nBacked up ${report.rows} rows of ${report.tables} tables and ${report.files} files (${inWords(report.bytes)}) to\n  ${report.folder}\n`,
  )
  if (config.objectStore)
    console.log(`Files are kept in the bucket ${config.objectStore.bucket}; they are not part of this backup. Turn on versioning there.\n`)
  if (!keysCopyConfirmed(keyFolder, keys))
    console.log(
      `It cannot be restored without the keys, and no copy of them is confirmed yet:\n  npm run backup -- --keys <file outside of this computer>\n`,
    )
}

async function copyKeys(config: Config, keyFolder: string, file: string, passphraseFile: string | undefined): Promise<void> {
  const target = typedPath(file)
  if (!path.relative(config.dataFolder, target).startsWith('..')) {
    throw new Error(`${target} lies in the data folder itself. Keys and data belong apart: name a file outside of ${config.dataFolder}.`)
  }
  openKeys(keyFolder, systemClock()) // makes the rings that a new version brought
  const passphrase = passphraseFile === undefined ? newPassphrase() : await readPassphrase(passphraseFile, 'Passphrase')
  await writeKeysCopy(keyFolder, target, passphrase, systemClock())
  console.log(`\nThe keys are copied to\n  ${target}\n`)
  if (passphraseFile === undefined)
    console.log(`Its passphrase, shown this once. Write it down and keep it apart from the file:\n  ${passphrase}\n`)
  console.log(`Move the file to another place than this computer, then confirm it:\n  npm run backup -- --confirm-keys <file>\n`)
}

async function confirmKeys(keyFolder: string, file: string, passphraseFile: string | undefined): Promise<void> {
  const passphrase = await readPassphrase(passphraseFile, 'Passphrase of this copy')
  await confirmKeysCopy(keyFolder, typedPath(file), passphrase, systemClock())
  console.log('\nThis copy holds every key in use and can be opened. Frontdesk will not ask for one again until a key changes.\n')
}
