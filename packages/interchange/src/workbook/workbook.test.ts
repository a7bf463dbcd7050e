import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileUnreadable } from '../refusal.ts'
import { cellFormat, numberText } from './cell-formats.ts'
import { bytesInHand } from './file-bytes.ts'
import { openSheet, type SheetFormat } from './open-sheet.ts'
import { openWorkbook } from './open-workbook.ts'
import { type WorkbookCell, writeWorkbook } from './write-workbook.ts'
import { workbookParts, zipParts } from './zip-parts.fixture.ts'

const open = async (bytes: Uint8Array, format?: SheetFormat) => openSheet(await openWorkbook(bytesInHand(bytes)), format)
async function readCells(bytes: Uint8Array, format?: SheetFormat) {
  const table = await open(bytes, format)
  const rows = (await Array.fromAsync(table.rows)).flat()
  return {
    header: table.header,
    rows: rows.map((row) => (row.kind === 'row' ? row.cells : `${row.line} ${row.problem.code}`)),
    lines: rows.map(({ line }) => line),
  }
}
const codeOf = (bytes: Uint8Array, format?: SheetFormat) =>
  readCells(bytes, format).then(
    () => 'read',
    (error: unknown) => (error instanceof FileUnreadable ? error.code : error),
  )

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const row = (...cells: readonly string[]) => `<row>${cells.join('')}</row>`
const sheetOf = (...rows: readonly string[]) => `<sheetData>${rows.join('')}</sheetData>`
const people = sheetOf(row(text('Name'), text('Email')), row(text('Ann'), text('a@b.co')))

describe('a workbook is refused with a reason', () => {
  it.each<[string, Uint8Array, string]>([
    ['no ZIP file', Buffer.from('Name,Email\n'), 'not_a_workbook'],
    ['a ZIP file with something else', zipParts({ 'a.txt': 'x' }), 'not_a_workbook'],
    ['nothing but a chart', zipParts({ ...workbookParts({}) }), 'no_such_sheet'],
    ['an empty sheet', zipParts(workbookParts({ A: sheetOf() })), 'empty_file'],
    ['a password', zipParts(workbookParts({ A: people }), () => ({ flags: 1 })), 'workbook_encrypted'],
    [
      'a part that is larger than it says',
      zipParts(workbookParts({ A: people }), (name, size) => (name.includes('sheet1') ? { size: size - 1 } : {})),
      'workbook_damaged',
    ],
    ['a sheet that ends too soon', zipParts(workbookParts({ A: '<sheetData><row><c' })), 'workbook_damaged'],
    [
      'entities that a document defines itself',
      zipParts({ ...workbookParts({ A: people }), 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>' }),
      'workbook_damaged',
    ],
  ])('%s', async (_what, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })

  it('a sheet that is not there', async () => {
    expect(await codeOf(zipParts(workbookParts({ A: people })), { sheet: 'B' })).toBe('no_such_sheet')
  })

  it('a bomb, without unpacking more than may be', async () => {
    const bomb = `<sst><si><t>${' '.repeat(200_000_000)}`
    const bytes = zipParts({ ...workbookParts({ A: people }), 'xl/sharedStrings.xml': bomb })
    expect(bytes.length).toBeLessThan(300_000)
    expect(await codeOf(bytes)).toBe('workbook_damaged')
  })

  it('any damage, and nothing else', async () => {
    const good = zipParts(workbookParts({ A: people }, { strings: '<si><t>x</t></si>' }))
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.nat({ max: good.length }),
        async (at, byte, length) => {
          const bytes = Buffer.from(good.subarray(0, length < good.length / 2 ? length : good.length))
          bytes[at % Math.max(1, bytes.length)] = byte
          expect(await codeOf(bytes)).toBeTypeOf('string')
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a workbook is read as a spreadsheet shows it', () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-409]d&quot; of &quot;mmm yyyy;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs>'

  it('with shared, rich and spelled texts, numbers, days, formulas, errors and gaps', async () => {
    const strings =
      '<si><t>Name</t></si><si><r><t xml:space="preserve">Ann </t></r><r><rPr><b/></rPr><t>Lee &amp; Co_x000D_</t></r><rPh><t>アン</t></rPh></si><si><t/></si>'
    const cells = [
      '<c r="A2" t="s"><v>1</v></c>',
      '<c r="C2" s="1"><v>29358</v></c>',
      '<c r="D2" s="2"><v>4101</v></c>',
      '<c r="E2"><v>2.125550123E9</v></c>',
      '<c r="F2" t="str"><f>A1&amp;"x"</f><v>Namex</v></c>',
      '<c r="G2" t="e"><v>#N/A</v></c>',
      '<c r="H2" t="b"><v>1</v></c>',
      '<c r="I2" s="3"><v>29358</v></c>',
      '<c r="J2" s="4"><v>29358.5</v></c>',
      '<c r="K2"><v>0.30000000000000004</v></c>',
    ]
    const head = Array.from({ length: 11 }, (_, index) =>
      index === 0
        ? '<c r="A1" t="s"><v>0</v></c>'
        : `<c r="${String.fromCharCode(65 + index)}1" t="inlineStr"><is><t>H${index}</t></is></c>`,
    )
    const bytes = zipParts(
      workbookParts(
        {
          A: `<sheetData><row r="1">${head.join('')}</row><row r="2">${cells.join('')}</row><row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5"><v>1</v></c></row></sheetData>`,
        },
        { strings, styles },
      ),
    )
    const { rows, lines } = await readCells(bytes)
    expect(rows[0]).toEqual([
      'Ann Lee & Co\r',
      '',
      '1980-05-17',
      '04101',
      '2125550123',
      'Namex',
      '',
      'TRUE',
      '1980-05-17',
      '1980-05-17T12:00:00',
      '0.3',
    ])
    expect(rows[1]?.slice(0, 2)).toEqual(['', '1'])
    expect(lines).toEqual([2, 5])
  })

  it('counting days from 1904 where the workbook does', async () => {
    const parts = workbookParts(
      { A: sheetOf(row(text('Name'), text('Birthday')), row(text('Ann'), '<c s="1"><v>27896</v></c>')) },
      { styles, properties: '<workbookPr date1904="1"/>' },
    )
    expect((await readCells(zipParts(parts))).rows).toEqual([['Ann', '1980-05-17']])
  })

  it('the first sheet that can be seen, or the one that is asked for', async () => {
    const other = sheetOf(row(text('Name'), text('City')), row(text('Bob'), text('Rome')))
    const bytes = zipParts(workbookParts({ Hidden: other, People: people }, { states: { Hidden: 'hidden' } }))
    expect((await openWorkbook(bytesInHand(bytes))).sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['Hidden', true],
      ['People', false],
    ])
    expect((await readCells(bytes)).rows).toEqual([['Ann', 'a@b.co']])
    expect((await readCells(bytes, { sheet: 'Hidden' })).rows).toEqual([['Bob', 'Rome']])
  })

  it('behind its titles, and without a header where there is none', async () => {
    const titled = sheetOf(
      row(text('Our contacts')),
      row(text('of 2026')),
      row(text('Name'), text('Email'), text('City')),
      row(text('Ann'), text('a@b.co'), text('Rome')),
      row(text('Bob'), text('b@b.co'), text('Oslo')),
    )
    const read = await readCells(zipParts(workbookParts({ A: titled })))
    expect(read).toEqual({
      header: ['Name', 'Email', 'City'],
      rows: [
        ['Ann', 'a@b.co', 'Rome'],
        ['Bob', 'b@b.co', 'Oslo'],
      ],
      lines: [4, 5],
    })
    const bare = sheetOf(row(text('Ann'), text('a@b.co')), row(text('Bob'), text('b@b.co')))
    expect((await readCells(zipParts(workbookParts({ A: bare })))).header).toBeNull()
  })

  it('with names merged over several columns', async () => {
    const merged = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Address</t></is></c></row><row r="2"><c r="B2" t="inlineStr"><is><t>Street</t></is></c><c r="C2" t="inlineStr"><is><t>City</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Ann</t></is></c><c r="B3" t="inlineStr"><is><t>12 Main St</t></is></c><c r="C3" t="inlineStr"><is><t>Rome</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>`
    const read = await readCells(zipParts(workbookParts({ A: merged })), { header: true })
    expect(read).toEqual({ header: ['Name', 'Address Street', 'Address City'], rows: [['Ann', '12 Main St', 'Rome']], lines: [3] })
  })
})

it.each<[number, string | undefined, string, string]>([
  [14, undefined, '1', '1900-01-01'],
  [14, undefined, '59', '1900-02-28'],
  [14, undefined, '61', '1900-03-01'],
  [20, undefined, '0.5', '12:00:00'],
  [165, '[h]:mm', '1.25', '1900-01-01T06:00:00'],
  [165, '"day" 0', '5', '5'],
  [165, '[Red]0.00', '5', '5'],
  [165, 'General', '1e21', '1e+21'],
  [165, '#,##0.00 "s"', '12.5', '12.5'],
  [14, undefined, '99999999', '99999999'],
])('format %s %s shows %s as %s', (id, code, value, expected) => {
  expect(numberText(value, cellFormat(id, code), false)).toBe(expected)
})

it('reads what it wrote, whatever stands in the cells', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1+1', ' a ', 'x\r\ny', '_x0041_', '<a & "b">', '\u0000'),
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.boolean(),
    fc.integer({ min: 0, max: 40_000 }).map((days) => ({ day: Temporal.PlainDate.from('1900-03-01').add({ days }).toString() })),
  )
  const shown = (value: WorkbookCell) =>
    typeof value === 'object'
      ? (value?.day ?? '')
      : typeof value === 'boolean'
        ? String(value).toUpperCase()
        : String(value ?? '').replace(/\r\n?/g, '\n')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
      const header = ['Name', 'Note', 'Email']
      const bytes = Buffer.concat(await Array.fromAsync(writeWorkbook({ header, rows })))
      const read = await readCells(bytes, { header: true, skipRows: 0 })
      expect(read.header).toEqual(header)
      expect(read.rows).toEqual(rows.map((each) => each.map(shown)).filter((each) => each.some((value) => value !== '')))
    }),
    { numRuns: 60 },
  )
})
