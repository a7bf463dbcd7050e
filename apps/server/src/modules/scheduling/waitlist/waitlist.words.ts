import { defineWords, translator } from '@frontdesk/i18n'

/** What is written by mail to somebody who waits for a time. */
export const waitlistMailWords = defineWords(
  {
    joinedSubject: 'You are on the waitlist: {service} at {business}',
    joinedLead: 'You are on the waitlist. As soon as a time that suits you is free, we hold it for you and write to you.',
    days: 'Days',
    times: 'Times',
    see: 'See your place or leave the list',
    anyDay: 'Any day',
    anyTime: 'Any time',
    morning: 'Morning',
    afternoon: 'Afternoon',
    evening: 'Evening',
    offerSubject: 'A time is free: {service}, {date}, at {business}',
    offerLead: 'A time that suits you is free, and we hold it for you until {moment}.',
    offerNext: 'If we do not hear from you until then, we offer it to somebody else; you stay on the list.',
    answer: 'Take it or pass it on',
    leave: 'Do you not want to wait any longer? Leave the list behind the same link.',
  },
  {
    es: {
      joinedSubject: 'Estás en la lista de espera: {service} en {business}',
      joinedLead: 'Estás en la lista de espera. En cuanto quede libre una hora que te venga bien, te la guardamos y te escribimos.',
      days: 'Días',
      times: 'Horas',
      see: 'Ver tu lugar o salir de la lista',
      anyDay: 'Cualquier día',
      anyTime: 'A cualquier hora',
      morning: 'Mañana',
      afternoon: 'Tarde',
      evening: 'Última hora',
      offerSubject: 'Hay una hora libre: {service}, {date}, en {business}',
      offerLead: 'Hay libre una hora que te viene bien, y te la guardamos hasta el {moment}.',
      offerNext: 'Si hasta entonces no sabemos de ti, se la ofrecemos a otra persona; tú sigues en la lista.',
      answer: 'Tomarla o dejarla pasar',
      leave: '¿Ya no quieres esperar? Sal de la lista con el mismo enlace.',
    },
    fr: {
      joinedSubject: 'Vous êtes sur la liste d’attente\u202f: {service} chez {business}',
      joinedLead:
        'vous êtes sur la liste d’attente. Dès qu’un horaire qui vous convient se libère, nous vous le réservons et nous vous écrivons.',
      days: 'Jours',
      times: 'Horaires',
      see: 'Voir votre place ou quitter la liste',
      anyDay: 'Tous les jours',
      anyTime: 'À toute heure',
      morning: 'Matin',
      afternoon: 'Après-midi',
      evening: 'Soir',
      offerSubject: 'Un horaire s’est libéré\u202f: {service}, {date}, chez {business}',
      offerLead: 'un horaire qui vous convient s’est libéré, et nous vous le réservons jusqu’au {moment}.',
      offerNext: 'Sans nouvelles de vous d’ici là, nous le proposerons à quelqu’un d’autre\u202f; vous restez sur la liste.',
      answer: 'Le prendre ou le laisser',
      leave: 'Vous ne voulez plus attendre\u202f? Quittez la liste avec le même lien.',
    },
  },
)

/** Speaks these words in a reader's language. */
export const waitlistTranslator = (tag: string) => translator(waitlistMailWords, tag)
