import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { FileId } from '@frontdesk/contract'
import {
  CannotDecrypt,
  derive,
  type Keys,
  openRange,
  openStream,
  sealedLength,
  sealStream,
  streamHeaderLength,
  streamRange,
} from '../crypto/index.ts'
import { Refusal } from '../errors/index.ts'
import { orderedId } from '../ids/index.ts'
import { type ByteStore, FileUnreadable } from './byte-store.ts'
import { diskStore } from './disk-store.ts'
import { isDiskFull, isMissing, makeFolder, writeNewFile } from './durable-files.ts'
import { type FileKeys, type FilePlace, openFileKeys } from './file-keys.ts'
import type { FileSubject, StoredFile } from './file-rows.ts'
import type { FilePurpose } from './files.tables.ts'
import { counted, inspect, started } from './intake.ts'
import { cleanName } from './media-type.ts'
import { type S3Settings, s3Store } from './s3-store.ts'

/** What to store, for whom, and what is allowed. */
export type PutFile = {
  readonly workspaceId: string
  readonly subjects: readonly FileSubject[]
  readonly purpose: FilePurpose
  /** As the sender calls it. */
  readonly name?: string
  /** More than this is refused while it streams in. */
  readonly maxBytes: number
  /** Media types that are taken, by content: `image/png`, or `image/*`. All when absent. */
  readonly accept?: readonly string[]
  readonly now: Temporal.Instant
  readonly expiresAt?: Temporal.Instant
}

/** Bytes `start` to `end` of the content, the end not included. */
export type ContentRange = { readonly start: number; readonly end: number }

/** The store of encrypted files. Rows are not its business: `recordFile` and `forgetFile` write them in the caller's transaction. */
export type Files = {
  /** Stores a stream. Throws a `Refusal` when it is too large, not of an accepted type, or when the disk is full; nothing stays behind then. */
  put(content: AsyncIterable<Uint8Array> | Uint8Array, wish: PutFile): Promise<StoredFile>
  /** The content or a range of it, verified. Throws `FileUnreadable`; later damage is an error of the stream. */
  get(file: FilePlace & { readonly size: number }, range?: ContentRange): Promise<Readable>
  /** Destroys the key, then the bytes. May be repeated. */
  erase(file: FilePlace): Promise<void>
  /** Erases all files of a workspace; answers how many. */
  eraseWorkspace(workspaceId: string): Promise<number>
  /** Files of a workspace stored before `before` that no row knows: their transaction failed, or their erasure was interrupted. */
  orphans(
    workspaceId: string,
    before: Temporal.Instant,
    known: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  ): AsyncIterable<string>
  /** Removes bytes that no key opens, and uploads that had not ended by `before`. Refuses when so many lack a key that the key store itself must be missing. */
  sweep(before: Temporal.Instant): Promise<{ readonly withoutKey: number; readonly unfinished: number }>
  readonly fileKeys: FileKeys
}

export type FilesSettings = {
  readonly keys: Keys
  /** For the data keys; outside the database and its backups. */
  readonly keyFolder: string
  /** For the bytes, and for uploads on their way. */
  readonly folder: string
  /** Where the bytes go instead of the folder. */
  readonly s3?: S3Settings
  /** Asked before bytes go to such a store; throws a `Refusal` where they may not. Reading and erasing what lies there is always possible. */
  readonly mayKeep?: (workspaceId: string) => Promise<void>
}

const longestSharedLife = Temporal.Duration.from({ hours: 720 })
const boundTo = ({ workspaceId, id }: FilePlace) => `file|${workspaceId}|${id}`

/** The moment an ordered id was made, which is when its file was stored. */
const madeAt = (id: string) => Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replace('-', '').slice(0, 12), 16))

/** Opens the store of encrypted files. */
export function openFiles({ keys, keyFolder, folder, s3, mayKeep }: FilesSettings): Files {
  const store: ByteStore = s3 ? s3Store(s3) : diskStore(folder)
  const fileKeys = openFileKeys(keyFolder, keys)
  const incoming = path.join(folder, 'incoming')

  async function erase(place: FilePlace): Promise<void> {
    const address = await fileKeys.addressOf(place)
    await fileKeys.destroy(place)
    if (address) await store.remove(address)
  }

  return {
    fileKeys,
    async put(content, wish) {
      if (s3) await mayKeep?.(wish.workspaceId)
      const id: FileId = orderedId(wish.now.epochMilliseconds)
      const place = { workspaceId: wish.workspaceId, id }
      const part = { path: path.join(incoming, `${id}.part`), sha256: createHash('sha256') }
      const secret = randomBytes(32)
      const intake = inspect(content, wish, createHmac('sha256', derive(secret, 'frontdesk file address v1')))
      try {
        await makeFolder(incoming)
        await writeNewFile(part.path, counted(sealStream(secret, intake.stream(), boundTo(place)), part.sha256))
        const { address, size, mediaType } = intake.facts()
        await fileKeys.keep(place, { address, secret }) // before the bytes: bytes without a key could only be swept
        await store
          .keep(address, { path: part.path, length: sealedLength(size), sha256: part.sha256.digest('hex') })
          .catch(async (error) => {
            await fileKeys.destroy(place)
            throw error
          })
        const { purpose, subjects, now: createdAt } = wish
        return {
          ...place,
          address,
          purpose,
          name: cleanName(wish.name ?? '') ?? null,
          mediaType,
          size,
          subjects,
          createdAt,
          expiresAt: endOf(wish),
        }
      } catch (error) {
        await rm(part.path, { force: true })
        if (!isDiskFull(error)) throw error
        throw new Refusal('http/unavailable', {
          detail: 'The disk of this server is full, so the file was not kept. Nothing else was changed; tell whoever runs this server.',
        })
      }
    },
    async get(file, range) {
      const key = await fileKeys.find(file)
      if (!key) throw new FileUnreadable('erased', 'This file was erased and cannot be read any more.')
      const content = async function* () {
        try {
          if (!range) {
            yield* openStream(key.secret, await store.read(key.address), boundTo(file))
            return
          }
          const where = streamRange(file.size, range.start, range.end)
          const header = Buffer.concat(await Array.fromAsync(await store.read(key.address, { from: 0, to: streamHeaderLength })))
          yield* openRange(key.secret, header, await store.read(key.address, where), where, boundTo(file))
        } catch (cause) {
          if (!(cause instanceof CannotDecrypt)) throw cause
          throw new FileUnreadable('damaged', 'The stored bytes of this file were changed or cut off. Put them back from a backup.', {
            cause,
          })
        }
      }
      return started(content())
    },
    erase,
    async eraseWorkspace(workspaceId) {
      let erased = 0
      for await (const id of fileKeys.ids(workspaceId)) {
        await erase({ workspaceId, id })
        erased += 1
      }
      return erased
    },
    async *orphans(workspaceId, before, known) {
      const old = (await Array.fromAsync(fileKeys.ids(workspaceId))).filter((id) => Temporal.Instant.compare(madeAt(id), before) < 0)
      for (let at = 0; at < old.length; at += 500) {
        const batch = old.slice(at, at + 500)
        const rows = await known(batch)
        yield* batch.filter((id) => !rows.has(id))
      }
    },
    async sweep(before) {
      // The addresses first: whatever is stored while this runs has its key before its bytes.
      const addresses = await Array.fromAsync(store.list())
      const opened = new Set(await Array.fromAsync(fileKeys.addresses()))
      const withoutKey = addresses.filter((address) => !opened.has(address))
      if (withoutKey.length > Math.max(20, addresses.length / 100)) {
        throw new Error(
          `${withoutKey.length} of ${addresses.length} stored files have no key. The key store seems to be missing or older than the files, so nothing was removed. Put back its copy (npm run restore -- --keys <file>).`,
        )
      }
      for (const address of withoutKey) await store.remove(address)
      return { withoutKey: withoutKey.length, unfinished: await removeUnfinished(incoming, before) }
    },
  }
}

function endOf({ purpose, expiresAt, now }: PutFile): Temporal.Instant | null {
  if (purpose !== 'import' && purpose !== 'export') return expiresAt ?? null
  const latest = now.add(longestSharedLife)
  return expiresAt && Temporal.Instant.compare(expiresAt, latest) < 0 ? expiresAt : latest
}

async function removeUnfinished(incoming: string, before: Temporal.Instant): Promise<number> {
  let removed = 0
  const names = await readdir(incoming).catch((error) => (isMissing(error) ? [] : Promise.reject(error)))
  for (const name of names) {
    const file = path.join(incoming, name)
    if ((await stat(file)).mtimeMs >= before.epochMilliseconds) continue
    await rm(file, { force: true })
    removed += 1
  }
  return removed
}
