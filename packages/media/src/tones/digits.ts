/** The sixteen keys. */
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#' | 'A' | 'B' | 'C' | 'D'

/** In the order of their codes (RFC 4733 §3.2, Table 3). */
export const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'] as const satisfies readonly Digit[]

/** The rows and columns of a keypad in Hz (ITU-T Q.23 §5). */
export const rowHertz = [697, 770, 852, 941] as const
export const columnHertz = [1209, 1336, 1477, 1633] as const

const keypad = ['123A', '456B', '789C', '*0#D'] as const

/** Whether a character is a key. */
export const isDigit = (text: string): text is Digit => text.length === 1 && digits.some((digit) => digit === text)

/** The key at a row and a column of the keypad. */
export function digitAt(row: number, column: number): Digit | undefined {
  const key = keypad[row]?.charAt(column) ?? ''
  return isDigit(key) ? key : undefined
}

/** The two frequencies of a key, in Hz. */
export function hertzOf(digit: Digit): readonly [number, number] {
  const row = keypad.findIndex((keys) => keys.includes(digit))
  return [rowHertz[row] ?? rowHertz[0], columnHertz[keypad[row]?.indexOf(digit) ?? 0] ?? columnHertz[0]]
}
