import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import type { Delivery, Endpoint } from './queries.ts'
import { webhookWords } from './words.ts'

/** How an endpoint stands, in a word. */
export function EndpointBadge({ endpoint }: { readonly endpoint: Endpoint }) {
  const t = useWords(webhookWords)
  if (!endpoint.enabled) return <Badge tone="no">{t('state/off')}</Badge>
  if (endpoint.heldBecause !== null) return <Badge tone="wait">{t('state/held')}</Badge>
  if (endpoint.failingSince !== null) return <Badge tone="wait">{t('state/failing')}</Badge>
  return <Badge tone="ok">{t('state/on')}</Badge>
}

/** Why an endpoint is told of nothing, or will not be for long; nothing where all is well. */
export function EndpointNote({ endpoint }: { readonly endpoint: Endpoint }) {
  const t = useWords(webhookWords)
  const formats = useFormats()
  const { offReason, offAt, heldBecause, failingSince } = endpoint
  if (offReason !== null)
    return <Note tone={offReason === 'by_hand' ? 'neutral' : 'no'}>{t(`off/${offReason}`, { when: formats.dateTime(offAt ?? '') })}</Note>
  if (heldBecause !== null) return <Note tone="wait">{t('held', { why: heldBecause })}</Note>
  if (failingSince !== null) return <Note tone="wait">{t('failingSince', { when: formats.dateTime(failingSince) })}</Note>
  return null
}

const tones = { waiting: 'wait', sending: 'neutral', delivered: 'ok', failed: 'no' } as const

/** How a delivery stands, in a word. */
export function DeliveryBadge({ state }: Pick<Delivery, 'state'>) {
  const t = useWords(webhookWords)
  return <Badge tone={tones[state]}>{t(`delivery/${state}`)}</Badge>
}
