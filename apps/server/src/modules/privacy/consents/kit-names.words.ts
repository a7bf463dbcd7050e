import { defineWords } from '@frontdesk/i18n'

/** What each wording of the kit is about, in a few words: they stand above it and are no part of what she agrees to. */
export const kitNames = defineWords(
  {
    mail_offers: 'Offers by mail',
    texts_bookings: 'Texts about bookings',
    texts_offers: 'Texts with offers',
    ai_calls_bookings: 'Calls about bookings, also by an AI',
    ai_calls_offers: 'Calls with offers, also by an AI',
    calls_offers: 'Calls with offers by a person',
  },
  {
    es: {
      mail_offers: 'Ofertas por correo',
      texts_bookings: 'Mensajes de texto sobre citas',
      texts_offers: 'Mensajes de texto con ofertas',
      ai_calls_bookings: 'Llamadas sobre citas, también de una IA',
      ai_calls_offers: 'Llamadas con ofertas, también de una IA',
      calls_offers: 'Llamadas con ofertas de una persona',
    },
    fr: {
      mail_offers: 'Offres par courriel',
      texts_bookings: 'SMS à propos des rendez-vous',
      texts_offers: 'SMS avec des offres',
      ai_calls_bookings: 'Appels à propos des rendez-vous, aussi par une IA',
      ai_calls_offers: 'Appels avec des offres, aussi par une IA',
      calls_offers: 'Appels avec des offres par une personne',
    },
  },
)
