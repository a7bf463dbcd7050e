import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AuditEntry, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { FileRow } from '../../../platform/files/index.ts'
import { publicLimit, type RateLimiter } from '../../../platform/http/index.ts'
import { erasureSurroundings } from '../erasure/surroundings.ts'

const LIVES = { minutes: 15 }

/** One kind of copy that is downloaded behind a link of its own. */
export type CopyKind = {
  /** What its links are for, and the first part of their address. */
  readonly purpose: string
  readonly folder: string
  /** What to do once a link is over. */
  readonly overSays: string
  /** The file of one, or why it is not there. Throws 404, `privacy/export-not-ready`. */
  readonly fileOf: (tx: WorkspaceTx, id: string) => Promise<FileRow>
  /** Keeps that it was fetched. */
  readonly fetched: (tx: WorkspaceTx, id: string) => Promise<unknown>
  /** For the audit log. */
  readonly action: AuditEntry['action']
  readonly object: AuditEntry['object']['type']
  /** Where the file has no name of its own. */
  readonly fileName: string
}

export type CopyDoor = {
  /** A path that downloads it, for fifteen minutes. Throws 404, `privacy/export-not-ready`. */
  readonly link: (tx: WorkspaceTx, id: string) => Promise<{ path: string; expiresAt: string }>
  /** Answers such a path with the file, and notes that it was fetched. Throws `privacy/link-invalid`. */
  readonly download: (
    limiter: RateLimiter,
    request: FastifyRequest<{ Params: { token: string } }>,
    reply: FastifyReply,
  ) => Promise<FastifyReply>
}

/** Gives out copies of one kind: a link of fifteen minutes each time, whose use is audited. */
export function copyDoor(kind: CopyKind): CopyDoor {
  const { purpose, folder } = kind
  const take = async (tx: WorkspaceTx, id: string): Promise<FileRow> => {
    const file = await kind.fileOf(tx, id)
    await kind.fetched(tx, id)
    const by = { kind: 'visitor', workspaceId: tx.workspaceId } as const
    await audit(tx, by, { action: kind.action, object: { type: kind.object, id }, result: 'done' })
    return file
  }
  return {
    async link(tx, id) {
      await kind.fileOf(tx, id)
      const expiresAt = tx.now.add(LIVES)
      const token = tx.keys.signLink({ purpose, workspaceId: tx.workspaceId, subjectId: id, expiresAt, allows: [] }, tx.now)
      return { path: `/${folder}/${token}`, expiresAt: expiresAt.toString() }
    },
    async download(limiter, request, reply) {
      const { database, files } = erasureSurroundings.get()
      const now = database.clock()
      requireSlowly(limiter, request, now)
      const check = database.keys.verifyLink(request.params.token, purpose, now)
      if (!check.valid || check.link.workspaceId === null)
        throw new Refusal('privacy/link-invalid', { detail: `Links to copies hold for fifteen minutes. ${kind.overSays}` })
      const { subjectId } = check.link
      const workspaceId = check.link.workspaceId as WorkspaceId
      const file = await database.inWorkspace(workspaceId, (tx) => take(tx, subjectId))
      return reply
        .type('application/zip')
        .header('cache-control', 'no-store')
        .header('content-length', file.size)
        .header('content-disposition', `attachment; filename="${file.name ?? kind.fileName}"`)
        .send(await files.get({ workspaceId, id: file.id, size: file.size }))
    },
  }
}

/** Counts what one address asks of public pages. Throws `http/too-many-requests`. */
export function requireSlowly(limiter: RateLimiter, request: FastifyRequest, now: Temporal.Instant): void {
  const verdict = limiter.take(publicLimit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
}
