import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'
import { detectEncoding, surveyEncoding } from './detect-encoding.ts'
import { byteOrderMark, encodeText } from './encode-text.ts'
import type { Encoding } from './encodings.ts'

const text = 'Nom;Prénom;Ville\r\nLefèvre;Zoé;Besançon\r\nMuñoz;José;A Coruña\r\nMüller;Jörg;Köln\r\nGarçon;Hélène;Nîmes\r\n'

describe('the encoding of a list', () => {
  it.each<[Encoding, string]>([
    ['utf-8', 'valid_utf8'],
    ['utf-16le', 'zero_bytes'],
    ['utf-16be', 'zero_bytes'],
    ['windows-1252', 'not_utf8'],
    ['macintosh', 'not_utf8'],
  ])('is found without a mark: %s', (encoding, reason) => {
    const { value, reasons } = detectEncoding(encodeText(text, encoding))
    expect([value, reasons[0]?.code]).toEqual([encoding, reason])
  })

  it.each<Encoding>(['utf-8', 'utf-16le', 'utf-16be'])('is known by its mark, which is no part of the text: %s', async (encoding) => {
    const bytes = Buffer.concat([byteOrderMark(encoding), encodeText('日本,x', encoding)])
    expect(detectEncoding(bytes)).toEqual({ value: encoding, confidence: 1, reasons: [{ code: 'byte_order_mark' }] })
    expect((await Array.fromAsync(decodeText([bytes], encoding))).join('')).toBe('日本,x')
  })

  it('is told by the whole file where its head is plain ASCII', () => {
    const survey = surveyEncoding()
    survey.take(Buffer.from('a,b\n'.repeat(100_000)))
    expect(survey.guess()).toMatchObject({ value: 'utf-8', reasons: [{ code: 'only_ascii' }] })
    survey.take(encodeText('Zoë,Lefèvre\n', 'windows-1252'))
    expect(survey.guess().value).toBe('windows-1252')
  })

  it('does not take a character that two pieces share for a wrong one', async () => {
    const bytes = encodeText('é😀日', 'utf-8')
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte))
    const survey = surveyEncoding()
    for (const piece of pieces) survey.take(piece)
    expect(survey.guess()).toMatchObject({ value: 'utf-8', confidence: 0.99 })
    expect((await Array.fromAsync(decodeText(pieces, 'utf-8'))).join('')).toBe('é😀日')
  })

  it('prefers Windows-1252 where little speaks for a Mac', () => {
    expect(detectEncoding(Buffer.from([0x63, 0x61, 0x66, 0x8e])).value).toBe('windows-1252')
  })
})

it.each<Encoding>(['windows-1252', 'macintosh'])('writes in %s what it has, and the nearest of what it has not', async (encoding) => {
  const bytes = encodeText('“Œuvre” – 5 €\u202f! Ő 日', encoding)
  expect((await Array.fromAsync(decodeText([bytes], encoding))).join('')).toBe('“Œuvre” – 5 € ! O ?')
})
