import { defineWords } from '@frontdesk/i18n'

/** What the pipeline says that every business begins with, in its language. */
export const pipelineWords = defineWords(
  {
    name: 'Inquiries',
    new: 'New',
    contacted: 'In contact',
    offered: 'Offer made',
    won: 'Won',
    lost: 'Lost',
    price: 'Too expensive',
    elsewhere: 'Went somewhere else',
    silent: 'No answer any more',
    unfit: 'Not what we do',
    later: 'Not now',
  },
  {
    es: {
      name: 'Consultas',
      new: 'Nueva',
      contacted: 'En contacto',
      offered: 'Oferta enviada',
      won: 'Ganada',
      lost: 'Perdida',
      price: 'Demasiado caro',
      elsewhere: 'Eligió a otros',
      silent: 'Ya no responde',
      unfit: 'No es lo nuestro',
      later: 'Ahora no',
    },
    fr: {
      name: 'Demandes',
      new: 'Nouvelle',
      contacted: 'En contact',
      offered: 'Offre faite',
      won: 'Gagnée',
      lost: 'Perdue',
      price: 'Trop cher',
      elsewhere: 'A choisi ailleurs',
      silent: 'Ne répond plus',
      unfit: 'Pas notre métier',
      later: 'Pas maintenant',
    },
  },
)
