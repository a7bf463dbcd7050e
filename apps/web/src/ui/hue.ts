/**
 * A hue (0 to 359) that belongs to an id, the same on every screen and computer (FNV-1a). Lightness and chroma are fixed by the tokens, so every hue reads
 * well in both themes.
 */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5
  for (const char of id) {
    hash ^= char.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % 360
}

/** One or two letters for a name in any script: the first letters of its first and last word. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word))
  const first = firstLetter(words[0])
  const last = words.length > 1 ? firstLetter(words.at(-1)) : ''
  // Two joined Arabic letters read as a word, so they stay apart; Han, Kana and Hangul names are known by one character.
  if (/\p{Script=Arabic}/u.test(first + last)) return [first, last].filter(Boolean).join('\u200c')
  return /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(first) ? first : first + last
}

function firstLetter(word = ''): string {
  // The Arabic article is no part of a name's first letter.
  const letter = word.replace(/^ال(?=\p{L})/u, '').match(/\p{L}\p{M}*|\p{N}/u)?.[0] ?? ''
  return letter.toLocaleUpperCase()
}
