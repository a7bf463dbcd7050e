import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/outbox.ts'

export const words = {
  empty: 'Aquí estará cada correo tal como saldría, hasta que haya un servidor de correo.',
  share: 'Compartir tu enlace de reservas',
} as const satisfies Translation<typeof en>
