import { type ContactPointInput, handleChannelNames } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { joinHandle, readHandle } from './handle.rules.ts'
import { normalizePhone } from './phone.rules.ts'

/** The ways to reach somebody. Handles are kept and shown; the gate and all that sends knows addresses and numbers only. */
export type PointKind = 'email' | 'phone' | 'handle'

/** A contact point as it is compared, and as it was typed. */
export type NormalizedPoint = {
  readonly kind: PointKind
  /** Lower-cased address, E.164 number, or `channel:name`. */
  readonly value: string
  readonly asTyped: string
}

/** Normalises one contact point. Throws `contacts/not-a-phone-number` and `contacts/not-a-handle`. */
export function normalizePoint(point: ContactPointInput, country: string | null): NormalizedPoint {
  const asTyped = point.value.trim()
  if (point.kind === 'email') return { kind: 'email', value: normalizeAddress(asTyped), asTyped }
  if (point.kind === 'handle') {
    const handle = readHandle(point.channel, asTyped, country)
    if (handle !== undefined) return { kind: 'handle', value: joinHandle(point.channel, handle), asTyped }
    const place = point.channel === 'website' ? 'a web address' : `a name on ${handleChannelNames[point.channel]}`
    throw new Refusal('contacts/not-a-handle', { detail: `“${asTyped}” cannot be ${place}. Nothing was saved.`, value: asTyped })
  }
  const value = normalizePhone(asTyped, country)
  if (value !== undefined) return { kind: 'phone', value, asTyped }
  throw new Refusal('contacts/not-a-phone-number', {
    detail: `“${asTyped}” is not a number that can be dialled${country ? ` in ${country}` : ''}. Write it with its country, like +1 212 555 0123. Nothing was saved.`,
    value: asTyped,
  })
}
