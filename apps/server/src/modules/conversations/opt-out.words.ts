import { defineWords } from '@frontdesk/i18n'

/** The one mail that says an opt-out was heard, in the reader's language. Nothing is offered in it. */
export const optOutWords = defineWords(
  {
    stoppedSubject: 'It stops',
    startedSubject: 'You hear from us again',
    'stopped/marketing': '{business} sends you no more offers, by mail, text or telephone. What you booked goes on.',
    'stopped/texts': '{business} sends you no more texts, and no machine of ours calls you. Mail and calls by a person go on.',
    'stopped/calls': '{business} does not call you any more, unless you ask to be called back. Mail goes on.',
    'stopped/channel': '{business} does not write to you any more, not even about what you booked.',
    'stopped/all': '{business} leaves you alone. We write only where the law makes us.',
    back: 'If that is not what you meant, answer START to this mail.',
    once: 'This is the only mail about it.',
    started: '{business} writes to you again, as you asked. To stop it, answer STOP.',
  },
  {
    es: {
      stoppedSubject: 'Se acabó',
      startedSubject: 'Vuelves a tener noticias nuestras',
      'stopped/marketing':
        '{business} no te envía más ofertas, ni por correo, ni por mensaje, ni por teléfono. Lo que reservaste sigue igual.',
      'stopped/texts':
        '{business} no te envía más mensajes y ninguna máquina nuestra te llama. El correo y las llamadas de una persona siguen.',
      'stopped/calls': '{business} ya no te llama, salvo que pidas que te devolvamos la llamada. El correo sigue.',
      'stopped/channel': '{business} ya no te escribe, ni siquiera sobre lo que reservaste.',
      'stopped/all': '{business} te deja en paz. Solo escribimos donde la ley nos obliga.',
      back: 'Si no era eso lo que querías, responde START a este correo.',
      once: 'Este es el único correo sobre ello.',
      started: '{business} vuelve a escribirte, como pediste. Para detenerlo, responde STOP.',
    },
    fr: {
      stoppedSubject: 'C’est arrêté',
      startedSubject: 'Vous aurez de nouveau de nos nouvelles',
      'stopped/marketing':
        '{business} ne vous envoie plus d’offres, ni par courrier, ni par SMS, ni par téléphone. Ce que vous avez réservé continue.',
      'stopped/texts':
        '{business} ne vous envoie plus de SMS, et aucune de nos machines ne vous appelle. Le courrier et les appels d’une personne continuent.',
      'stopped/calls': '{business} ne vous appelle plus, sauf si vous demandez à être rappelé. Le courrier continue.',
      'stopped/channel': '{business} ne vous écrit plus, pas même au sujet de ce que vous avez réservé.',
      'stopped/all': '{business} vous laisse tranquille. Nous n’écrivons que là où la loi nous y oblige.',
      back: 'Si ce n’est pas ce que vous vouliez dire, répondez START à ce courrier.',
      once: 'C’est le seul courrier à ce sujet.',
      started: '{business} vous écrit de nouveau, comme vous l’avez demandé. Pour arrêter, répondez STOP.',
    },
  },
)
