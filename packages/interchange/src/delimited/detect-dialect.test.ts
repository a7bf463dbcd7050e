import { describe, expect, it } from 'vitest'
import { detectFormat } from '../detect-format.ts'
import { detectDialect } from './detect-dialect.ts'
import type { Dialect } from './dialect.ts'

describe('how the rows of a file are written', () => {
  it.each<[string, string, Partial<Dialect>, readonly string[]]>([
    [
      'semicolons, with commas in numbers',
      'Name;Amount;City\nAnn;1,5;Rome\nBob;2,5;Paris\n',
      { delimiter: ';', header: true },
      ['steady_columns', 'known_names'],
    ],
    ['tabs', 'Name\tEmail\nLee, Ann\ta@b.co\n', { delimiter: '\t', lineEnd: '\n' }, ['steady_columns', 'known_names']],
    ['bars', 'Name|Tags|Mail\nAnn|a,b|a@b.co\nBob|c,d|b@b.co\n', { delimiter: '|' }, ['steady_columns', 'known_names']],
    [
      'a delimiter named by Excel',
      'sep=;\r\nName;Amount\r\nAnn;1,5\r\n',
      { delimiter: ';', skipLines: 1, lineEnd: '\r\n' },
      ['delimiter_is_named', 'known_names'],
    ],
    [
      'titles before the header',
      'Contact list\nExported 2026-01-01\n\nName,Email,Phone\nAnn,a@b.co,212 555 1234\nBob,,\n',
      { skipLines: 3, header: true },
      ['steady_columns', 'lines_before_the_rows', 'known_names'],
    ],
    [
      'a title with empty cells behind it',
      'List,,,\nName,Email,Phone,City\nAnn,a@b.co,212 555 1234,Rome\n',
      { skipLines: 1 },
      ['steady_columns', 'lines_before_the_rows', 'known_names'],
    ],
    ['one column', 'a@b.co\nb@c.co\n', { delimiter: ',', header: false }, ['one_column', 'first_row_holds_data']],
    ['no header', 'Ann,Lee,a@b.co\nBob,Roe,b@b.co\n', { header: false }, ['steady_columns', 'first_row_holds_data']],
    [
      'a header of unknown words over typed columns',
      'Foo,Bar\nAnn,12\nBob,13\n',
      { header: true },
      ['steady_columns', 'unlike_the_rows_below'],
    ],
    ['apostrophes', "'Name','Email'\n'Lee, Ann','a@b.co'\n", { quote: "'" }, ['steady_columns', 'quoted_by_apostrophes', 'known_names']],
    [
      'backslashes',
      '"Name","Note"\n"Ann","said \\"hi\\", left"\n',
      { escape: 'backslash' },
      ['steady_columns', 'quotes_behind_backslashes', 'known_names'],
    ],
    ['blanks around quotes', 'Name, Note\n"Ann", "x, y"\n', { blanksAroundQuotes: true }, ['steady_columns', 'known_names']],
    [
      'line breaks and semicolons in cells',
      '"Name","Note"\r\n"Ann","line\r\nbreak; more"\r\n"Bob","x"\r\n',
      { delimiter: ',', lineEnd: '\r\n' },
      ['steady_columns', 'known_names'],
    ],
    ['line ends of old Macs', 'Name;City\rAnn;Rome\r', { delimiter: ';', lineEnd: '\r' }, ['steady_columns', 'known_names']],
    [
      'short rows as a habit',
      `Name,Email,Note\n${'Ann,a@b.co,x\nBob,b@b.co\n'.repeat(5)}`,
      { ragged: true },
      ['steady_columns', 'short_rows_are_usual', 'known_names'],
    ],
  ])('%s', (_what, text, expected, codes) => {
    const { value, reasons, confidence } = detectDialect(text, { whole: true })
    expect(value).toMatchObject(expected)
    expect(reasons.map(({ code }) => code)).toEqual(codes)
    expect(confidence).toBeGreaterThan(codes[0] === 'one_column' ? 0.4 : 0.6)
  })

  it('counts columns that the header does not name, and rows that are shorter than the header', () => {
    expect(detectDialect('Name,Email\nAnn,a@b.co,x\nBob,b@b.co,y\n', { whole: true }).value).toMatchObject({ width: 3, ragged: false })
    expect(detectDialect('Name,Email,Note\nAnn,a@b.co\nBob,b@b.co\n', { whole: true }).value).toMatchObject({ width: 3, ragged: true })
  })

  it('is not misled by a sample that ends inside of a row', () => {
    const { value } = detectDialect('Name,Email\nAnn,a@b.co\n"Bob; the, ')
    expect(value).toMatchObject({ delimiter: ',', ragged: false })
  })

  it('says so where there is nothing', () => {
    expect(detectDialect('', { whole: true })).toMatchObject({ confidence: 0, reasons: [{ code: 'no_rows' }] })
  })
})

it.each<[string, Uint8Array, string]>([
  ['an empty file', Buffer.from(''), 'unknown'],
  ['a workbook', Buffer.from('PK\u0003\u0004…'), 'workbook'],
  ['a workbook of before 2007', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_workbook'],
  ['a PDF', Buffer.from('%PDF-1.7'), 'document'],
  ['a web page', Buffer.from('<!DOCTYPE html><html>'), 'document'],
  ['cards, with a mark and in groups', Buffer.from('\ufeffBEGIN:VCARD\r\nVERSION:3.0\r\n'), 'vcard'],
  ['cards in UTF-16', Buffer.from('BEGIN:VCARD\r\n', 'utf16le'), 'vcard'],
  ['JSON', Buffer.from('[{"name":"Ann"}]'), 'json'],
  ['bytes of something else', Buffer.from('0001020304050607', 'hex'), 'unknown'],
  ['rows', Buffer.from('Name,Email\n'), 'delimited'],
])('knows %s by its content', (_what, bytes, format) => {
  expect(detectFormat(bytes).value).toBe(format)
})
