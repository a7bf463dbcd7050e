import type { SensitiveKind, WorkspaceId } from '@frontdesk/contract'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { cleanName, type StoredFile } from '../../../platform/files/index.ts'
import { maskInFile } from '../sensitive/mask-in-file.ts'
import { requestFileRules } from './request-files.ts'
import { requestSurroundings } from './surroundings.ts'

/** A form as it came: its fields, and the files that were sent with it; `tooMuch` where they were larger or more than we take. */
export type SentForm = {
  readonly fields: Readonly<Record<string, string>>
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
  readonly tooMuch: boolean
}

/** Reads a form that may carry files. What is empty, as a file field that was left alone, is nothing. */
export async function readForm(request: FastifyRequest): Promise<SentForm> {
  const fields: Record<string, string> = {}
  if (!request.isMultipart()) {
    const body = typeof request.body === 'object' && request.body !== null ? Object.entries(request.body) : []
    for (const [name, value] of body) if (typeof value === 'string') fields[name] = value
    return { fields, files: [], tooMuch: false }
  }
  const files: { name: string; bytes: Buffer }[] = []
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value
      } else {
        const bytes = await part.toBuffer()
        if (bytes.length > 0) files.push({ name: cleanName(part.filename) ?? 'file', bytes })
      }
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!code.startsWith('FST_'))
      throw new Refusal('http/invalid-request', { detail: 'The form was cut off. Nothing was saved; send it again.' })
    return { fields, files: [], tooMuch: true }
  }
  return { fields, files, tooMuch: false }
}

/** Files in the store, and what was masked in those that are text. */
export type StoredForm = { readonly files: readonly StoredFile[]; readonly found: readonly SensitiveKind[] }

/** Puts the files of a form into the store, before any transaction. Undefined where one is too large or of a type that is not taken here; nothing is kept then. */
export async function storeFiles(workspaceId: WorkspaceId, sent: SentForm): Promise<StoredForm | undefined> {
  const { files, database } = requestSurroundings.get()
  const { maxBytes, types } = requestFileRules
  const stored: StoredFile[] = []
  const found = new Set<SensitiveKind>()
  try {
    for (const { name, bytes } of sent.files) {
      const masked = await maskInFile(bytes, name)
      for (const kind of masked.found) found.add(kind)
      stored.push(
        await files.put(masked.bytes, {
          workspaceId,
          subjects: [],
          purpose: 'attachment',
          name,
          maxBytes,
          accept: types,
          now: database.clock(),
        }),
      )
    }
    return { files: stored, found: [...found] }
  } catch (error) {
    for (const file of stored) await files.erase({ workspaceId, id: file.id })
    if (error instanceof Refusal && (error.type === 'files/refused' || error.type === 'http/too-large')) return undefined
    throw error
  }
}
