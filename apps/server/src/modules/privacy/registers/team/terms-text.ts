import { createHash } from 'node:crypto'

/** The terms as they are shipped. Changed words are another version; ask counsel whether they fit your business. */
export const termsVersion = '2026-11-30'

const en = [
  'Whoever runs this server (the operator) processes the contacts of this business on its documented instructions only; using the software, and the instruction log, are such instructions.',
  'Subject, duration, nature, purposes, kinds of data and of people are those of the records of processing under Privacy, which follow from the software itself.',
  'Everybody who works for the operator is bound to secrecy. Nobody of the operator enters this workspace without a grant that the business gives, for hours, and can read in its audit log.',
  'The operator keeps the data secure as the records of processing say: encryption, separate keys, separated workspaces, backups, a signed audit log.',
  'Other processors are those in the register of recipients, each under a contract with the same duties. The business is told of new ones there and may object.',
  'The operator helps the business to answer people who use their rights; the software does most of it by itself.',
  'The operator reports breaches without undue delay after it noticed them, with what the business needs to tell authorities and people.',
  'When the business leaves, it takes its data along and the operator deletes them, with backups, after the grace the software names.',
  'The business may look at what shows that these duties are kept: the records, the audit log, the authorization policy; and may have them audited.',
]
const es = [
  'Quien lleva este servidor (el operador) trata los contactos de este negocio solo según sus instrucciones documentadas; el uso del programa y el registro de instrucciones lo son.',
  'Objeto, duración, naturaleza, fines, tipos de datos y de personas son los del registro de tratamientos en Privacidad, que sale del propio programa.',
  'Quien trabaja para el operador está obligado al secreto. Nadie del operador entra en este espacio sin un permiso que da el negocio, por horas, y que puede leer en su auditoría.',
  'El operador protege los datos como dice el registro de tratamientos: cifrado, claves aparte, espacios separados, copias, auditoría firmada.',
  'Otros encargados son los del registro de destinatarios, cada uno con un contrato con los mismos deberes. El negocio se entera allí de los nuevos y puede oponerse.',
  'El operador ayuda al negocio a responder a quien ejerce sus derechos; el programa hace casi todo por sí solo.',
  'El operador comunica las brechas sin demora desde que las advierte, con lo que el negocio necesita para avisar a autoridades y personas.',
  'Cuando el negocio se va, se lleva sus datos y el operador los borra, con las copias, tras el plazo que indica el programa.',
  'El negocio puede ver lo que muestra que se cumplen estos deberes: registros, auditoría, política de autorizaciones; y puede hacer que se auditen.',
]
const fr = [
  'La personne qui gère ce serveur (l’opérateur) ne traite les contacts de cette entreprise que sur ses instructions documentées ; l’usage du logiciel et le journal des instructions en sont.',
  'Objet, durée, nature, finalités, sortes de données et de personnes sont ceux du registre des traitements dans Vie privée, qui découle du logiciel lui-même.',
  'Toute personne travaillant pour l’opérateur est tenue au secret. Personne de l’opérateur n’entre dans cet espace sans un accès donné par l’entreprise, pour quelques heures, lisible dans son audit.',
  'L’opérateur protège les données comme le dit le registre des traitements : chiffrement, clés à part, espaces séparés, sauvegardes, audit signé.',
  'Les autres sous-traitants sont ceux du registre des destinataires, chacun sous un contrat aux mêmes devoirs. L’entreprise y apprend les nouveaux et peut s’y opposer.',
  'L’opérateur aide l’entreprise à répondre aux personnes qui exercent leurs droits ; le logiciel en fait l’essentiel.',
  'L’opérateur signale les violations sans délai dès qu’il les remarque, avec ce qu’il faut à l’entreprise pour prévenir autorités et personnes.',
  'Quand l’entreprise part, elle emporte ses données et l’opérateur les supprime, sauvegardes comprises, après le délai que le logiciel indique.',
  'L’entreprise peut consulter ce qui montre que ces devoirs sont tenus : registres, audit, politique d’autorisations ; et les faire auditer.',
]

export const termsText = { en, es, fr } as const

/** What was accepted, in 64 signs. */
export const termsHash: string = createHash('sha256')
  .update(JSON.stringify({ termsVersion, ...termsText }))
  .digest('hex')
