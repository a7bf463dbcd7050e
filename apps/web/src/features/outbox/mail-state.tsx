import { useWords } from '../../lib/i18n.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import type { MailSummary } from './queries.ts'
import { outboxWords } from './words.ts'

const looks: Readonly<Record<MailSummary['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  queued: { tone: 'neutral', icon: 'clock' },
  sending: { tone: 'neutral', icon: 'send' },
  sent: { tone: 'ok', icon: 'check' },
  failed: { tone: 'no', icon: 'alert' },
  bounced: { tone: 'no', icon: 'alert' },
  not_configured: { tone: 'wait', icon: 'pause' },
  dropped: { tone: 'neutral', icon: 'close' },
}

/** How far a mail came. */
export function MailStateBadge({ state }: { readonly state: MailSummary['state'] }) {
  const t = useWords(outboxWords)
  return (
    <Badge tone={looks[state].tone} icon={looks[state].icon}>
      {t(`state/${state}`)}
    </Badge>
  )
}
