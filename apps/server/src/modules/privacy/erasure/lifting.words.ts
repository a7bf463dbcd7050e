import { defineWords } from '@frontdesk/i18n'

/** The letter that tells somebody that her data are used again (GDPR Art. 18(3)). */
export const liftingWords = defineWords(
  {
    subject: 'Your data with {business} are used again',
    hello: 'Hello {name},',
    what: 'since {day} {business} has only kept your data and not used them, because you had a right to that. This ends as soon as this letter has left: your data are used again as before.',
    because: 'Why: {because}',
    object:
      'If you do not agree, answer this letter, or write to us on the page below. You can ask for the same again, object, or have your data erased.',
    link: 'Your rights',
  },
  {
    es: {
      subject: '{business} vuelve a usar tus datos',
      hello: 'Hola, {name}:',
      what: 'Desde el {day}, {business} solo ha guardado tus datos, sin usarlos, porque tenías derecho a ello. Eso termina en cuanto salga esta carta: tus datos vuelven a usarse como antes.',
      because: 'Motivo: {because}',
      object:
        'Si no estás de acuerdo, responde a esta carta o escríbenos en la página de abajo. Puedes volver a pedir lo mismo, oponerte o hacer que se borren tus datos.',
      link: 'Tus derechos',
    },
    fr: {
      subject: '{business} utilise de nouveau vos données',
      hello: 'Bonjour {name},',
      what: 'depuis le {day}, {business} a seulement conservé vos données, sans s’en servir, parce que vous y aviez droit. Cela prend fin dès que cette lettre est partie : vos données servent de nouveau comme avant.',
      because: 'Motif : {because}',
      object:
        'Si vous n’êtes pas d’accord, répondez à cette lettre ou écrivez-nous sur la page ci-dessous. Vous pouvez demander la même chose à nouveau, vous opposer, ou faire effacer vos données.',
      link: 'Vos droits',
    },
  },
)
