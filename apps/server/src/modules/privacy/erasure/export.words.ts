import { defineWords } from '@frontdesk/i18n'

/** The page in the copy of a person's data, and the page that downloads it. */
export const exportWords = defineWords(
  {
    title: 'Your data at {business}',
    made: 'Made on {when} (UTC). It holds everything that is kept about you, but no passwords or other secrets, and nothing about other people.',
    who: 'You',
    appointments: 'Appointments',
    messages: 'Messages',
    notes: 'Notes about you',
    files: 'What else is in here',
    filesText:
      'data.json holds all of it for programs; another provider can take it over. csv/ holds the same as tables, files/ what you sent and received, mail/ and inbound_mail/ mails as they were sent.',
    rows: { one: '{count} row', other: '{count} rows' },
    rights: 'What you can ask for',
    rightsText:
      'You can have your data corrected, erased, restricted or handed over, and object to its use. Ask {business}; if the answer does not satisfy you, ask the data protection authority where you live.',
  },
  {
    es: {
      title: 'Sus datos en {business}',
      made: 'Hecho el {when} (UTC). Contiene todo lo que se guarda sobre ti, pero ninguna contraseña ni otros secretos, y nada de otras personas.',
      who: 'Tú',
      appointments: 'Citas',
      messages: 'Mensajes',
      notes: 'Notas sobre ti',
      files: 'Qué más hay aquí',
      filesText:
        'data.json lo contiene todo para programas; otro proveedor puede tomarlo. csv/ contiene lo mismo en tablas, files/ lo que enviaste y recibiste, mail/ e inbound_mail/ los correos tal como se enviaron.',
      rows: { one: '{count} fila', other: '{count} filas', many: '{count} filas' },
      rights: 'Qué puede pedir',
      rightsText:
        'Puede pedir que sus datos se corrijan, se borren, se limiten o se entreguen, y oponerse a su uso. Pídalo a {business}; si la respuesta no le satisface, acuda a la autoridad de protección de datos de donde vive.',
    },
    fr: {
      title: 'Vos données chez {business}',
      made: 'Fait le {when} (UTC). On y trouve tout ce qui est conservé sur vous, mais ni mots de passe ni autres secrets, et rien sur d’autres personnes.',
      who: 'Vous',
      appointments: 'Rendez-vous',
      messages: 'Messages',
      notes: 'Notes à votre sujet',
      files: 'Ce qu’il y a d’autre',
      filesText:
        'data.json contient le tout pour les programmes ; un autre prestataire peut le reprendre. csv/ contient la même chose en tableaux, files/ ce que vous avez envoyé et reçu, mail/ et inbound_mail/ les courriers tels qu’ils ont été envoyés.',
      rows: { one: '{count} ligne', other: '{count} lignes', many: '{count} lignes' },
      rights: 'Ce que vous pouvez demander',
      rightsText:
        'Vous pouvez faire rectifier, effacer, limiter ou transmettre vos données, et vous opposer à leur usage. Demandez-le à {business} ; si la réponse ne vous satisfait pas, adressez-vous à l’autorité de protection des données de votre lieu de résidence.',
    },
  },
)
