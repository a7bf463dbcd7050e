/** How Google puts several values in one cell. */
export const severalMark = ' ::: '

/** The values of a cell that may hold several. What splits: Google's mark, semicolons, line breaks, bars, and where `commas` says so, commas. */
export function splitValues(cell: string, { commas = false }: { readonly commas?: boolean } = {}): readonly string[] {
  const text = cell.trim()
  if (text === '') return []
  if (text.includes(':::')) return filled(text.split(/\s*:::\s*/))
  if (!/[;\n\r|]/.test(text) && !(commas && text.includes(','))) return [text]
  return filled(text.split(commas ? /[;\n\r|,]+/ : /[;\n\r|]+/))
}

const filled = (parts: readonly string[]) => parts.map((part) => part.trim()).filter((part) => part !== '')
