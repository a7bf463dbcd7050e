/**
 * Lists the places of a French text where a plain space would let a line end before `;`, `:`, `!`, `?`, `%`, inside « » or between a number and its unit, each with what follows or
 * stands before it. There a narrow no-break space belongs (U+202F; Lexique des règles typographiques en usage à l'Imprimerie nationale). Empty means fine.
 */
export function looseFrenchSpaces(text: string): readonly string[] {
  return [...text.matchAll(new RegExp([sign, opened, closed, unit].join('|'), 'gu'))].map(([found]) => found)
}

const sign = '[ \\u00a0][;:!?%»](?![\\w/])'
const opened = '«(?!\\u202f).?'
const closed = '\\S»'
const unit = '[\\d}][ \\u00a0](?:min|h|s|ko|Mo|Go|€|px)(?![\\p{L}\\d])'
