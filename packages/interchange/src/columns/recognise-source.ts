import type { Guess } from '../refusal.ts'
import { foldWords } from '../text/fold-words.ts'

/** The programs whose exports are known by their headers. */
export type Source = 'google' | 'google-old' | 'outlook' | 'hubspot' | 'salesforce' | 'zoho' | 'frontdesk'

type Signs = { readonly source: Source; readonly all: string; readonly some: string; readonly least: number }

/** Headers (folded) that all stand in an export, and further ones of which `least` do. As remembered of the programs' exports; not compared with a fresh one of each. */
const signs: readonly Signs[] = [
  {
    source: 'google',
    all: 'first name|last name',
    some: 'labels|e mail 1 label|e mail 1 value|phone 1 label|phone 1 value|phonetic first name|file as|organization name',
    least: 3,
  },
  {
    source: 'google-old',
    all: 'given name|family name',
    some: 'group membership|e mail 1 type|e mail 1 value|phone 1 type|phone 1 value|yomi name|additional name',
    least: 3,
  },
  {
    source: 'google',
    all: 'nombre|apellidos',
    some: 'etiquetas|correo electronico 1 etiqueta|correo electronico 1 valor|telefono 1 etiqueta|telefono 1 valor',
    least: 3,
  },
  {
    source: 'google',
    all: 'prenom|nom',
    some: 'libelles|e mail 1 libelle|e mail 1 valeur|telephone 1 libelle|telephone 1 valeur',
    least: 3,
  },
  {
    source: 'outlook',
    all: 'first name|last name',
    some: 'e mail address|e mail display name|e mail type|business street|business phone|home street|business fax|assistant s phone|managers name|manager s name|web page|e mail 2 address',
    least: 3,
  },
  {
    source: 'outlook',
    all: 'nombre|apellidos',
    some: 'direccion de correo electronico|calle del trabajo|telefono del trabajo|fax del trabajo|particular calle|telefono particular|pagina web|codigo postal del trabajo|trabajo calle|trabajo ciudad|segundo nombre|trabajo telefono',
    least: 3,
  },
  {
    source: 'outlook',
    all: 'prenom|nom',
    some: 'adresse de messagerie|rue bureau|ville bureau|telephone bureau|telecopie bureau|tel mobile|rue domicile|telephone domicile|page web|deuxieme prenom',
    least: 3,
  },
  {
    source: 'hubspot',
    all: 'record id',
    some: 'lifecycle stage|lead status|contact owner|marketing contact status|create date|associated company|primary associated company id|last activity date',
    least: 2,
  },
  {
    source: 'zoho',
    all: 'record id|last name',
    some: 'contact owner|account name|lead source|secondary email|skype id|asst phone|reports to|mailing zip|email opt out|other zip',
    least: 4,
  },
  {
    source: 'salesforce',
    all: 'last name',
    some: 'contact id|account id|account name|mailing street|mailing state province|mailing zip postal code|mailing state|mailing postal code|account owner|salutation|reports to|has opted out of email|lead source',
    least: 3,
  },
  { source: 'frontdesk', all: 'frontdesk id', some: 'name', least: 1 },
]

/** The program that wrote a file, by the names of its columns; null where none is known. */
export function recogniseSource(header: readonly string[]): Guess<Source | null> {
  const names = new Set(header.map(foldWords))
  const found = signs
    .filter(({ all }) => all.split('|').every((name) => names.has(name)))
    .map(({ source, some, least }) => ({ source, least, met: some.split('|').filter((name) => names.has(name)) }))
    .filter(({ met, least }) => met.length >= least)
    .toSorted((one, other) => other.met.length - one.met.length)
  const [best] = found
  if (best === undefined) return { value: null, confidence: 0.5, reasons: [{ code: 'no_known_source' }] }
  const confidence = Math.min(0.99, 0.75 + 0.05 * (best.met.length - best.least))
  return { value: best.source, confidence, reasons: [{ code: 'known_columns', columns: best.met.slice(0, 6) }] }
}
