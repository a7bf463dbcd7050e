import { defineWords } from '@frontdesk/i18n'

/** The mail to the team when somebody may not be told about her own booking on any way. */
export const unreachedWords = defineWords(
  {
    subject: '{name} was not told: {about}',
    what: 'Frontdesk wanted to tell {name} “{about}” and may not, and no other way is open.',
    why: 'Why, and what would allow it, stands on the contact’s page:',
    task: 'Please see to it that {name} learns of it.',
  },
  {
    es: {
      subject: 'No se avisó a {name}: {about}',
      what: 'Frontdesk quería avisar a {name} de «{about}» y no puede; ningún otro medio está abierto.',
      why: 'Por qué, y qué lo permitiría, está en la página del contacto:',
      task: 'Encárgate, por favor, de que {name} lo sepa.',
    },
    fr: {
      subject: '{name} n’a pas été prévenu\u202f: {about}',
      what: 'Frontdesk voulait prévenir {name} de «\u202f{about}\u202f» et ne le peut pas\u202f; aucun autre moyen n’est ouvert.',
      why: 'Pourquoi, et ce qui le permettrait, se lit sur la page du contact\u202f:',
      task: 'Veillez, s’il vous plaît, à ce que {name} l’apprenne.',
    },
  },
)
