import type { RequestKind as Kind, RequestRegion as Region, RequestFor } from '@frontdesk/contract'
import { EmailAddress, Line, RequestKind, RequestRegion, Text } from '@frontdesk/contract'

/** What was typed on the portal, as text. */
export type PortalEntries = {
  readonly kind: string
  readonly name: string
  readonly email: string
  readonly forWhom: string
  readonly region: string
  readonly details: string
  readonly agentName: string
  readonly agentEmail: string
  /** Stays empty when a person fills the form in. */
  readonly website: string
}

export type PortalFault = 'kind' | 'name' | 'email' | 'details' | 'agentName' | 'agentEmail' | 'files'

export type PortalWish = {
  readonly kind: Kind
  readonly requesterName: string
  readonly requesterEmail: string
  readonly forWhom: RequestFor
  readonly agentName: string | undefined
  readonly agentEmail: string | undefined
  readonly region: Region
  readonly details: string | undefined
}

/** Reads a form; whatever else was sent is nothing. */
export function readEntries(body: unknown, region: Region): PortalEntries {
  const sent = typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)) : new Map<string, unknown>()
  const text = (name: string) => {
    const value = sent.get(name)
    return typeof value === 'string' ? value.slice(0, 20_000) : ''
  }
  return {
    kind: text('kind'),
    name: text('name'),
    email: text('email'),
    forWhom: text('forWhom') || 'self',
    region: text('region') || region,
    details: text('details'),
    agentName: text('agentName'),
    agentEmail: text('agentEmail'),
    website: text('website'),
  }
}

/** What is asked for, or which fields have to be looked at again. */
export function judgeEntries(
  entries: PortalEntries,
  region: Region,
): { readonly wish: PortalWish } | { readonly faults: readonly PortalFault[] } {
  const kind = RequestKind.safeParse(entries.kind)
  const name = Line(200).safeParse(entries.name)
  const email = EmailAddress.safeParse(entries.email)
  const details = Text(10_000).safeParse(entries.details)
  const forWhom = entries.forWhom === 'child' || entries.forWhom === 'agent' ? entries.forWhom : 'self'
  const agentName = Line(200).safeParse(entries.agentName)
  const agentEmail = EmailAddress.safeParse(entries.agentEmail)
  const asAgent = forWhom === 'agent'
  if (!kind.success || !name.success || !email.success || !details.success || (asAgent && !(agentName.success && agentEmail.success))) {
    const found = {
      kind: kind.success,
      name: name.success,
      email: email.success,
      agentName: !asAgent || agentName.success,
      agentEmail: !asAgent || agentEmail.success,
      details: details.success,
    }
    return { faults: (['kind', 'name', 'email', 'agentName', 'agentEmail', 'details'] as const).filter((field) => !found[field]) }
  }
  return {
    wish: {
      kind: kind.data,
      requesterName: name.data,
      requesterEmail: email.data,
      forWhom,
      agentName: asAgent ? agentName.data : undefined,
      agentEmail: asAgent ? agentEmail.data : undefined,
      region: RequestRegion.safeParse(entries.region).data ?? region,
      details: details.data === '' ? undefined : details.data,
    },
  }
}
