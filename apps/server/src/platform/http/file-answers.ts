import type { UploadRule, WorkspaceId } from '@frontdesk/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors/index.ts'
import { FileUnreadable } from '../files/byte-store.ts'
import type { StoredFile } from '../files/file-rows.ts'
import type { Files, PutFile } from '../files/open-files.ts'
import { contentSecurity } from './security-headers.ts'
import { cutUpload, emptyUpload, oneUpload, streamedUpload } from './uploads.ts'

/** What routes that take or give files need of the file store. */
export type FileStore = Pick<Files, 'put' | 'get' | 'erase'>

/** What a route with `download` answers. */
export type FileAnswer = {
  readonly workspaceId: WorkspaceId
  readonly id: StoredFile['id']
  readonly size: number
  readonly name: string
  /** By the content, as it was found out when the file came. */
  readonly mediaType: string
}

/** Takes the one file of a request into the store, before any transaction. It stays unknown until the use case records it. */
export async function keepUpload(
  files: FileStore,
  request: FastifyRequest,
  wish: { readonly workspaceId: WorkspaceId; readonly rule: UploadRule; readonly now: Temporal.Instant },
): Promise<StoredFile> {
  const { purpose, types, maxBytes } = wish.rule
  const place = {
    workspaceId: wish.workspaceId,
    subjects: [],
    purpose,
    maxBytes,
    now: wish.now,
    ...(types.length > 0 ? { accept: types } : {}),
  }
  if (purpose === 'import') return keepStream(files, request, place)
  const { name, bytes } = await oneUpload(request, maxBytes)
  return files.put(bytes, { ...place, name })
}

/** Keeps a file while it comes in: a list of a million people is never held in memory. */
async function keepStream(files: FileStore, request: FastifyRequest, place: PutFile): Promise<StoredFile> {
  const { name, content, wasCut } = await streamedUpload(request)
  const stored = await files.put(content, { ...place, name })
  if (!wasCut() && stored.size > 0) return stored
  await files.erase(stored)
  throw stored.size === 0 ? emptyUpload() : cutUpload()
}

/** Sends a file to be saved, and never to be shown: what a stranger sent must not run as a page of ours. */
export async function sendFile(files: FileStore, reply: FastifyReply, file: FileAnswer): Promise<FastifyReply> {
  const content = await files.get(file).catch((error: unknown) => {
    if (error instanceof FileUnreadable && error.reason === 'erased')
      throw new Refusal('http/not-found', { detail: 'This file was erased and cannot be read any more.' })
    throw error
  })
  return reply
    .header('content-type', file.mediaType)
    .header('content-length', String(file.size))
    .header('content-disposition', toBeSaved(file.name))
    .header('content-security-policy', `${contentSecurity.api}; sandbox`)
    .header('cache-control', 'private, no-store')
    .send(content)
}

/** `Content-Disposition` with the name in both its forms: plain ASCII for old clients, and all of it (RFC 6266, RFC 8187). */
export function toBeSaved(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const whole = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}
