const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu
const phone = /\+?\d[\d ().\-/]{7,}\d/g

/**
 * Addresses and numbers of other people in a text that is given to her, as `a••@home.example` and `••88`. Her own stay readable.
 * @param own Her addresses, lower case, and numbers as E.164.
 */
export function maskOthers(text: string, own: readonly string[]): string {
  const digits = new Set(own.filter((value) => value.startsWith('+')).map((value) => value.replace(/\D/g, '').slice(-9)))
  return text
    .replace(email, (found) => (own.includes(found.toLowerCase()) ? found : `${found.slice(0, 1)}••${found.slice(found.lastIndexOf('@'))}`))
    .replace(phone, (found) => {
      const plain = found.replace(/\D/g, '')
      // Dates, times and amounts look like numbers too; a phone number has ten digits or more.
      if (plain.length < 10 || /^\d{4}-\d{2}-\d{2}/.test(found)) return found
      return digits.has(plain.slice(-9)) ? found : `••${plain.slice(-2)}`
    })
}
