import type { Translation } from '@frontdesk/i18n'
import type { words as en } from '../en/settings.ts'

export const words = {
  appearance: 'Apparence et langue',
  appearanceIntro: 'Sur cet ordinateur. Vos e-mails suivent aussi la langue.',
} as const satisfies Translation<typeof en>
