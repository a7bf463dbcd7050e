import { EmailAddress, Line, Text } from '@frontdesk/contract'
import { z } from 'zod'
import { AgentRefused } from './agent-refused.ts'

/** The protocol recommends ten minutes (§2.01); its reference implementation (OSIRAA) signs for fifteen. */
const LONGEST = { minutes: 15 } as const
/** How far ahead of ours an agent's clock may be. */
const CLOCKS_DIFFER = { seconds: 30 } as const

/** Empty fields count as absent: agents send what their forms hold. */
const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional())

const Moment = z.iso.datetime({ offset: true, error: 'Write the moment like 2026-11-22T15:30:00Z.' })
const Version = z.string().regex(/^(0\.9(\.\d+)?|1\.0)$/, 'This server speaks the versions 0.9 and 1.0.')

/** Who speaks to whom, and for how long (§2.01). */
const Envelope = z.looseObject({
  'agent-id': z.string().max(100),
  'business-id': z.string().max(100),
  'issued-at': Moment,
  'expires-at': Moment,
  'drp.version': orNothing(Version),
})
export type Envelope = z.output<typeof Envelope>

const Address = z.union([
  Text(500),
  z.looseObject({}).transform((parts) =>
    Object.values(parts)
      .filter((part) => typeof part === 'string' && part.trim() !== '')
      .join('\n'),
  ),
])

/** What is asked for, and for whom (§2.01, §3.04). */
const Exercised = z.looseObject({
  'drp.version': Version,
  'agent-request-id': orNothing(Line(200)),
  exercise: z.enum(['access', 'access:categories', 'access:specific', 'deletion', 'sale:opt-out', 'sale:opt-in']),
  regime: orNothing(z.enum(['ccpa', 'voluntary'])),
  relationships: orNothing(z.array(Line(100)).max(20)),
  status_callback: orNothing(z.url({ protocol: /^https$/, error: 'Only addresses that begin with https://.' }).max(500)),
  name: orNothing(Line(200)),
  email: orNothing(EmailAddress),
  email_verified: orNothing(z.boolean()),
  phone_number: orNothing(Line(32)),
  phone_number_verified: orNothing(z.boolean()),
  address: orNothing(Address.pipe(Text(500))),
  address_verified: orNothing(z.boolean()),
  power_of_attorney: orNothing(Text(1000)),
})
export type Exercised = z.output<typeof Exercised>

/** Reads who a message says that it is from. Throws `AgentRefused`. */
export const readEnvelope = (message: unknown): Envelope => parsed(Envelope, message)

/** Reads what a message asks for. Throws `AgentRefused`, also for what a business that sells nothing cannot do. */
export function readExercised(message: unknown): Exercised & { readonly exercise: Exclude<Exercised['exercise'], 'sale:opt-in'> } {
  const { exercise, ...asked } = parsed(Exercised, message)
  if (exercise === 'sale:opt-in')
    throw new AgentRefused(400, 'Unsupported rights action: consent to a sale is given by the person herself, and not through an agent.')
  if (asked.name === undefined && asked.email === undefined && asked.phone_number === undefined && asked.address === undefined)
    throw new AgentRefused(400, 'Say who asks: name, email, phone_number or address. Nothing was kept.')
  return { ...asked, exercise }
}

/** Why she takes it back (§2.04). The protocol signs nothing else there; where the message says whom it is for, that has to be right. */
export const readReason = (message: unknown): { readonly reason: string | undefined; readonly enveloped: boolean } => {
  const { reason, ...rest } = parsed(z.looseObject({ reason: orNothing(Text(2000)) }), message)
  return { reason, enveloped: 'agent-id' in rest || 'business-id' in rest || 'issued-at' in rest || 'expires-at' in rest }
}

/** Whether a message is for us, from this agent, and of now, in the order of §3.07. Throws `AgentRefused`. */
export function judgeEnvelope(
  envelope: Envelope,
  { agentId, businessId, now }: { readonly agentId: string; readonly businessId: string; readonly now: Temporal.Instant },
): { readonly expiresAt: Temporal.Instant } {
  if (envelope['agent-id'] !== agentId) throw new AgentRefused(403, 'The agent-id in the message is not that of the agent who sends it.')
  if (envelope['business-id'] !== businessId) throw new AgentRefused(403, 'This message is for another business: see business-id.')
  const issuedAt = Temporal.Instant.from(envelope['issued-at'])
  const expiresAt = Temporal.Instant.from(envelope['expires-at'])
  if (Temporal.Instant.compare(issuedAt, now.add(CLOCKS_DIFFER)) > 0)
    throw new AgentRefused(403, 'issued-at lies in the future. Set the clock of the agent right.')
  if (Temporal.Instant.compare(expiresAt, now) <= 0) throw new AgentRefused(403, 'The message has expired. Sign a new one.')
  if (Temporal.Instant.compare(expiresAt, issuedAt.add(LONGEST)) > 0)
    throw new AgentRefused(403, `A message may be valid for ${LONGEST.minutes} minutes at most. Sign a new one.`)
  return { expiresAt }
}

function parsed<Schema extends z.ZodType>(schema: Schema, message: unknown): z.output<Schema> {
  const read = schema.safeParse(message)
  if (read.success) return read.data
  const faults = read.error.issues.map(({ path, message: fault }) => `${path.join('.') || 'message'}: ${fault}`)
  throw new AgentRefused(400, `${faults.slice(0, 5).join(' ')} Nothing was kept.`)
}
