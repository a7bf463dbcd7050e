import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/contacts.ts'

export const words = {
  empty: 'Toutes les personnes qui réservent, écrivent ou appellent seront ici, avec leur histoire sur une seule ligne.',
  share: 'Partager votre lien de réservation',
} as const satisfies Translation<typeof en>
