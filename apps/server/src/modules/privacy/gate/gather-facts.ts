import { type Channel, type Facts, nothingElseKnown, pointOnly, type Touch as RuleTouch, type Suppression } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactFacts, PointFacts } from '../../contacts/index.ts'
import { suppressionsInForce } from '../suppression/suppress.ts'
import { subjectSources } from './subject-sources.ts'

/** The channels this server can send on. Without SMTP a mail still goes as far as the outbox. */
const channelsSetUp: readonly Channel[] = ['email']

/** The kind of contact point a channel writes to or calls; null where it has its own. */
export function pointKindOf(channel: Channel): PointFacts['kind'] | null {
  if (channel === 'email') return 'email'
  return channel === 'sms' || channel === 'call' || channel === 'whatsapp' ? 'phone' : null
}

/** The point a touch would use: the one that is asked for, otherwise the preferred one. */
export function pointFor(contact: ContactFacts, channel: Channel, pointId: string | undefined): PointFacts | null {
  const ofKind = contact.points.filter((point) => point.kind === pointKindOf(channel))
  const wanted = pointId === undefined ? ofKind[0] : ofKind.find((point) => point.id === pointId)
  return wanted ?? null
}

/** Everything the rules want to know about one touch, as of now. */
export async function gatherFacts(tx: WorkspaceTx, contact: ContactFacts, touch: RuleTouch, point: PointFacts | null): Promise<Facts> {
  return {
    ...nothingElseKnown,
    contact: { state: 'active' },
    point: point && { ...pointOnly, bounce: point.bounce, number: point.kind === 'phone' ? point.value : null },
    subject: await subjectOf(tx, touch, contact.contactId),
    suppressions: point ? (await suppressionsInForce(tx, point)).map((row) => asFact(row, touch.channel)) : [],
    channelsSetUp,
  }
}

async function subjectOf(tx: WorkspaceTx, { about }: RuleTouch, contactId: ContactId): Promise<Facts['subject']> {
  const source = subjectSources.all().find(({ types }) => types.includes(about.type))
  return source ? source.facts(tx, about, contactId) : null
}

type InForce = Awaited<ReturnType<typeof suppressionsInForce>>[number]

function asFact({ scope, cause, created_at: since }: InForce, channel: Channel): Suppression {
  return scope === 'channel' ? { scope, channel, cause, since } : { scope, cause, since }
}
