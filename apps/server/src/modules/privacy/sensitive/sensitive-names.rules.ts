import type { SensitiveName } from '@frontdesk/contract'

/**
 * Words by which a field gives away that it holds what is protected, in English, Spanish and French, without accents. A word matches where it begins one. `null` is what no field
 * may hold (GDPR Art. 9 and 10 without a kind of its own). A word too many costs a press, a word missing costs the protection, so that the list is wide.
 */
const sounds: readonly { readonly kind: SensitiveName['kind']; readonly words: readonly string[] }[] = [
  {
    kind: 'health',
    words: [
      ...[
        'health',
        'medical',
        'medication',
        'medicine',
        'diagnos',
        'allerg',
        'disease',
        'illness',
        'symptom',
        'pregnan',
        'disabilit',
        'disabled',
        'blood',
        'hiv',
        'treatment',
      ],
      ...[
        'therapy',
        'surger',
        'vaccin',
        'anamnes',
        'prescription',
        'mental',
        'addiction',
        'chronic',
        'injury',
        'dental history',
        'patient history',
      ],
      ...[
        'salud',
        'medic',
        'alergi',
        'enfermedad',
        'sintoma',
        'embaraz',
        'discapac',
        'sangre',
        'tratamiento',
        'terapia',
        'cirugia',
        'vacuna',
        'receta',
        'adiccion',
      ],
      ...[
        'sante',
        'allergi',
        'maladie',
        'symptome',
        'enceinte',
        'grossesse',
        'handicap',
        'sang',
        'traitement',
        'therapie',
        'chirurgie',
        'ordonnance',
      ],
    ],
  },
  { kind: 'ssn', words: ['ssn', 'social security', 'itin', 'seguro social', 'securite sociale'] },
  { kind: 'ein', words: ['ein', 'employer identification'] },
  { kind: 'sin', words: ['social insurance', 'numero d assurance sociale'] },
  { kind: 'gst', words: ['gst', 'hst', 'tps', 'tvh'] },
  { kind: 'vat', words: ['vat', 'iva', 'tva', 'nif', 'cif'] },
  {
    kind: 'insurance_number',
    words: ['insurance number', 'insurance id', 'policy number health', 'numero de seguro', 'numero d assurance', 'mutuelle'],
  },
  {
    kind: 'government_id',
    words: [
      'passport',
      'driver license',
      'driver s license',
      'drivers license',
      'driving licence',
      'identity card',
      'id card',
      'national id',
      'pasaporte',
      'dni',
      'nie',
      'carnet de conducir',
      'passeport',
      'permis de conduire',
      'carte d identite',
    ],
  },
  {
    kind: 'bank_account',
    words: [
      'iban',
      'bank account',
      'account number',
      'routing number',
      'card number',
      'credit card',
      'debit card',
      'cuenta bancaria',
      'tarjeta',
      'compte bancaire',
      'carte bancaire',
      'numero de carte',
      'rib',
    ],
  },
  {
    kind: null,
    words: [
      ...[
        'religio',
        'faith',
        'church',
        'ethnic',
        'racial',
        'race',
        'political',
        'trade union',
        'union member',
        'sexual',
        'sex life',
        'orientation',
        'biometr',
        'fingerprint',
        'genetic',
        'dna',
      ],
      ...[
        'criminal',
        'conviction',
        'arrest',
        'iglesia',
        'etnia',
        'raza',
        'politic',
        'sindicat',
        'huella',
        'genetico',
        'antecedentes penales',
        'condena',
      ],
      ...['confession', 'eglise', 'ethnie', 'politique', 'syndica', 'empreinte', 'genetique', 'casier judiciaire', 'condamnation'],
    ],
  },
]

/** What a name sounds like, with the word that says so; undefined where it sounds harmless. */
export function soundsSensitive(name: string): SensitiveName | undefined {
  const plain = ` ${name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()}`
  for (const { kind, words } of sounds) {
    const found = words.find((word) => begins(plain, word))
    if (found !== undefined) return { kind, word: wholeWord(plain, found) }
  }
  return undefined
}

/** Short words have to be the whole word: "race" is not in "racecourse", "rib" not in "ribbon". */
const begins = (plain: string, word: string): boolean => {
  const at = plain.indexOf(` ${word}`)
  if (at === -1) return false
  return word.length > 4 || [' ', undefined].includes(plain[at + 1 + word.length])
}

/** The word of the name that it was told by, to its end. */
function wholeWord(plain: string, found: string): string {
  const from = plain.indexOf(` ${found}`) + 1
  const rest = plain.slice(from + found.length)
  return found + (rest.match(/^[^ ]*/)?.[0] ?? '')
}
