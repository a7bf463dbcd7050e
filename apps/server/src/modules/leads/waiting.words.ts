import { defineWords } from '@frontdesk/i18n'

/** The mail to those who lead the team when nobody answered a new lead in time. */
export const waitingWords = defineWords(
  {
    subject: '{name} waits for a first answer',
    what: 'A lead came in {minutes} minutes of opening hours ago, and nobody has written, called or booked yet.',
    task: 'Please see to it that somebody answers {name}:',
  },
  {
    es: {
      subject: '{name} espera una primera respuesta',
      what: 'Llegó una oportunidad hace {minutes} minutos de horario de apertura y nadie ha escrito, llamado ni reservado todavía.',
      task: 'Encárgate, por favor, de que alguien responda a {name}:',
    },
    fr: {
      subject: '{name} attend une première réponse',
      what: 'Une opportunité est arrivée il y a {minutes} minutes d’ouverture, et personne n’a encore écrit, appelé ni réservé.',
      task: 'Veillez, s’il vous plaît, à ce que quelqu’un réponde à {name}\u202f:',
    },
  },
)
