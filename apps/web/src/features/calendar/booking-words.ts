import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words as acts } from '../../locales/en/booking-acts.ts'
import { words as calendar } from '../../locales/en/calendar.ts'

/** Words of the calendar room with those of what opens over it: panels, sheets and dialogs, which are loaded when they open. */
export const bookingWords = featureWords(
  { ...calendar, ...acts },
  {
    es: async () => ({
      ...(await import('../../locales/es/calendar.ts')).words,
      ...(await import('../../locales/es/booking-acts.ts')).words,
    }),
    fr: async () => ({
      ...(await import('../../locales/fr/calendar.ts')).words,
      ...(await import('../../locales/fr/booking-acts.ts')).words,
    }),
  },
)

/** The `t` of these words. */
export type BookingTranslator = TranslatorOf<typeof bookingWords>
