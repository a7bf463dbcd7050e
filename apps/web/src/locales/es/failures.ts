import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/failures.ts'

export const words = {
  'network/lost': 'Se perdió la conexión. No se ha borrado nada de lo que escribiste; puedes enviarlo otra vez.',
  'app/unexpected': 'Algo falló en esta ventana. Lo que escribiste se conserva; inténtalo otra vez o recarga la página.',
  'app/invalid': 'Hay campos que revisar. Todavía no se ha enviado nada.',
} as const satisfies Translation<typeof en>
