import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/contacts.ts'

export const words = {
  empty: 'Aquí estarán quienes reserven, escriban o llamen, con todo lo ocurrido en una sola línea de tiempo.',
  share: 'Compartir tu enlace de reservas',
} as const satisfies Translation<typeof en>
