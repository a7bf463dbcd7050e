/** How some countries write their own numbers: the digits after the country's prefix, in groups, as people there know them. */
const national: readonly { readonly prefix: string; readonly shape: RegExp; readonly written: string }[] = [
  // North American Numbering Plan: (207) 555-0172
  { prefix: '+1', shape: /^(\d{3})(\d{3})(\d{4})$/, written: '($1) $2-$3' },
  // France: 01 23 45 67 89
  { prefix: '+33', shape: /^(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, written: '0$1 $2 $3 $4 $5' },
  // Spain: 912 345 678
  { prefix: '+34', shape: /^(\d{3})(\d{3})(\d{3})$/, written: '$1 $2 $3' },
  // Mexico: 55 1234 5678
  { prefix: '+52', shape: /^(\d\d)(\d{4})(\d{4})$/, written: '$1 $2 $3' },
]

/** A number (E.164) as people read it: in the form of its own country where we know that, otherwise in groups after the plus. Anything else stays as it is. */
export function phoneWords(number: string): string {
  if (!/^\+\d{6,15}$/.test(number)) return number
  for (const { prefix, shape, written } of national) {
    const rest = number.slice(prefix.length)
    if (number.startsWith(prefix) && shape.test(rest)) return rest.replace(shape, written)
  }
  return `+${number.slice(1).replace(/(\d{2,3})(?=(\d{3})+$)/g, '$1 ')}`
}
