import { defineWords } from '@frontdesk/i18n'

/** The mail to owners when an address that hears of events was switched off by itself. */
export const givenUpWords = defineWords(
  {
    subject: 'A program is not told of events any more',
    gone: 'The address {url} answered that it is gone (410). Frontdesk has switched it off.',
    failing: 'The address {url} has taken nothing for five days. Frontdesk has switched it off.',
    task: 'Nothing is lost for now: events are kept for 30 days. Once the program is well, switch the address on again and send what it missed:',
  },
  {
    es: {
      subject: 'Un programa ya no recibe eventos',
      gone: 'La dirección {url} respondió que ya no existe (410). Frontdesk la ha apagado.',
      failing: 'La dirección {url} no aceptó nada en cinco días. Frontdesk la ha apagado.',
      task: 'Por ahora no se pierde nada: los eventos se guardan 30 días. Cuando el programa esté bien, enciende la dirección y envía lo que se perdió:',
    },
    fr: {
      subject: 'Un programme n’apprend plus les événements',
      gone: 'L’adresse {url} a répondu qu’elle n’existe plus (410). Frontdesk l’a arrêtée.',
      failing: 'L’adresse {url} n’a rien accepté pendant cinq jours. Frontdesk l’a arrêtée.',
      task: 'Rien n’est perdu pour le moment\u202f: les événements sont gardés 30 jours. Quand le programme ira bien, remettez l’adresse en marche et envoyez ce qu’elle a manqué\u202f:',
    },
  },
)
