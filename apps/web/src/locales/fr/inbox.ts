import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/inbox.ts'

export const words = {
  empty: 'Ce que vos clients écrivent et vos réponses seront ici, ensemble.',
  share: 'Partager votre lien de réservation',
} as const satisfies Translation<typeof en>
