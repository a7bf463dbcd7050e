/** Somebody who can be mentioned. */
export type Mentionable = { readonly id: string; readonly name: string; readonly role: string }

/** What is being typed after an @ at the caret: where the @ stands, and the words so far. */
export type Beginning = { readonly at: number; readonly typed: string }

const LONGEST = 60

/** Whether a name is being typed at the caret: an @ at the start of a word, and no line break since. */
export function mentionAt(text: string, caret: number): Beginning | undefined {
  const before = text.slice(0, caret)
  const at = before.lastIndexOf('@')
  if (at === -1 || (at > 0 && !/[\s(“"'’«]/u.test(before[at - 1] ?? ''))) return undefined
  const typed = before.slice(at + 1)
  return typed.length <= LONGEST && !/[\n@]/u.test(typed) && !/^\s/u.test(typed) ? { at, typed } : undefined
}

/** Who is meant by what was typed: every typed word begins a word of the name, whatever its accents. Nobody once the name is written out. */
export function meant<One extends Mentionable>(people: readonly One[], typed: string): readonly One[] {
  const words = plain(typed).split(' ').filter(Boolean)
  return people
    .filter(({ name }) => {
      const parts = plain(name).split(' ')
      return words.every((word) => parts.some((part) => part.startsWith(word)))
    })
    .slice(0, 6)
}

/** The text with the name written out, and where the caret is then. */
export function writeMention(text: string, { at, typed }: Beginning, name: string): { readonly text: string; readonly caret: number } {
  const rest = text.slice(at + 1 + typed.length)
  const written = `@${name}${/^[\s.,;:!?)]/u.test(rest) ? '' : ' '}`
  return { text: text.slice(0, at) + written + rest, caret: at + written.length }
}

/** Who of these stands in the text with an @ before the name; the longest name first, so that “@Ann Lee” is not Ann as well. */
export function mentionedIn<One extends Mentionable>(text: string, people: readonly One[]): readonly One[] {
  return piecesOf(text, people)
    .flatMap((piece) => (typeof piece === 'string' ? [] : [piece.person]))
    .filter((person, at, all) => all.indexOf(person) === at)
}

/** A text in pieces: words, and the members who are mentioned between them. */
export function piecesOf<One extends Mentionable>(
  text: string,
  people: readonly One[],
): readonly (string | { readonly person: One; readonly start: number })[] {
  const longest = people.toSorted((one, other) => other.name.length - one.name.length)
  const pieces: (string | { readonly person: One; readonly start: number })[] = []
  let done = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (at < done) continue
    const person = longest.find(({ name }) => text.startsWith(name, at + 1) && !/^[\p{L}\p{N}]/u.test(text.slice(at + 1 + name.length)))
    if (!person) continue
    if (at > done) pieces.push(text.slice(done, at))
    pieces.push({ person, start: at })
    done = at + 1 + person.name.length
  }
  if (done < text.length) pieces.push(text.slice(done))
  return pieces
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
