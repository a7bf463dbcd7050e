import { defineWords } from '@frontdesk/i18n'

/**
 * What somebody agrees to whose data go to another country, one sentence an edition. An edition that was shown is never rewritten: what was agreed to is kept by its number, and
 * a new one stands beside it.
 */
export const transferWords = defineWords(
  {
    edition1:
      'I agree that my personal data go to another country and are processed there: {country}. The law there may protect them less than the law where I live.',
  },
  {
    es: {
      edition1:
        'Acepto que mis datos personales vayan a otro país y se traten allí: {country}. La ley de allí puede protegerlos menos que la del lugar donde vivo.',
    },
    fr: {
      edition1:
        'J’accepte que mes données personnelles soient envoyées dans un autre pays et y soient traitées : {country}. La loi de ce pays peut les protéger moins bien que celle du lieu où j’habite.',
    },
  },
)
