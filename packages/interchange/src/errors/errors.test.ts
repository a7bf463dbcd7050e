import { describe, expect, it } from 'vitest'
import { plainDialect } from '../delimited/dialect.ts'
import { isRow, openDelimited, splitWhole } from '../delimited/open-delimited.ts'
import { bytesInHand } from '../workbook/file-bytes.ts'
import { openSheet } from '../workbook/open-sheet.ts'
import { openWorkbook } from '../workbook/open-workbook.ts'
import { sayBroken, sayProblem } from './problem-sentences.ts'
import { type RowInError, writeErrorCards, writeErrors, writeErrorWorkbook } from './write-errors.ts'

const dialect = { ...plainDialect, delimiter: ';', lineEnd: '\n' } as const
const text = 'Name;Note\nAnn;"two\nlines; and ""more"""\n"Bob;x\nCy;a;b\nDana;x\n'
const [, ...rows] = splitWhole(text, dialect)
const errors: readonly RowInError[] = rows
  .filter((row) => row.kind === 'broken' || row.line < 5)
  .map((row) => ({
    row,
    reasons: [
      row.kind === 'broken'
        ? sayBroken(row.problem, 'en')
        : sayProblem({ code: 'not_a_phone', column: 1, value: 'x' }, ['Name', 'Note'], 'en'),
    ],
  }))
const table = { header: ['Name', 'Note'], width: 2, reason: 'Reason' }

describe('a file of errors is in the format of the file they come from', () => {
  it('delimited, with the reason before each row, and every row in its columns', async () => {
    const bytes = await Array.fromAsync(writeErrors(errors, table, { dialect, encoding: 'windows-1252' }))
    const read = await openDelimited(bytes, { encoding: 'windows-1252', dialect: { ...dialect, ragged: true } })
    expect(read.header).toEqual(['Reason', 'Name', 'Note'])
    expect(
      (await Array.fromAsync(read.rows))
        .flat()
        .filter(isRow)
        .map(({ cells }) => cells),
    ).toEqual([
      ['Note: “x” is not a telephone number that can be dialled.', 'Ann', 'two\nlines; and "more"'],
      ['A quotation mark is opened and never closed.', '"Bob', 'x'],
      ['The row has 3 cells, but there are 2 columns.', 'Cy;a;b', ''],
    ])
  })

  it('a workbook', async () => {
    const book = await openWorkbook(bytesInHand(Buffer.concat(await Array.fromAsync(writeErrorWorkbook(errors, table, 'Errors')))))
    const { header, rows: read } = await openSheet(book, { header: true, skipRows: 0 })
    expect(header).toEqual(['Reason', 'Name', 'Note'])
    expect((await Array.fromAsync(read)).flat().filter(isRow)).toHaveLength(3)
  })

  it('cards, which end where they did not, and hold what stood outside of any', async () => {
    const cards = [
      { raw: 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n', reasons: ['TEL: “x; y” is no number.'] },
      { raw: 'BEGIN:VCARD\r\nFN:Bob\r\n', reasons: ['The card begins and does not end.'] },
      { raw: 'hello', reasons: ['This text stands outside of any card.'] },
    ]
    expect(
      Buffer.concat(await Array.fromAsync(writeErrorCards(cards)))
        .toString()
        .split('\r\n'),
    ).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'X-FRONTDESK-PROBLEM:TEL: “x\\; y” is no number.',
      'FN:Ann',
      'END:VCARD',
      'BEGIN:VCARD',
      'X-FRONTDESK-PROBLEM:The card begins and does not end.',
      'FN:Bob',
      'END:VCARD',
      'BEGIN:VCARD',
      'VERSION:3.0',
      'X-FRONTDESK-PROBLEM:This text stands outside of any card.',
      'NOTE:hello',
      'END:VCARD',
      '',
    ])
  })
})

it.each([
  ['en', 'Phone: “x” is not a telephone number that can be dialled.'],
  ['es', 'Phone: «x» no es un número de teléfono que se pueda marcar.'],
  ['fr', 'Phone\u202f: «\u202fx\u202f» n’est pas un numéro de téléphone que l’on puisse composer.'],
] as const)('says what is wrong with a cell in %s', (language, sentence) => {
  expect(sayProblem({ code: 'not_a_phone', column: 0, value: 'x' }, ['Phone'], language)).toBe(sentence)
})
