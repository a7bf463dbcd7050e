import { defineWords, translator } from '@frontdesk/i18n'

/** What the mail with the link of somebody's own page says. */
export const ownMailWords = defineWords(
  {
    subject: 'Your appointments at {business}',
    hello: 'Hello {name},',
    text: 'here is your link to all your appointments at {business}. It works for {days} days; whoever has it sees them, so keep it to yourself.',
    open: 'See your appointments',
    why: 'You get this mail because somebody asked for it with this address. If that was not you, there is nothing you have to do.',
  },
  {
    es: {
      subject: 'Tus citas en {business}',
      hello: 'Hola, {name}:',
      text: 'este es tu enlace a todas tus citas en {business}. Funciona durante {days} días; quien lo tiene las ve, así que guárdalo para ti.',
      open: 'Ver tus citas',
      why: 'Recibes este correo porque alguien lo pidió con esta dirección. Si no fuiste tú, no tienes que hacer nada.',
    },
    fr: {
      subject: 'Vos rendez-vous chez {business}',
      hello: 'Bonjour {name},',
      text: 'voici votre lien vers tous vos rendez-vous chez {business}. Il fonctionne pendant {days} jours\u202f; qui l’a les voit, gardez-le donc pour vous.',
      open: 'Voir vos rendez-vous',
      why: 'Vous recevez ce courriel parce que quelqu’un l’a demandé avec cette adresse. Si ce n’était pas vous, vous n’avez rien à faire.',
    },
  },
)

/** Speaks them in a reader's language. */
export const ownMailTranslator = (tag: string) => translator(ownMailWords, tag)
