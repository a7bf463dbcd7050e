import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../errors/index.ts'

/** How much may be sent to the routes of one scope. */
export type UploadLimits = { readonly fileBytes: number; readonly files: number }

/** One file as it was sent. Its type is what the sender says: the files room looks at the bytes. */
export type Upload = { readonly name: string; readonly saidType: string; readonly bytes: Buffer }

/** Lets the routes of this scope take `multipart/form-data`, within limits. */
export async function acceptUploads(scope: FastifyInstance, { fileBytes, files }: UploadLimits): Promise<void> {
  await scope.register(multipart, {
    limits: { fileSize: fileBytes, files, fields: 20, parts: files + 20, fieldSize: 10_000, fieldNameSize: 100, headerPairs: 50 },
    throwFileSizeLimit: true,
  })
}

/**
 * The one file of a request. Throws a `Refusal` when there is none, when it is empty, larger than `maxBytes` or cut off, and the limit's error when it is too much
 * besides; nothing is kept then.
 */
export async function oneUpload(request: FastifyRequest, maxBytes?: number): Promise<Upload> {
  let upload: Upload | undefined
  try {
    for await (const file of request.files())
      upload = { name: plainName(file.filename), saidType: file.mimetype, bytes: await file.toBuffer() }
  } catch (error) {
    if (maxBytes !== undefined && error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE') {
      throw new Refusal('http/too-large', {
        detail: `Files of up to ${Math.floor(maxBytes / 1_000_000)} MB are taken here. Nothing was saved.`,
        maxBytes,
      })
    }
    if (error instanceof Error && 'statusCode' in error) throw error // a limit
    throw cutUpload()
  }
  if (!upload) throw noUpload()
  if (upload.bytes.length === 0) throw emptyUpload()
  return upload
}

/** The one file of a request as a stream, to be read to its end. `wasCut` says afterwards whether not all of it came. Throws a `Refusal` when there is none. */
export async function streamedUpload(
  request: FastifyRequest,
): Promise<{ readonly name: string; readonly content: AsyncIterable<Uint8Array>; readonly wasCut: () => boolean }> {
  const part = await request.file()
  if (!part) throw noUpload()
  return { name: plainName(part.filename), content: part.file, wasCut: () => part.file.truncated }
}

/** The refusal where not all of a file came. */
export const cutUpload = (): Refusal =>
  new Refusal('http/invalid-request', { detail: 'The upload was cut off. Nothing was saved; try again.' })
/** The refusal of a file without content. */
export const emptyUpload = (): Refusal =>
  new Refusal('files/refused', { detail: 'This file is empty. Nothing was saved; choose another one.', mediaType: null })
const noUpload = (): Refusal => new Refusal('http/invalid-request', { detail: 'There is no file in the form. Nothing was saved.' })

/** A file's name without folders, control characters and direction marks that would show another ending than it has. */
const plainName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  return (
    last
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 200) || 'file'
  )
}
