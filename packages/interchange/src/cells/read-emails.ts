/** An address as it is compared, and as it was typed; the name where it stood with it. */
export type Email = { readonly value: string; readonly asTyped: string; readonly name?: string }

const address =
  /^[^\s@<>"(),;:\\[\]]{1,64}@(?:[^\s@<>"(),;:\\[\]._-][^\s@<>"(),;:\\[\]._]{0,62}\.)+[^\s@<>"(),;:\\[\]._\d-][^\s@<>"(),;:\\[\]._]{1,62}$/
const named = /^"?([^"<]*)"?\s*<([^<>]+)>$/
const none: readonly string[] = []

/** Reads one address, with or without a name around it. */
export function readEmail(typed: string): Email | undefined {
  if (typed.length > 320) return undefined
  if (address.test(typed)) return { value: typed.toLowerCase(), asTyped: typed }
  const [, name = '', inside] = named.exec(typed) ?? []
  const bare = (inside ?? typed).trim().replace(/^mailto:/i, '')
  if (!address.test(bare)) return undefined
  const shown = name.trim()
  return { value: bare.toLowerCase(), asTyped: bare, ...(shown === '' ? {} : { name: shown }) }
}

/** Several addresses of a cell. What is no address comes back in `wrong`. */
export function readEmails(cell: string): { readonly emails: readonly Email[]; readonly wrong: readonly string[] } {
  const typed = cell.trim()
  const one = readEmail(typed)
  if (one !== undefined) return { emails: [one], wrong: none }
  const emails: Email[] = []
  const wrong: string[] = []
  const take = (parts: readonly string[]) => {
    for (const part of parts) {
      const text = part.trim()
      if (text === '') continue
      const email = readEmail(text)
      if (email === undefined) {
        if (text.includes(' ') && text.includes('@') && !text.includes('<')) take(text.split(/\s+/))
        else wrong.push(text)
      } else if (!emails.some(({ value }) => value === email.value)) emails.push(email)
    }
  }
  // "Lee, Ann <ann@…>": a comma inside of quotes, or before an angle bracket, separates nothing.
  take(typed.includes('<') ? typed.split(/\s*(?::::|[;\n\r|]|(?<=>)\s*,)\s*/) : typed.split(/\s*(?::::|[;,|\n\r/])\s*/))
  return { emails, wrong }
}
