/** `npm run restore`: puts a backup into an empty data folder, or lost keys back into their place. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { migrationFolders } from '../apps/server/src/migration-order.ts'
import {
  confirmKeysCopy,
  hasKeys,
  isFileKey,
  isRing,
  isTombstone,
  newestFileKeys,
  openKeysCopy,
  putKeys,
  readFileKeys,
  restoreBackup,
} from '../apps/server/src/platform/backup/index.ts'
import { systemClock } from '../apps/server/src/platform/clock/index.ts'
import { type Keys, openKeys, prepareKeyFolder } from '../apps/server/src/platform/crypto/index.ts'
import { configOf, readArguments, runCommand, typedPath } from './backup/command.ts'
import { readPassphrase } from './backup/passphrase.ts'
import { withDatabase, withFolderAlone } from './backup/reach-database.ts'

const usage = `npm run restore -- <backup> --keys <copy of the keys> --data <empty folder>
npm run restore -- --keys <copy of the keys>    puts back lost keys only
                   [--passphrase-file <file>]   instead of being asked for the passphrase
                   [--data <folder>]            where the data lies, if not where npm start keeps it by itself`

await runCommand(async () => {
  const { values, words } = readArguments(['keys', 'passphrase-file', 'data'], usage)
  const [named, ...more] = words
  const backup = named === undefined ? undefined : typedPath(named)
  if (more.length > 0 || (backup === undefined && values.keys === undefined)) throw new Error(`Say which backup to restore.\n\n${usage}`)
  if (backup !== undefined && !existsSync(path.join(backup, 'database.backup')))
    throw new Error(`There is no backup in ${backup}. Name a folder that npm run backup has made.`)
  const config = configOf(values.data)
  const keyFolder = path.join(config.dataFolder, 'keys')
  if (backup === undefined && !existsSync(config.dataFolder))
    throw new Error(`There is no folder ${config.dataFolder}, so there is no Frontdesk whose keys could be put back.\n\n${usage}`)
  if (values.keys === undefined && !hasKeys(keyFolder))
    throw new Error(`A backup can only be read with the keys, and there are none in ${keyFolder}.\n\n${usage}`)

  const keysFile = values.keys === undefined ? undefined : typedPath(values.keys)
  const passphrase = keysFile && (await readPassphrase(values['passphrase-file'], 'Passphrase of the copy of the keys'))
  await withFolderAlone(config, async () => {
    const keys = await putBackKeys({ keyFolder, backup, keysFile, passphrase })
    if (backup === undefined) {
      console.log(`\nThe keys are back in ${keyFolder}.\n`)
      return
    }
    const report = await withDatabase(config, true, (reached) =>
      restoreBackup({
        ...reached,
        backup,
        keys,
        fileFolder: path.join(config.dataFolder, 'files'),
        dataFolder: config.dataFolder,
        migrations: migrationFolders,
      }),
    )
    console.log(
      `\nRestored ${report.rows} rows of ${report.tables} tables and ${report.files} files, as of ${report.createdAt}, into\n  ${config.dataFolder}\n\nStart it with: npm start\n`,
    )
  })
})

type PutBack = { keyFolder: string; backup: string | undefined; keysFile: string | undefined; passphrase: string | undefined }

/** The key rings from their copy; the keys of files from the newest copy there is, and tombstones from all, so that what was erased since stays erased. */
async function putBackKeys({ keyFolder, backup, keysFile, passphrase }: PutBack): Promise<Keys> {
  prepareKeyFolder(keyFolder)
  const hadFileKeys = existsSync(path.join(keyFolder, 'files')) && readdirSync(path.join(keyFolder, 'files')).length > 0
  const copy = keysFile && passphrase !== undefined ? await openKeysCopy(keysFile, passphrase) : undefined
  if (copy) await putKeys(keyFolder, copy.entries, isRing)
  const keys = openKeys(keyFolder, systemClock())
  // It was just opened, so it counts as confirmed; unless this version has brought a ring that is not in it.
  if (keysFile && passphrase !== undefined) await confirmKeysCopy(keyFolder, keysFile, passphrase, systemClock()).catch(() => undefined)
  const nightly = backup === undefined ? undefined : await newestFileKeys(backup)
  if (nightly) await putKeys(keyFolder, readFileKeys(nightly.file, keys), isTombstone)
  if (keysFile && passphrase !== undefined) await putKeys(keyFolder, (await openKeysCopy(keysFile, passphrase)).entries, isTombstone)
  if (hadFileKeys) return keys

  if (nightly && (!copy || Temporal.Instant.compare(nightly.createdAt, copy.createdAt) > 0))
    await putKeys(keyFolder, readFileKeys(nightly.file, keys), isFileKey)
  else if (keysFile && passphrase !== undefined) await putKeys(keyFolder, (await openKeysCopy(keysFile, passphrase)).entries, isFileKey)
  return keys
}
