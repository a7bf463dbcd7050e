import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/inbox.ts'

export const words = {
  empty: 'Aquí estará junto lo que escriben tus clientes y lo que respondes.',
  share: 'Compartir tu enlace de reservas',
} as const satisfies Translation<typeof en>
