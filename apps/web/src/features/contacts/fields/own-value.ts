import type { Formats } from '@frontdesk/i18n'
import { minorUnits, typedAmount } from '../../../lib/money.ts'
import type { OwnField, OwnValue } from './queries.ts'

/** A value as it is typed: a text, or the keys of several choices. */
export type TypedValue = string | readonly string[]

/** A value as its input begins with. */
export function typedOf(field: Pick<OwnField, 'type' | 'currency'>, value: OwnValue | undefined): TypedValue {
  if (field.type === 'choices') return Array.isArray(value) ? value : []
  if (value === undefined || Array.isArray(value)) return ''
  if (typeof value === 'object') return typedAmount(value.minor, value.currency)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** What is wrong with what was typed. */
export type ValueFault = 'numberWrong' | 'amountWrong'

/** Reads what was typed: the value, null for nothing, or what is wrong. The server looks again. */
export function valueFrom(
  field: Pick<OwnField, 'type' | 'currency'>,
  typed: TypedValue,
): { readonly value: OwnValue | null } | { readonly fault: ValueFault } {
  if (typeof typed !== 'string') return { value: typed.length === 0 ? null : [...typed] }
  const text = typed.trim()
  if (text === '') return { value: null }
  switch (field.type) {
    case 'number': {
      const number = readNumber(text)
      return number === undefined ? { fault: 'numberWrong' } : { value: number }
    }
    case 'money': {
      const currency = field.currency ?? 'USD'
      const minor = minorUnits(text.replace(/^-/, ''), currency)
      return minor === undefined ? { fault: 'amountWrong' } : { value: { minor: text.startsWith('-') ? `-${minor}` : minor, currency } }
    }
    case 'yes_no':
      return { value: text === 'yes' }
    default:
      return { value: text }
  }
}

/** `12.5`, `12,5`, `1,200.5` and `1.200,5`: the last of two different separators parts the decimals; one that stands alone does so too, unless it parts thousands again and again. */
function readNumber(text: string): number | undefined {
  const plain = text.replace(/[\s\u00a0\u202f'’]/g, '').replace('−', '-')
  if (!/^-?\d[\d.,]*$/.test(plain)) return undefined
  const [dot, comma] = [plain.lastIndexOf('.'), plain.lastIndexOf(',')]
  const decimal = dot > comma ? '.' : ','
  const once = plain.split(decimal).length === 2
  const [whole = '', part = ''] = once ? plain.split(decimal) : [plain]
  const number = Number(`${whole.replace(/[.,]/g, '')}.${part || '0'}`)
  return Number.isFinite(number) ? number : undefined
}

/** The words that a value needs, given by the screen. */
export type ValueWords = { readonly yes: string; readonly no: string; readonly somebody: string; readonly nothing: string }

/** A value in one line, as people read it. */
export function shownValue(
  field: Pick<OwnField, 'type' | 'choices'>,
  value: unknown,
  around: {
    readonly formats: Formats
    readonly words: ValueWords
    readonly members: readonly { readonly id: string; readonly name: string }[]
  },
): string {
  const { formats, words, members } = around
  if (value === null || value === undefined) return words.nothing
  const choice = (key: unknown) => field.choices.find((one) => one.key === key)?.label ?? String(key)
  switch (field.type) {
    case 'number':
      return formats.number(Number(value))
    case 'money':
      return isMoney(value) ? formats.money(value, { short: true }) : words.nothing
    case 'date':
      return formats.plainDate(String(value))
    case 'choice':
      return choice(value)
    case 'choices':
      return Array.isArray(value) ? formats.list(value.map(choice)) : words.nothing
    case 'person':
      return members.find(({ id }) => id === value)?.name ?? words.somebody
    case 'yes_no':
      return value === true ? words.yes : words.no
    case 'link':
      return String(value)
        .replace(/^https?:\/\/(www\.)?/, '')
        .replace(/\/$/, '')
    case 'text':
      return String(value)
  }
}

const isMoney = (value: unknown): value is { minor: string; currency: string } =>
  typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
