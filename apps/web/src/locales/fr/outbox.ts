import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/outbox.ts'

export const words = {
  empty: 'Chaque e-mail sera ici tel qu’il partirait, jusqu’à ce qu’un serveur de messagerie soit configuré.',
  share: 'Partager votre lien de réservation',
} as const satisfies Translation<typeof en>
