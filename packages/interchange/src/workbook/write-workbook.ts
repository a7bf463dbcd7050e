import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { Day } from '../cells/read-dates.ts'

/** What a cell of a workbook may hold. A text is always a text: no formula can come of it. */
export type WorkbookCell = string | number | boolean | { readonly day: Day } | null | undefined

/** What is written. */
export type WorkbookWriting = {
  readonly header: readonly string[]
  readonly rows: AsyncIterable<readonly WorkbookCell[]> | Iterable<readonly WorkbookCell[]>
  /** The name of the sheet; a second one is begun where the first is full. */
  readonly sheet?: string
}

/** The last row of a sheet (Excel's own limit), and the most characters of a cell. */
const mostRows = 1_048_576
const mostChars = 32_767
const pieceChars = 65_536
const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Writes an Excel workbook, piece by piece: the header in bold and kept in sight, texts in place rather than shared, so that memory stays flat. */
export async function* writeWorkbook({ header, rows, sheet = 'Sheet' }: WorkbookWriting): AsyncGenerator<Uint8Array> {
  const zip = new ZipWriter()
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
  const names: string[] = []
  const state = { done: false }
  while (!state.done) {
    names.push(names.length === 0 ? sheet : `${sheet} ${names.length + 1}`)
    yield* zip.part(`xl/worksheets/sheet${names.length}.xml`, sheetXml(header, source, state))
  }
  yield* zip.part('xl/styles.xml', stylesXml())
  yield* zip.part('xl/workbook.xml', workbookXml(names))
  yield* zip.part(
    'xl/_rels/workbook.xml.rels',
    relationsXml([...names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const), ['styles', 'styles.xml']]),
  )
  yield* zip.part('_rels/.rels', relationsXml([['officeDocument', 'xl/workbook.xml']]))
  yield* zip.part('[Content_Types].xml', typesXml(names.length))
  yield zip.end()
}

type Rows = AsyncIterator<readonly WorkbookCell[]> | Iterator<readonly WorkbookCell[]>

async function* sheetXml(header: readonly string[], rows: Rows, state: { done: boolean }): AsyncGenerator<string> {
  let waiting = `${head}<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${rowXml(header, 1, 1)}`
  for (let line = 2; line <= mostRows; line += 1) {
    const next = await rows.next()
    if (next.done) {
      state.done = true
      break
    }
    waiting += rowXml(next.value, line, 0)
    if (waiting.length < pieceChars) continue
    yield waiting
    waiting = ''
  }
  yield `${waiting}</sheetData></worksheet>`
}

const rowXml = (cells: readonly WorkbookCell[], line: number, style: number): string =>
  `<row r="${line}">${cells.map((cell, column) => cellXml(cell, `${lettersOf(column)}${line}`, style)).join('')}</row>`

function cellXml(cell: WorkbookCell, place: string, style: number): string {
  if (cell === null || cell === undefined || cell === '') return ''
  const styled = style === 0 ? '' : ` s="${style}"`
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${place}"${styled}><v>${cell}</v></c>` : ''
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"${styled}><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'object') {
    const serial = serialOf(cell.day)
    return serial === undefined ? cellXml(cell.day, place, style) : `<c r="${place}" s="2"><v>${serial}</v></c>`
  }
  return `<c r="${place}" t="inlineStr"${styled}><is><t xml:space="preserve">${textXml(cell.slice(0, mostChars))}</t></is></c>`
}

/** The number of a day; undefined for days without a year and before March 1900, where Excel's calendar is wrong. */
function serialOf(day: Day): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < '1900-03-01') return undefined
  return Temporal.PlainDate.from('1899-12-30').until(day, { largestUnit: 'days' }).days
}

/** A, B … Z, AA: the letters of a column. */
function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML 1.0 does not allow, and what it would change. */
const forbidden = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu

function textXml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(forbidden, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (char) => entities[char] ?? char)
}

/** Excel repairs a workbook, with a warning, that lacks any of these. Styles: 0 plain, 1 bold, 2 a day. */
const stylesXml = () => {
  const font = '<sz val="11"/><name val="Calibri"/>'
  const plain = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
  return [
    `${head}<styleSheet xmlns="${spreadsheet}">`,
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
    `<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>`,
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    `<cellStyleXfs count="1"><xf ${plain}/></cellStyleXfs>`,
    `<cellXfs count="3"><xf ${plain} xfId="0"/><xf ${plain.replace('fontId="0"', 'fontId="1"')} xfId="0" applyFont="1"/>`,
    `<xf ${plain.replace('numFmtId="0"', 'numFmtId="164"')} xfId="0" applyNumberFormat="1"/></cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join('')
}

const workbookXml = (names: readonly string[]) =>
  `${head}<workbook xmlns="${spreadsheet}" xmlns:r="${relationships}"><sheets>${names.map((name, index) => `<sheet name="${textXml(sheetName(name))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`

/** Excel refuses some characters in the name of a sheet, and more than 31. */
const sheetName = (name: string) => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) || 'Sheet'

const relationsXml = (targets: readonly (readonly [string, string])[]) =>
  `${head}<Relationships xmlns="${packages}/relationships">${targets.map(([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${relationships}/${kind}" Target="${target}"/>`).join('')}</Relationships>`

const typesXml = (sheets: number) =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kinds}.styles+xml"/>${Array.from({ length: sheets }, (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${kinds}.worksheet+xml"/>`).join('')}</Types>`

/** Writes ZIP parts whose size is known only at their end (APPNOTE 4.3.9), below 4 GB. */
class ZipWriter {
  readonly #directory: Buffer[] = []
  #count = 0
  #at = 0

  async *part(name: string, content: AsyncIterable<string> | string): AsyncGenerator<Uint8Array> {
    const path = Buffer.from(name)
    const place = this.#at
    const begin = Buffer.concat([
      numbers([0x04034b50, 4], [20, 2], [0x0808, 2], [8, 2], [0, 2], [0x21, 2], [0, 4], [0, 4], [0, 4], [path.length, 2], [0, 2]),
      path,
    ])
    yield this.#sent(begin)
    let crc = 0
    let size = 0
    async function* bytes() {
      for await (const text of typeof content === 'string' ? [content] : content) {
        const piece = Buffer.from(text)
        crc = crc32(piece, crc)
        size += piece.length
        yield piece
      }
    }
    const source = Readable.from(bytes())
    const deflate = createDeflateRaw()
    source.once('error', (error) => deflate.destroy(error))
    let packed = 0
    try {
      for await (const piece of source.pipe(deflate)) {
        packed += piece.length
        yield this.#sent(piece)
      }
    } finally {
      source.destroy()
      deflate.destroy()
    }
    if (this.#at > 0xffffffff || size > 0xffffffff) throw new RangeError('A workbook cannot be larger than 4 GB.')
    const sizes = numbers([crc, 4], [packed, 4], [size, 4])
    yield this.#sent(Buffer.concat([numbers([0x08074b50, 4]), sizes]))
    this.#count += 1
    this.#directory.push(
      numbers([0x02014b50, 4], [20, 2], [20, 2], [0x0808, 2], [8, 2], [0, 2], [0x21, 2]),
      sizes,
      numbers([path.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [place, 4]),
      path,
    )
  }

  end(): Uint8Array {
    const list = Buffer.concat(this.#directory)
    return Buffer.concat([
      list,
      numbers([0x06054b50, 4], [0, 2], [0, 2], [this.#count, 2], [this.#count, 2], [list.length, 4], [this.#at, 4], [0, 2]),
    ])
  }

  #sent(bytes: Buffer): Buffer {
    this.#at += bytes.length
    return bytes
  }
}

/** Numbers in little-endian order, each with its length in bytes. */
function numbers(...list: readonly (readonly [number, 2 | 4])[]): Buffer {
  const bytes = Buffer.alloc(list.reduce((sum, [, length]) => sum + length, 0))
  let at = 0
  for (const [value, length] of list) {
    bytes.writeUIntLE(value, at, length)
    at += length
  }
  return bytes
}
