import type { CellProblemCode } from '../cells/problem.ts'
import type { Person } from '../people/person.ts'
import type { PersonReading } from '../people/read-person.ts'
import { type Chunks, limits } from '../refusal.ts'
import type { Encoding } from '../text/encodings.ts'
import { type CardLine, cardLines, textOf } from './card-lines.ts'
import { type CardVersion, readProperty, unfold } from './card-properties.ts'
import { personOfCard } from './person-of-card.ts'

/** One property that could not be read. The rest of its card stands. */
export type CardProblem = { readonly code: CellProblemCode; readonly property: string; readonly value: string }

/** One card, as far as it could be read. `skipped` names what it holds beside and is not taken over, such as PHOTO; `raw` is without them. */
export type CardRow =
  | {
      readonly kind: 'person'
      readonly line: number
      readonly raw: string
      readonly person: Person
      readonly problems: readonly CardProblem[]
      readonly skipped: readonly string[]
    }
  | { readonly kind: 'empty'; readonly line: number; readonly raw: string }
  | {
      readonly kind: 'broken'
      readonly line: number
      readonly raw: string
      readonly problem: { readonly code: 'card_not_ended' | 'card_too_long' | 'card_not_begun' }
    }

/** A card with a picture has some thousand lines. */
const mostLines = 200_000
const mostChars = 8 * limits.rowChars
const begins = /^(?:[\w-]+\.)?BEGIN[ \t]*:[ \t]*VCARD[ \t]*$/i
const ends = /^(?:[\w-]+\.)?END[ \t]*:[ \t]*VCARD[ \t]*$/i
const versionLine = /^(?:[\w-]+\.)?VERSION[ \t]*:[ \t]*(2\.1|3\.0|4\.0)/i
const agentLine = /^(?:[\w-]+\.)?AGENT\b[^:]*:[ \t]*$/i

/** Reads a file of vCards, batch by batch. A card that is broken does not stop the next one. It never throws. */
export async function* readCards(chunks: Chunks, encoding: Encoding, reading: PersonReading): AsyncGenerator<readonly CardRow[]> {
  let card: CardLine[] = []
  let inCard = false
  let chars = 0
  let inAgent = 0
  let outside: CardLine[] = []
  for await (const lines of cardLines(chunks, encoding)) {
    const rows: CardRow[] = []
    const broken = (of: readonly CardLine[], code: Extract<CardRow, { kind: 'broken' }>['problem']['code']) => {
      rows.push({ kind: 'broken', line: of[0]?.line ?? 1, raw: rawOf(of, encoding), problem: { code } })
    }
    const tellOutside = () => {
      if (outside.some(({ bytes }) => bytes.trim() !== '')) broken(outside, 'card_not_begun')
      outside = []
    }
    for (const line of lines) {
      const text = line.bytes
      if (begins.test(text)) {
        // In 2.1 the card of an assistant stands within the card.
        if (inCard && agentLine.test(card.at(-1)?.bytes ?? '')) inAgent += 1
        else {
          if (inCard) broken(card, 'card_not_ended')
          tellOutside()
          inCard = true
          inAgent = 0
          card = [line]
          chars = 0
        }
      } else if (!inCard) {
        if (outside.length < 100) outside.push(line)
      } else if (inAgent > 0) {
        if (ends.test(text)) inAgent -= 1
      } else if (ends.test(text)) {
        rows.push(readCard([...card, line], encoding, reading))
        inCard = false
        card = []
      } else if (chars > mostChars || card.length >= mostLines) {
        broken(card.slice(0, 100), 'card_too_long')
        inCard = false
        card = []
        outside = []
      } else {
        chars += text.length
        card.push(line)
      }
    }
    if (rows.length > 0) yield rows
  }
  const left = inCard ? card : outside
  if (left.some(({ bytes }) => bytes.trim() !== '')) {
    yield [
      {
        kind: 'broken',
        line: left[0]?.line ?? 1,
        raw: rawOf(left, encoding),
        problem: { code: inCard ? 'card_not_ended' : 'card_not_begun' },
      },
    ]
  }
}

function readCard(lines: readonly CardLine[], encoding: Encoding, reading: PersonReading): CardRow {
  const version = lines.map(({ bytes }) => versionLine.exec(bytes)?.[1]).find((found): found is CardVersion => found !== undefined) ?? '3.0'
  const { properties, skipped, kept } = unfold(lines.slice(1, -1), version)
  const read = properties.flatMap((text) => readProperty(text) ?? [])
  const { person, problems } = personOfCard(read, { ...reading, version, encoding })
  const line = lines[0]?.line ?? 1
  const raw = rawOf([...lines.slice(0, 1), ...kept, ...lines.slice(-1)], encoding)
  const says = person.name !== '' || person.company !== null || person.emails.length > 0 || person.phones.length > 0 || problems.length > 0
  return says ? { kind: 'person', line, raw, person, problems, skipped } : { kind: 'empty', line, raw }
}

/** The card's own text, without what is too long to keep. */
function rawOf(lines: readonly CardLine[], encoding: Encoding): string {
  let text = ''
  for (const { bytes } of lines) {
    if (text.length + bytes.length > limits.rawChars) break
    text += `${bytes}\r\n`
  }
  return textOf(text, undefined, encoding)
}
