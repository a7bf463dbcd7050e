import { defineWords } from '@frontdesk/i18n'

/** The mail to whoever is mentioned in a note. */
export const mentionWords = defineWords(
  {
    subject: 'You are mentioned in a note about {name}',
    what: '{who} mentions you in a note about {name}.',
    somebody: 'You are mentioned in a note about {name}.',
    open: 'To the notes:',
  },
  {
    es: {
      subject: 'Te mencionan en una nota sobre {name}',
      what: '{who} te menciona en una nota sobre {name}.',
      somebody: 'Te mencionan en una nota sobre {name}.',
      open: 'A las notas:',
    },
    fr: {
      subject: 'Une note sur {name} vous mentionne',
      what: '{who} vous mentionne dans une note sur {name}.',
      somebody: 'Une note sur {name} vous mentionne.',
      open: 'Vers les notes\u202f:',
    },
  },
)
