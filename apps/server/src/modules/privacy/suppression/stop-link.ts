import type { ContactId, ContactPointId, Principal, StopReach, StopState, WorkspaceId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { hashesOfPoint } from '../consents/point-hash.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { recordOptOut, stopsOfContact } from './opt-out.ts'
import { lift, suppress } from './suppress.ts'

const PURPOSE = 'stop-mail'
/** An opt-out has to work at least 60 days after the mail (CASL s. 11(2)(a)); people look for it much later. */
const LIVES = { hours: 24 * 365 * 3 }

/** What a mail was: an offer or a question after a visit, or news about her own booking. Its link stops that, unless she chooses more. */
export type StoppableMail = 'offers' | 'service'

/** What may be chosen behind a link, the nearest first. Who wants no news about her bookings wants no offers either, so a service mail stops all mail. */
const choicesOf: { readonly [M in StoppableMail]: readonly [StopReach, ...StopReach[]] } = {
  offers: ['offers', 'mail', 'everything'],
  service: ['mail', 'everything'],
}

/** The path of the page on which whoever reads this address stops what the mail was, or further. Opening it changes nothing. */
export const stopPath = (tx: WorkspaceTx, pointId: ContactPointId, mail: StoppableMail): string =>
  `/stop/${tx.keys.signLink(
    {
      purpose: PURPOSE,
      workspaceId: tx.workspaceId,
      subjectId: pointId,
      expiresAt: tx.now.add(LIVES),
      allows: mail === 'offers' ? ['offers'] : [],
    },
    tx.now,
  )}`

/** Where a stop link leads. */
export type StopLink = {
  readonly workspaceId: WorkspaceId
  readonly pointId: ContactPointId
  readonly mail: StoppableMail
  readonly by: Principal
}

/** Reads a link that came from outside. Throws `privacy/link-invalid`. */
export function readStopToken(keys: Keys, token: string, now: Temporal.Instant): StopLink {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null) throw invalid()
  const workspaceId = check.link.workspaceId as WorkspaceId
  return {
    workspaceId,
    pointId: check.link.subjectId as ContactPointId,
    mail: check.link.allows.includes('offers') ? 'offers' : 'service',
    by: { kind: 'visitor', workspaceId },
  }
}

/** What the bearer of a stop link is told. */
export async function stopState(tx: WorkspaceTx, link: StopLink): Promise<z.input<typeof StopState> & { readonly slug: string }> {
  const point = await pointOf(tx, link.pointId)
  const { name, slug } = await workspaceFacts(tx)
  const found = new Set((await stopsAt(tx, point)).map(({ scope }) => scope))
  const reach = found.has('all') ? 'everything' : found.has('channel') ? 'mail' : found.has('marketing') ? 'offers' : null
  // What reaches less far than the mail of the link did not stop such mails.
  const stopped = reach !== null && choicesOf[link.mail].includes(reach)
  return {
    businessName: name,
    slug,
    address: masked(point.value),
    stopped,
    reach: stopped ? reach : null,
    mail: link.mail,
    choices: [...choicesOf[link.mail]],
  }
}

/** Stops what the mail was, or as far as she chose. Doing it twice changes nothing. Throws `privacy/link-invalid`, also for a choice that the link does not offer. */
export async function stopByLink(tx: WorkspaceTx, link: StopLink, chosen?: StopReach): Promise<void> {
  privacyPolicy.require(link.by, 'suppressions.stop')
  const choices = choicesOf[link.mail]
  const reach = chosen ?? choices[0]
  if (!choices.includes(reach)) throw invalid()
  const { contactId, ...point } = await pointOf(tx, link.pointId)
  if (reach === 'mail') await suppress(tx, link.by, { ...point, scope: 'channel', cause: 'link' })
  else await recordOptOut(tx, link.by, { contactId, point, scope: reach === 'offers' ? 'marketing' : 'all', cause: 'link' })
}

/** Takes back what stop links did, and nothing that was asked for in another way. */
export async function undoStop(tx: WorkspaceTx, link: StopLink): Promise<void> {
  privacyPolicy.require(link.by, 'suppressions.stop')
  const stops = (await stopsAt(tx, await pointOf(tx, link.pointId))).filter(({ cause }) => cause === 'link')
  for (const { id } of stops) await lift(tx, link.by, { suppressionId: id, because: 'undone' })
}

type LinkedPoint = { readonly contactId: ContactId; readonly kind: 'email' | 'phone'; readonly value: string }

/** The stops that reach this address: those said about it, and those that reach her whole person. */
async function stopsAt(tx: WorkspaceTx, point: LinkedPoint) {
  const here = new Set(hashesOfPoint(tx, point))
  return (await stopsOfContact(tx, point.contactId, point)).filter(({ scope, value_hash }) => scope !== 'channel' || here.has(value_hash))
}

async function pointOf(tx: WorkspaceTx, pointId: ContactPointId): Promise<LinkedPoint> {
  const point = await tx.db
    .selectFrom('contact_point')
    .select(['contact_id', 'kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pointId)
    .executeTakeFirst()
  if (!point || point.kind === 'handle') throw invalid()
  return { contactId: point.contact_id, kind: point.kind, value: point.value_normalized }
}

/** `a••@home.example`: enough for her to know which of her addresses it is, too little for whom the link was forwarded to. */
export function masked(value: string): string {
  const at = value.lastIndexOf('@')
  return at < 0 ? `${value.slice(0, 3)}••` : `${value.slice(0, 1)}••${value.slice(at)}`
}

const invalid = () =>
  new Refusal('privacy/link-invalid', { detail: 'Open the newest mail from this business and use the link there. Nothing was changed.' })
