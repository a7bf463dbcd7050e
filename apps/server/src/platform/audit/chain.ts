import { createHash } from 'node:crypto'
import type { AuditEntryRow } from './audit.tables.ts'

/** An entry as it is hashed: strings and one integer, nothing nested. */
export type ChainedEntry = Readonly<Record<string, string | number>>

/** What is hashed of an entry at its place in the chain. */
export const chainedEntry = (entry: AuditEntryRow, sequence: number): ChainedEntry => ({
  sequence,
  workspace: entry.workspace_id,
  id: entry.id,
  at: entry.at.toString(),
  actorType: entry.actor_type,
  actorId: entry.actor_id,
  action: entry.action,
  objectType: entry.object_type,
  objectId: entry.object_id,
  result: entry.result,
})

/** The canonical JSON of a flat object (RFC 8785: members sorted by their UTF-16 code units, strings and integers as ECMAScript writes them). */
export const canonicalJson = (value: ChainedEntry): string =>
  `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(value[key])}`)
    .join(',')}}`

/** Where a workspace's chain begins. */
export const firstHash = (workspaceId: string): string => sha256(`frontdesk audit ${workspaceId}`)

/** The hash of one link: SHA-256(hash before || entry). */
export const linkHash = (before: string, entry: ChainedEntry): string => sha256(before + canonicalJson(entry))

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')
