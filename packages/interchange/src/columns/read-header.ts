import { foldWords } from '../text/fold-words.ts'
import { addressParts, type PersonField } from './fields.ts'
import { readHeaderWords, readLabel } from './header-words.ts'

/** What a header says about its column. */
export type ReadHeader = {
  readonly field: PersonField | 'label'
  readonly label?: string
  /** Columns of one group belong to one value: the parts of an address, or a value and its label. */
  readonly group?: string
  /** Whether the header as a whole is a known one. */
  readonly exact: boolean
}

/** "Phone 1 - Value", "Address 2 - Postal Code": Google's way, in each of its languages. */
const numbered = /^(.+?) (\d+)\s*[-–:]\s*(.+)$/
const labelWords = new Set(['label', 'type', 'etiqueta', 'tipo', 'libelle', 'type de', 'etiquette'])
const valueWords = new Set(['value', 'valor', 'valeur'])

/** Reads the name of a column, in English, Spanish or French. Undefined where nothing in it is known. */
export function readHeader(header: string): ReadHeader | undefined {
  const [, base = '', number = '', part = ''] = numbered.exec(header.trim()) ?? []
  if (number !== '') {
    const field = readHeaderWords(foldWords(base))?.field
    const inner = foldWords(part)
    if (field === undefined) return undefined
    const kind = field === 'street' ? 'address' : field
    const group = `${kind} ${number}`
    if (labelWords.has(inner)) return isSeveral(kind) ? { field: 'label', group, exact: true } : undefined
    if (valueWords.has(inner)) return { field: kind, group, exact: true }
    if (kind === 'address') {
      const meaning = readHeaderWords(inner)?.field ?? (/^(extended address|direccion ampliada)$/.test(inner) ? 'street' : undefined)
      return meaning === undefined ? undefined : { field: meaning, group, exact: true }
    }
    const whole = readHeaderWords(foldWords(`${base} ${part}`))?.field
    return whole === undefined ? undefined : { field: whole, exact: true }
  }
  const folded = foldWords(header)
  const meaning = readHeaderWords(folded)
  if (meaning === undefined) return readOutlookType(folded)
  const { field, label, exact } = meaning
  // "Business Street 2" is the second line of that street, so the number says nothing about whose it is.
  const group = addressParts.has(field) ? `address ${label ?? ''}` : undefined
  return { field, exact, ...(label === undefined ? {} : { label }), ...(group === undefined ? {} : { group }) }
}

const isSeveral = (field: PersonField) => field === 'phone' || field === 'email' || field === 'website' || field === 'address'

/** A custom label in words, such as "Phone (Reception)". */
function readOutlookType(folded: string): ReadHeader | undefined {
  const [first = '', ...rest] = folded.split(' ')
  const meaning = readHeaderWords(first)
  if (meaning === undefined || !isSeveral(meaning.field) || rest.length === 0 || rest.length > 2) return undefined
  if (/^(type|display|status|opt|verified|domain|count|date|last|owner|unsubscribed|valid|validation|consent)/.test(rest[0] ?? ''))
    return undefined
  return { field: meaning.field, exact: false, label: readLabel(rest.join(' ')) ?? rest.join(' ') }
}
