/** What a cell looks like from afar. */
export type CellShape = 'empty' | 'email' | 'url' | 'date' | 'number' | 'phone' | 'yesNo' | 'text'

const email = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/
const url = /^(https?:\/\/|www\.)\S+\.\S+$/i
const date = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2}))([ T]\d{1,2}:\d{2}.*)?$/
const number = /^[-+(]?\s?(?:[$€£]\s?)?\d{1,3}(?:[.,'\u00a0\u202f ]?\d{3})*(?:[.,]\d+)?\s?(?:[$€£%]|[A-Z]{3})?\)?$/
const phone = /^(?=(?:\D*\d){7,15}\D*\d*$)\+?[\d\s()./\u00a0\u2010-\u2015-]{7,25}(?:(?:x|ext\.?)\s?\d{1,6})?$/i
const yesNo = /^(yes|no|true|false|si|sí|oui|non|vrai|faux|y|n|verdadero|falso)$/i

/** Looks at a cell from afar. A number of ten digits and more is a phone's. */
export function cellShape(cell: string): CellShape {
  const text = cell.trim()
  if (text === '') return 'empty'
  // Longer ones are none of these, and would be long in finding out.
  if (text.length > 320) return 'text'
  if (text.includes('@')) return email.test(text) ? 'email' : 'text'
  if (url.test(text)) return 'url'
  if (text.length > 60) return 'text'
  if (yesNo.test(text)) return 'yesNo'
  if (date.test(text)) return 'date'
  if (number.test(text) && !/^\+?\d{10,15}$/.test(text)) return 'number'
  return phone.test(text) ? 'phone' : 'text'
}
