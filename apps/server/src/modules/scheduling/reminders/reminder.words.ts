import { defineWords, translator } from '@frontdesk/i18n'

/** What reminders and follow-ups say where the business wrote nothing of its own, and what is answered to their answers. */
export const reminderWords = defineWords(
  {
    beforeSubject: 'Reminder: {service} on {date} at {business}',
    beforeBody: 'Hello {name},\n\nthis is a reminder of your appointment. We look forward to seeing you.',
    afterSubject: 'How was it? {service} at {business}',
    afterBody: 'Hello {name},\n\nthank you for coming. Was everything as it should be? Answer this mail and tell us, whatever it is.',
    discreetBody: 'Hello {name},\n\nthis is a reminder of your appointment.',
    discreetAfterBody: 'Hello {name},\n\nthank you for coming. If there is anything you want to tell us, answer this mail.',
    answer: 'To confirm, answer this mail with C. For another time, answer with R.',
    moveSubject: 'Another time for your appointment at {business}',
    moveBody: 'Hello {name},\n\nchoose another time here; until you do, your appointment on {date} stays yours:\n{link}',
    moveTooLate:
      'Hello {name},\n\nyour appointment on {date} can no longer be moved by mail or online. Please call us; somebody here has your message too.',
  },
  {
    es: {
      beforeSubject: 'Recordatorio: {service} el {date} en {business}',
      beforeBody: 'Hola, {name}:\n\nTe recordamos tu cita. Te esperamos.',
      afterSubject: '¿Qué tal fue? {service} en {business}',
      afterBody: 'Hola, {name}:\n\nGracias por venir. ¿Fue todo como debía? Responde a este correo y cuéntanos, sea lo que sea.',
      discreetBody: 'Hola, {name}:\n\nTe recordamos tu cita.',
      discreetAfterBody: 'Hola, {name}:\n\nGracias por venir. Si quieres decirnos algo, responde a este correo.',
      answer: 'Para confirmar, responde a este correo con C. Para otra hora, responde con R.',
      moveSubject: 'Otra hora para tu cita en {business}',
      moveBody: 'Hola, {name}:\n\nElige aquí otra hora; hasta entonces, tu cita del {date} sigue siendo tuya:\n{link}',
      moveTooLate:
        'Hola, {name}:\n\nTu cita del {date} ya no se puede cambiar por correo ni en línea. Llámanos; también alguien de aquí tiene tu mensaje.',
    },
    fr: {
      beforeSubject: 'Rappel\u202f: {service} le {date} chez {business}',
      beforeBody: 'Bonjour {name},\n\nnous vous rappelons votre rendez-vous. À bientôt.',
      afterSubject: 'Comment cela s’est-il passé\u202f? {service} chez {business}',
      afterBody:
        'Bonjour {name},\n\nmerci d’être venu. Tout s’est-il bien passé\u202f? Répondez à ce courriel et dites-le-nous, quoi que ce soit.',
      discreetBody: 'Bonjour {name},\n\nnous vous rappelons votre rendez-vous.',
      discreetAfterBody: 'Bonjour {name},\n\nmerci d’être venu. Si vous voulez nous dire quelque chose, répondez à ce courriel.',
      answer: 'Pour confirmer, répondez à ce courriel par C. Pour un autre horaire, répondez par R.',
      moveSubject: 'Un autre horaire pour votre rendez-vous chez {business}',
      moveBody:
        'Bonjour {name},\n\nchoisissez ici un autre horaire\u202f; d’ici là, votre rendez-vous du {date} reste à vous\u202f:\n{link}',
      moveTooLate:
        'Bonjour {name},\n\nvotre rendez-vous du {date} ne peut plus être déplacé par courriel ni en ligne. Appelez-nous\u202f; quelqu’un ici a aussi reçu votre message.',
    },
  },
)

/** Speaks these words in a reader's language. */
export const reminderTranslator = (tag: string) => translator(reminderWords, tag)
