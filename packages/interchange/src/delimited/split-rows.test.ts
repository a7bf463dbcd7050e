import { describe, expect, it } from 'vitest'
import type { ReadRow } from '../rows.ts'
import { type Dialect, plainDialect } from './dialect.ts'
import { splitWhole } from './open-delimited.ts'
import { RowSplitter } from './split-rows.ts'

const read = (text: string, dialect: Partial<Dialect> = {}) => splitWhole(text, { ...plainDialect, ...dialect })
const cellsOf = (rows: readonly ReadRow[]) =>
  rows.map((row) => (row.kind === 'row' ? row.cells : `${row.line} ${row.problem.code}: ${row.raw}`))

describe('a broken row is told and never takes a good one with it', () => {
  it.each([
    ['text after a closing quote', 'a,b\n"Ann"x,1\nBob,2\n', [['a', 'b'], '2 text_after_quote: "Ann"x,1', ['Bob', '2']]],
    ['a quote that is never closed', 'a,b\n"Ann,1\nBob,2\nCy,3\n', [['a', 'b'], '2 quote_not_closed: "Ann,1', ['Bob', '2'], ['Cy', '3']]],
    ['a quote that the next quoted row closes', 'a,b\n"Ann,1\n"Bob",2\n', [['a', 'b'], '2 text_after_quote: "Ann,1', ['Bob', '2']]],
    [
      'a quote that swallows a row and happens to close',
      'a,b,c\n"Ann,1,5\nBob,"",x\n",2\n',
      [['a', 'b', 'c'], '2 too_few_cells: "Ann,1,5', ['Bob', '', 'x'], '4 quote_not_closed: ",2'],
    ],
    ['an unquoted delimiter', 'a,b\nMiller, Ann,1\nBob,2\n', [['a', 'b'], '2 too_many_cells: Miller, Ann,1', ['Bob', '2']]],
    ['a missing cell', 'a,b\nAnn\nBob,2\n', [['a', 'b'], '2 too_few_cells: Ann', ['Bob', '2']]],
    [
      'a lost opening quote, with the line break behind it',
      'a,b\nAnn\nLee",1\nBob,2\n',
      [['a', 'b'], '2 too_few_cells: Ann', ['Lee"', '1'], ['Bob', '2']],
    ],
  ])('%s', (_what, text, expected) => {
    expect(cellsOf(read(text))).toEqual(expected)
  })

  it('tells lines inside of a broken cell as one row, and two broken rows as two', () => {
    expect(cellsOf(read('a,b\n"one "two" three\nfour\nfive",1\nBob,2\nx\ny\n'))).toEqual([
      ['a', 'b'],
      '2 text_after_quote: "one "two" three',
      '3 too_few_cells: four',
      ['five"', '1'],
      ['Bob', '2'],
      '6 too_few_cells: x',
      '7 too_few_cells: y',
    ])
  })

  it('tells rows that break each other one by one', () => {
    expect(cellsOf(read('a,b\n"w,1\n"x,2\n"y,3\nz,4\n'))).toEqual([
      ['a', 'b'],
      '2 text_after_quote: "w,1',
      '3 text_after_quote: "x,2',
      '4 quote_not_closed: "y,3',
      ['z', '4'],
    ])
  })

  it('tells a row longer than may be, in a file of one line too', () => {
    const splitter = new RowSplitter(plainDialect, { rowChars: 100, rawChars: 10 })
    const rows = [
      ...splitter.push('a,b\n'),
      ...splitter.push(`${'x'.repeat(90)},`),
      ...splitter.push('y'.repeat(500)),
      ...splitter.push('z\nAnn,1'),
      ...splitter.end(),
    ]
    expect(cellsOf(rows)).toEqual([['a', 'b'], '2 row_too_long: xxxxxxxxxx', ['Ann', '1']])
    expect(rows.at(-1)?.line).toBe(3)
  })

  it('gives a quote that stays open for longer than a row may be its own line only', () => {
    const splitter = new RowSplitter(plainDialect, { rowChars: 50 })
    const rows = [...splitter.push(`a,b\n"Ann,1\n${'Bob,2\n'.repeat(20)}`), ...splitter.end()]
    expect(rows.filter((row) => row.kind === 'broken')).toEqual([
      { kind: 'broken', line: 2, raw: '"Ann,1', problem: { code: 'row_too_long', most: 50 } },
    ])
    expect(rows).toHaveLength(22)
  })
})

describe('RFC 4180', () => {
  it.each([
    [
      '2.1 lines end in CRLF',
      'aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '2.2 the last line may end with the file',
      'aaa,bbb,ccc\r\nzzz,yyy,xxx',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '2.5 cells may be quoted',
      '"aaa","bbb","ccc"\r\nzzz,yyy,xxx',
      [
        ['aaa', 'bbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    [
      '2.6 quoted cells hold line breaks',
      '"aaa","b\r\nbb","ccc"\r\nzzz,yyy,xxx',
      [
        ['aaa', 'b\r\nbb', 'ccc'],
        ['zzz', 'yyy', 'xxx'],
      ],
    ],
    ['2.7 a quote is written twice', '"aaa","b""bb","ccc"', [['aaa', 'b"bb', 'ccc']]],
  ])('%s', (_what, text, expected) => {
    expect(cellsOf(read(text))).toEqual(expected)
  })
})

describe('files as programs write them', () => {
  it.each<[string, string, Partial<Dialect>, unknown]>([
    [
      'semicolons with a decimal comma',
      'n;v\nAnn;1,5\n',
      { delimiter: ';' },
      [
        ['n', 'v'],
        ['Ann', '1,5'],
      ],
    ],
    [
      'line ends of old Macs',
      'a,b\r"x\ry",2\r',
      { lineEnd: '\r' },
      [
        ['a', 'b'],
        ['x\ry', '2'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\r\nx,1\ny,2\r\n',
      {},
      [
        ['a', 'b'],
        ['x', '1'],
        ['y', '2'],
      ],
    ],
    [
      'apostrophes as quotes',
      "a,b\n'x, y','it''s'\n",
      { quote: "'" },
      [
        ['a', 'b'],
        ['x, y', "it's"],
      ],
    ],
    [
      'backslashes before quotes',
      'a,b\n"5\\" \\\\",2\n',
      { escape: 'backslash' },
      [
        ['a', 'b'],
        ['5" \\', '2'],
      ],
    ],
    [
      'blanks around quotes',
      'a, b\n"x" , "y, z"\n',
      { blanksAroundQuotes: true },
      [
        ['a', ' b'],
        ['x', 'y, z'],
      ],
    ],
    [
      'a quote inside of an unquoted cell',
      'a,b\n5" pipe,2\n',
      {},
      [
        ['a', 'b'],
        ['5" pipe', '2'],
      ],
    ],
    [
      'no quotes at all',
      'a,b\n"x,2\n',
      { quote: '' },
      [
        ['a', 'b'],
        ['"x', '2'],
      ],
    ],
    [
      'delimiters at the end of rows',
      'a,b\nx,1,,\n',
      {},
      [
        ['a', 'b'],
        ['x', '1'],
      ],
    ],
    [
      'short rows where they are usual',
      'a,b,c\nx\n',
      { ragged: true },
      [
        ['a', 'b', 'c'],
        ['x', '', ''],
      ],
    ],
    ['columns that the header does not name', 'a\nx,1\ny\n', { width: 2 }, [['a', ''], ['x', '1'], '3 too_few_cells: y']],
    [
      'blank lines',
      'a,b\n\n  \nx,1\n\n',
      {},
      [
        ['a', 'b'],
        ['x', '1'],
      ],
    ],
    [
      'lines before the header',
      'sep=,\nContacts\na,b\nx,1',
      { skipLines: 2 },
      [
        ['a', 'b'],
        ['x', '1'],
      ],
    ],
  ])('%s', (_what, text, dialect, expected) => {
    expect(cellsOf(read(text, dialect))).toEqual(expected)
  })

  it('counts lines over line breaks in cells, blank lines and lines before the header', () => {
    const rows = read('Title\na,b\n"x\ny",1\n\nz,2\n', { skipLines: 1 })
    expect(rows.map(({ line, raw }) => [line, raw])).toEqual([
      [2, 'a,b'],
      [3, '"x\ny",1'],
      [6, 'z,2'],
    ])
  })
})
