import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

let list: ReadonlySet<string> | undefined

/** Lower-cased passwords that everybody tries first. Where they come from stands in `common-passwords.LICENSE.txt`. */
export function commonPasswords(): ReadonlySet<string> {
  list ??= new Set(
    brotliDecompressSync(readFileSync(new URL('common-passwords.txt.br', import.meta.url)))
      .toString()
      .trimEnd()
      .split('\n'),
  )
  return list
}

/** `aaaa`, `1234`, `zyxw`: each character follows from the one before in the same way. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0)
  const step = (codes[1] ?? 0) - (codes[0] ?? 0)
  return (
    Math.abs(step) <= 1 &&
    codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step || (codes[at - 1] === 57 && code === 48))
  )
}

/** The shortest text that `text` is a repetition of; often itself. */
function unitOf(text: string): string {
  const at = (text + text).indexOf(text, 1)
  return text.slice(0, at)
}

/** Digits and letters as people put them for one another: `p4$$w0rd` is `password`. */
const plainLetters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const unmasked = (text: string) => text.replace(/[013457@$!]/g, (letter) => plainLetters[letter] ?? letter)

function isTrivial(text: string): boolean {
  const unit = unitOf(text)
  if (unit.length <= 3 || isRun(unit)) return true
  const common = commonPasswords()
  return common.has(unit) || common.has(unmasked(unit))
}

/** Whether a password is among the first an attacker tries: common, a run, a repetition, or two such put together. */
export function isCommon(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (isTrivial(text)) return true
  for (let cut = 1; cut < text.length; cut += 1) {
    if (isTrivial(text.slice(0, cut)) && isTrivial(text.slice(cut))) return true
  }
  return false
}
