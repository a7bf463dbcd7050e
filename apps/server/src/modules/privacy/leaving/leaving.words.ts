import { defineWords, type Locale, translator } from '@frontdesk/i18n'

/** The copy that a business takes along, and the page that shows a certificate of deletion. */
const leavingWords = defineWords(
  {
    'readme/title': 'Everything that {business} kept here.',
    'readme/tables':
      'data.json names every table with its columns, what kind of data each is and why it was kept. tables/ holds the rows as JSON, csv/ the same for spreadsheets, in pieces of a thousand rows. Rows point at each other by their ids. contents.json at the end says how many there are.',
    'readme/files':
      'files/ holds what was sent and received, named by its id in tables/file; mail/ and inbound_mail/ hold mails as they were sent.',
    'readme/leftOut':
      'Not in here: passwords, keys and other secrets, which data.json names; keyed hashes, which tell nobody anything; data of the test workspace; copies that were made before. This is personal data of others: keep it as carefully as it was kept here.',
    'deletion/title': 'Certificate of deletion',
    'deletion/found': 'This server deleted a workspace and wrote this down. The entry cannot be changed.',
    'deletion/number': 'Number',
    'deletion/workspace': 'Workspace',
    'deletion/closed': 'Closed',
    'deletion/deleted': 'Deleted',
    'deletion/rows': 'Rows deleted',
    'deletion/hash': 'SHA-256 of the certificate',
    'deletion/before': 'SHA-256 of the one before',
    'deletion/first': 'none, it is the first',
    'deletion/tables': 'Rows by table',
    'deletion/compare':
      'Compare the hash with that of the file you got by mail, for example with sha256sum or Get-FileHash. If they are the same, your file says what stands here, letter by letter.',
    'deletion/unknown': 'No such certificate',
    'deletion/unknownText':
      'This server wrote no certificate with this hash. Check that the address is whole: the hash has 64 letters and digits. If your file has this hash, it was not written here, or somebody changed it.',
    languages: 'Languages',
  },
  {
    es: {
      'readme/title': 'Todo lo que {business} guardaba aquí.',
      'readme/tables':
        'data.json nombra cada tabla con sus columnas, qué tipo de datos es cada una y por qué se guardaba. tables/ contiene las filas en JSON, csv/ lo mismo para hojas de cálculo, en trozos de mil filas. Las filas se señalan por sus ids. contents.json, al final, dice cuántas hay.',
      'readme/files':
        'files/ contiene lo enviado y recibido, con el id que tiene en tables/file; mail/ e inbound_mail/ contienen los correos tal como se enviaron.',
      'readme/leftOut':
        'No está aquí: contraseñas, claves y otros secretos, que data.json nombra; hashes con clave, que no dicen nada a nadie; los datos del espacio de prueba; copias hechas antes. Son datos personales de otros: guárdalos con el mismo cuidado que aquí.',
      'deletion/title': 'Certificado de eliminación',
      'deletion/found': 'Este servidor eliminó un espacio de trabajo y lo anotó. La anotación no se puede cambiar.',
      'deletion/number': 'Número',
      'deletion/workspace': 'Espacio de trabajo',
      'deletion/closed': 'Cerrado',
      'deletion/deleted': 'Eliminado',
      'deletion/rows': 'Filas eliminadas',
      'deletion/hash': 'SHA-256 del certificado',
      'deletion/before': 'SHA-256 del anterior',
      'deletion/first': 'ninguno, es el primero',
      'deletion/tables': 'Filas por tabla',
      'deletion/compare':
        'Compara el hash con el del archivo que recibiste por correo, por ejemplo con sha256sum o Get-FileHash. Si son iguales, tu archivo dice lo mismo que está aquí, letra por letra.',
      'deletion/unknown': 'No existe ese certificado',
      'deletion/unknownText':
        'Este servidor no escribió ningún certificado con ese hash. Comprueba que la dirección está completa: el hash tiene 64 letras y cifras. Si tu archivo tiene ese hash, no se escribió aquí, o alguien lo cambió.',
      languages: 'Idiomas',
    },
    fr: {
      'readme/title': 'Tout ce que {business} gardait ici.',
      'readme/tables':
        'data.json nomme chaque table avec ses colonnes, le type de données de chacune et la raison de sa conservation. tables/ contient les lignes en JSON, csv/ la même chose pour les tableurs, par morceaux de mille lignes. Les lignes se désignent par leurs ids. contents.json, à la fin, dit combien il y en a.',
      'readme/files':
        'files/ contient ce qui a été envoyé et reçu, sous l’id qu’il a dans tables/file\u202f; mail/ et inbound_mail/ contiennent les courriels tels qu’ils ont été envoyés.',
      'readme/leftOut':
        'Absents d’ici\u202f: les mots de passe, les clés et les autres secrets, que data.json nomme\u202f; les empreintes à clé, qui ne disent rien à personne\u202f; les données de l’espace de test\u202f; les copies faites auparavant. Ce sont des données personnelles d’autrui\u202f: gardez-les avec autant de soin qu’ici.',
      'deletion/title': 'Certificat de suppression',
      'deletion/found': 'Ce serveur a supprimé un espace de travail et l’a consigné. L’inscription ne peut pas être changée.',
      'deletion/number': 'Numéro',
      'deletion/workspace': 'Espace de travail',
      'deletion/closed': 'Fermé',
      'deletion/deleted': 'Supprimé',
      'deletion/rows': 'Lignes supprimées',
      'deletion/hash': 'SHA-256 du certificat',
      'deletion/before': 'SHA-256 du précédent',
      'deletion/first': 'aucun, c’est le premier',
      'deletion/tables': 'Lignes par table',
      'deletion/compare':
        'Comparez l’empreinte avec celle du fichier reçu par courriel, par exemple avec sha256sum ou Get-FileHash. Si elles sont identiques, votre fichier dit ce qui figure ici, à la lettre près.',
      'deletion/unknown': 'Ce certificat n’existe pas',
      'deletion/unknownText':
        'Ce serveur n’a écrit aucun certificat avec cette empreinte. Vérifiez que l’adresse est complète\u202f: l’empreinte a 64 lettres et chiffres. Si votre fichier a cette empreinte, il n’a pas été écrit ici, ou quelqu’un l’a changé.',
      languages: 'Langues',
    },
  },
)

/** Its translator. */
export const leavingTranslator = (locale: Locale) => translator(leavingWords, locale)
