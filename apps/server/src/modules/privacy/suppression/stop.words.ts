import { defineWords } from '@frontdesk/i18n'

/** The page behind a stop link, and the line in mails that leads there. */
export const stopWords = defineWords(
  {
    askTitle: 'Stop mail from {business}?',
    ask: '{business} will not write to {address} any more, not even about bookings.',
    stop: 'Stop mail',
    stoppedTitle: 'No more mail',
    stopped: '{business} does not write to {address} any more.',
    undo: 'Undo',
    footer: 'You get this mail because of your business with {business}. To stop it:',
    footerLink: 'Stop mail from us',
  },
  {
    es: {
      askTitle: '¿Dejar de recibir correo de {business}?',
      ask: '{business} no volverá a escribir a {address}, ni siquiera sobre citas.',
      stop: 'No recibir más correo',
      stoppedTitle: 'No recibirás más correo',
      stopped: '{business} ya no escribe a {address}.',
      undo: 'Deshacer',
      footer: 'Recibes este correo por tu relación con {business}. Para no recibir más:',
      footerLink: 'No recibir más correo',
    },
    fr: {
      askTitle: 'Ne plus recevoir de courrier de {business} ?',
      ask: '{business} n’écrira plus à {address}, pas même au sujet de rendez-vous.',
      stop: 'Ne plus recevoir de courrier',
      stoppedTitle: 'Plus de courrier',
      stopped: '{business} n’écrit plus à {address}.',
      undo: 'Annuler',
      footer: 'Vous recevez ce courrier en raison de votre relation avec {business}. Pour l’arrêter :',
      footerLink: 'Ne plus recevoir de courrier',
    },
  },
)
