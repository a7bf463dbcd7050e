import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { CannotDecrypt, openStream, sealStream } from '../crypto/index.ts'
import { writeNewFile } from '../files/index.ts'
import { BackupUnreadable } from './records.ts'

const longestHeader = 1000

/** Writes one line in the clear, then content compressed and encrypted. The line is authenticated with the rest. */
export async function writeSealed(file: string, header: string, secret: Uint8Array, content: AsyncIterable<Uint8Array>): Promise<void> {
  async function* bytes() {
    yield Buffer.from(`${header}\n`)
    yield* sealStream(secret, through(content, createZstdCompress()), header)
  }
  await writeNewFile(file, bytes())
}

/** The line in the clear. Throws `BackupUnreadable` when the file does not begin with `kind`. */
export async function readHeader(file: string, kind: string): Promise<string> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (cause) {
    throw new BackupUnreadable(`${file} could not be opened. Check that it is there and that your account may read it.`, { cause })
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestHeader), 0, longestHeader, 0)
    const end = buffer.subarray(0, bytesRead).indexOf('\n')
    const header = buffer.toString('utf8', 0, Math.max(end, 0))
    if (!header.startsWith(`${kind} `)) throw new BackupUnreadable(`${file} is not ${kind.replaceAll('-', ' ')}. Name another file.`)
    return header
  } finally {
    await handle.close()
  }
}

/** The content behind the header. Throws `BackupUnreadable` when the secret is another one, or anything was changed or cut off. */
export async function* readSealed(file: string, header: string, secret: Uint8Array): AsyncGenerator<Buffer> {
  const sealed = createReadStream(file, { start: Buffer.byteLength(header) + 1 })
  try {
    yield* through(openStream(secret, sealed, header), createZstdDecompress())
  } catch (cause) {
    if (!(cause instanceof CannotDecrypt)) throw cause
    throw new BackupUnreadable(`${file} cannot be read: it was changed or cut off, or the key or passphrase is another one.`, { cause })
  } finally {
    sealed.destroy()
  }
}

/** A stream through a transform; a failure on either side ends the iteration with it. */
async function* through(source: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Buffer> {
  const feeding = pipeline(Readable.from(source, { objectMode: false }), transform)
  feeding.catch(() => undefined) // the iteration below fails with the same error
  yield* transform
  await feeding
}
