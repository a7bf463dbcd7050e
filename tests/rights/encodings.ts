import { createHash } from 'node:crypto'

/** Every form in which a value may be left somewhere: as it is, turned, packed or hashed without a key. */
export function encodingsOf(value: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(value)
  const found = new Map<string, Buffer>()
  const add = (name: string, form: Buffer | string) => found.set(name, typeof form === 'string' ? Buffer.from(form) : form)
  add('raw', value)
  add('upper case', value.toUpperCase())
  add('lower case', value.toLowerCase())
  add('url', encodeURIComponent(value))
  add('reversed', [...value].reverse().join(''))
  add('utf-16', Buffer.from(value, 'utf16le'))
  // In base64 a text looks different at each of three places; its ends depend on its neighbours, so that they are cut off.
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    add(`base64 at ${offset}`, text.slice(offset === 0 ? 0 : offset + 1, text.length - 4))
  }
  for (const form of [value, value.toLowerCase()]) {
    for (const kind of ['md5', 'sha1', 'sha256']) {
      const digest = createHash(kind).update(form).digest()
      add(`${kind} ${form === value ? '' : 'lower case'}`, digest.toString('hex'))
      add(`${kind} ${form === value ? '' : 'lower case '}base64`, digest.toString('base64').replace(/=+$/, ''))
      add(`${kind} ${form === value ? '' : 'lower case '}base64url`, digest.toString('base64url'))
    }
  }
  return found
}

/** The forms of a number of the United States: E.164 with and without its plus, ten digits, and as people write them. */
export function numberForms(e164: string): readonly string[] {
  const ten = e164.slice(-10)
  const [area, exchange, line] = [ten.slice(0, 3), ten.slice(3, 6), ten.slice(6)]
  return [e164, e164.slice(1), ten, `(${area}) ${exchange}-${line}`, `${area}-${exchange}-${line}`, `+1 ${area} ${exchange} ${line}`]
}

/** Looks for each form in a haystack; answers the names of those that are there. */
export function formsIn(haystack: Buffer, values: readonly string[]): readonly string[] {
  const found: string[] = []
  for (const value of values) for (const [name, form] of encodingsOf(value)) if (haystack.includes(form)) found.push(`${value} ${name}`)
  return found
}
