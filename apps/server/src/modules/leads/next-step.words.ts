import { defineWords } from '@frontdesk/i18n'

/** The mail to whoever works on a lead, on the day of its next step. */
export const nextStepWords = defineWords(
  {
    subject: 'Today for {name}: {step}',
    what: 'This is the next step that you planned with {name}:',
    open: 'The lead, with what has happened so far:',
  },
  {
    es: {
      subject: 'Hoy para {name}: {step}',
      what: 'Este es el próximo paso que planeaste con {name}:',
      open: 'La oportunidad, con lo que ha pasado hasta ahora:',
    },
    fr: {
      subject: 'Aujourd’hui pour {name}\u202f: {step}',
      what: 'Voici la prochaine étape que vous avez prévue avec {name}\u202f:',
      open: 'L’opportunité, avec ce qui s’est passé jusqu’ici\u202f:',
    },
  },
)
