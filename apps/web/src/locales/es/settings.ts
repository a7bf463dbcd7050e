import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/settings.ts'

export const words = {
  appearance: 'Aspecto e idioma',
  appearanceIntro: 'En este ordenador. Tu correo también sigue el idioma.',
} as const satisfies Translation<typeof en>
