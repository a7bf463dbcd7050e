import { type PersonField, severalFields } from './fields.ts'

/**
 * How columns are called in English, Spanish and French (folded), as remembered of the exports of Google Contacts, Outlook, HubSpot, Salesforce, Zoho and of lists that people keep; not compared with a fresh export of each.
 */
const words: { readonly [field in PersonField]: string } = {
  name: 'name|full name|display name|contact name|contact|person|customer|client|customer name|client name|patient|file as|nombre completo|nombre y apellidos|nombre y apellido|nombre para mostrar|cliente|contacto|paciente|nom complet|nom et prenom|prenom et nom|nom affiche|nom prenom|prenom nom|nom du contact|client|patient',
  namePrefix:
    'name prefix|prefix|honorific|honorific prefix|salutation|mr mrs|prefijo|tratamiento|saludo|prefijo del nombre|civilite|prefixe|titre de civilite|prefixe du nom',
  givenName: 'first name|given name|firstname|forename|first|fname|nombre|nombre de pila|primer nombre|nombres|prenom|prenoms',
  middleName: 'middle name|additional name|middle|middle initial|segundo nombre|deuxieme prenom|second prenom|autre prenom',
  familyName: 'last name|family name|lastname|surname|last|lname|apellido|apellidos|primer apellido|nom|nom de famille|nom famille',
  nameSuffix: 'name suffix|suffix|honorific suffix|sufijo|sufijo del nombre|suffixe|suffixe du nom',
  nickname: 'nickname|nick name|preferred name|apodo|alias|sobrenombre|surnom|nom d usage',
  company:
    'company|company name|organization|organisation|organization name|organization 1 name|account|account name|employer|business|business name|associated company|firm|empresa|compania|organizacion|nombre de la empresa|nombre de la compania|entreprise|societe|organisme|nom de l entreprise|nom de la societe|raison sociale|employeur',
  department: 'department|organization department|organization 1 department|division|departamento|departement|service',
  jobTitle:
    'job title|title|position|role|occupation|organization title|organization 1 title|job|cargo|puesto|puesto de trabajo|titulo|profesion|ocupacion|fonction|poste|intitule du poste|titre|profession|titre du poste',
  email:
    'email|e mail|mail|email address|e mail address|email id|primary email|additional email addresses|work email|correo|correo electronico|email de contacto|direccion de correo|direccion de correo electronico|direccion de email|dir de correo electronico|courriel|adresse email|adresse e mail|adresse mail|adresse courriel|adresse de messagerie|adresse electronique|messagerie|mel',
  phone:
    'phone|phone number|telephone|telephone number|tel|tel no|phone no|contact number|number|mobile|mobile number|mobile phone|mobile phone number|cell|cell phone|cellphone|cell number|fax|fax number|pager|telefono|numero de telefono|num de telefono|telefono de contacto|movil|celular|telefono movil|telefono celular|numero de movil|buscapersonas|localizador|telephone mobile|numero de telephone|no de telephone|numero|portable|tel mobile|tel portable|telephone portable|gsm|telecopie|telecopieur|whatsapp|bipeur|recepteur de radiomessagerie',
  website:
    'website|web site|web page|webpage|url|website url|homepage|home page|web|personal web page|sitio web|pagina web|pagina web personal|sitio|site web|site internet|page web|page web personnelle',
  address:
    'address|full address|mailing address|postal address|address formatted|formatted|formatted address|direccion completa|direccion postal|adresse complete|adresse postale|adresse',
  street:
    'street|street address|address line 1|address 1|address1|street 1|street1|address line 2|address 2|address2|street 2|street2|apartment|suite|apt|address line|mailing street|calle|direccion|domicilio|calle y numero|rue|adresse 1|adresse 2|complement d adresse|ligne d adresse|numero et rue|adresse ligne 1',
  poBox: 'po box|p o box|post office box|apartado postal|apartado de correos|apdo postal|boite postale|bp|b p',
  city: 'city|town|city town|mailing city|locality|ciudad|poblacion|localidad|municipio|ville|commune|localite',
  region:
    'state|province|region|state region|state province|county|mailing state province|mailing state|provincia|estado|estado o provincia|provincia o estado|departamento o estado|comunidad autonoma|etat|dep region|departement region|etat province|region province',
  postalCode:
    'postal code|zip|zip code|zipcode|zip postal code|postcode|post code|mailing zip postal code|mailing postal code|codigo postal|cp|c p|codigo zip|code postal|npa',
  country: 'country|country region|mailing country|nation|country code|pais|pais o region|pais region|pays|pays region|pays ou region',
  birthday:
    'birthday|birth date|birthdate|date of birth|dob|born|cumpleanos|fecha de nacimiento|nacimiento|f nacimiento|f nac|fecha nac|anniversaire|date de naissance|naissance|ne le|nee le|ddn',
  anniversary: 'anniversary|wedding anniversary|aniversario|aniversario de boda|anniversaire de mariage',
  note: 'note|notes|comment|comments|remarks|description|about|nota|notas|comentario|comentarios|observaciones|descripcion|commentaire|commentaires|remarque|remarques|observations',
  tags: 'tags|tag|labels|label|group membership|groups|group|categories|category|etiqueta|etiquetas|grupo|grupos|categorias|categoria|etiquette|etiquettes|groupe|groupes|libelles',
  language: 'language|preferred language|locale|idioma|lengua|idioma preferido|langue|langue preferee',
  zone: 'time zone|timezone|zona horaria|huso horario|fuseau horaire',
  externalId:
    'record id|contact id|id|customer id|client id|external id|account number|customer number|uid|contact id 18|id de registro|id de contacto|numero de cliente|codigo de cliente|id de cliente|identifiant|id contact|numero de client|no client|reference client|code client|id du client',
}

/** Words that say where an address or number belongs. */
const labels: { readonly [label: string]: string } = {
  home: 'home|personal|private|casa|particular|domicilio|hogar|domicile|personnel|personnelle|prive|maison|perso',
  work: 'work|business|office|company|trabajo|oficina|negocio|laboral|profesional|bureau|travail|professionnel|professionnelle|pro|societe',
  mobile: 'mobile|cell|cellphone|cellular|movil|celular|portable|gsm',
  fax: 'fax|telecopie|telecopieur',
  main: 'main|primary|default|principal|principale',
  other: 'other|alternate|alternative|secondary|additional|otro|otra|otros|secundario|adicional|alternativo|autre|secondaire',
  mailing: 'mailing',
  assistant: 'assistant|asst|assistants|asistente|ayudante|assistante|secretaire',
  pager: 'pager|buscapersonas|localizador|bipeur',
  whatsapp: 'whatsapp',
}

/** Words that carry nothing. */
const fillers = new Set(
  'de del la el los las le les du des d l of the your tu su votre value valor valeur para pour contact contacto formatted s a en y et and'.split(
    ' ',
  ),
)

const ofAddress = new Set(['address', 'adresse', 'direccion'])

const fieldOfWords = new Map<string, PersonField>()
for (const [field, list] of Object.entries(words)) {
  for (const word of list.split('|')) if (!fieldOfWords.has(word)) fieldOfWords.set(word, field as PersonField)
}
const labelOfWord = new Map(Object.entries(labels).flatMap(([label, list]) => list.split('|').map((word) => [word, label] as const)))

/** What a header says: the field, and of which kind and number it is. */
export type HeaderMeaning = {
  readonly field: PersonField
  readonly label?: string
  readonly number?: number
  /** The whole header is a known one, rather than put together. */
  readonly exact: boolean
}

/** Reads a header (folded) by its words. Undefined where they are not known. */
export function readHeaderWords(folded: string): HeaderMeaning | undefined {
  const exact = fieldOfWords.get(folded)
  if (exact !== undefined) {
    const label = labelIn(folded.split(' '))
    return { field: exact, exact: true, ...(label !== undefined && isLabelled(exact) ? { label } : {}) }
  }
  const tokens = folded.split(' ')
  const number = tokens.map(Number).find((value) => Number.isInteger(value) && value > 0 && value < 100)
  const rest = tokens.filter((token) => !/^\d+$/.test(token))
  const label = labelIn(rest)
  // Longest first: "mailing street" before "street", "work phone number" before "phone".
  const shorter = rest.filter((token) => !labelOfWord.has(token))
  // "Business Fax": a fax is a number by itself.
  const kinds = rest.filter((token) => !labelOfWord.has(token) || isPhoneKind(labelOfWord.get(token)))
  const telling = shorter.filter((token) => !fillers.has(token))
  for (const candidate of [
    rest,
    shorter,
    kinds,
    kinds.filter((token) => !fillers.has(token)),
    rest.filter((token) => !fillers.has(token)),
    telling,
    telling.filter((token) => !ofAddress.has(token)),
  ]) {
    const field = fieldOfWords.get(candidate.join(' '))
    if (field === undefined) continue
    return {
      field,
      exact: false,
      ...(label !== undefined && isLabelled(field) ? { label } : {}),
      ...(number === undefined ? {} : { number }),
    }
  }
  return undefined
}

const isPhoneKind = (label: string | undefined) => label === 'fax' || label === 'mobile' || label === 'whatsapp' || label === 'pager'
const labelIn = (tokens: readonly string[]) => {
  const found = tokens.flatMap((token) => labelOfWord.get(token) ?? [])
  // "Business Fax" is a fax, "Home mobile" a mobile.
  return found.find(isPhoneKind) ?? found[0]
}
const isLabelled = (field: PersonField) => severalFields.has(field)

/** Columns of exports that say nothing about a person: what a program notes for itself, and pictures, which are not taken over. */
const idle = new Set(
  'photo|e mail type|e mail 2 type|e mail 3 type|e mail display name|e mail 2 display name|e mail 3 display name|initials|directory server|billing information|mileage|sensitivity|priority|private|subject|internet free busy|tipo de correo electronico|nombre para mostrar del correo electronico|type de messagerie|nom complet de l adresse de messagerie|confidentialite|initiales|privado|prioridad|priorite|kilometrage'.split(
    '|',
  ),
)

/** Whether a column is of no use to anybody but the program that wrote it. */
export const isIdleHeader = (folded: string): boolean => idle.has(folded)

/** A label as it is kept: one of the known words, or what stood there. */
export function readLabel(text: string): string | undefined {
  const typed = text.replace(/^\* ?/, '').trim()
  if (typed === '') return undefined
  return (
    labelIn(
      typed
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^\p{L}]+/u),
    ) ?? typed
  )
}
