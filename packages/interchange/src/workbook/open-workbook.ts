import { FileUnreadable } from '../refusal.ts'
import { type CellFormat, cellFormat } from './cell-formats.ts'
import type { FileBytes } from './file-bytes.ts'
import { type Part, readParts, unpackPart } from './read-parts.ts'
import { attribute, scanXml, type XmlListener, xmlText } from './scan-xml.ts'

/** One sheet of a workbook. */
export type Sheet = { readonly name: string; readonly hidden: boolean; readonly part: string }

/** A workbook, opened: what its sheets share is in memory, the sheets are not. */
export type Workbook = {
  readonly file: FileBytes
  readonly parts: ReadonlyMap<string, Part>
  readonly sheets: readonly Sheet[]
  readonly texts: readonly string[]
  readonly formats: readonly CellFormat[]
  readonly from1904: boolean
}

/** What is read of a workbook at most. */
export const workbookLimits = {
  /** All texts that cells share, in characters: they are held in memory. */
  sharedChars: 128_000_000,
  smallPartBytes: 64 * 2 ** 20,
  sheetBytes: 8 * 2 ** 30,
} as const

const silent: XmlListener = { open: () => undefined, close: () => undefined, text: () => undefined }

/** Opens an Excel workbook (ECMA-376, both variants). Throws `FileUnreadable`. */
export async function openWorkbook(file: FileBytes): Promise<Workbook> {
  const parts = await readParts(file)
  const root =
    [...(await relationsOf(file, parts, '')).values()].find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  if (!parts.has(root)) throw new FileUnreadable('not_a_workbook', 'This is not an Excel workbook.')
  const relations = await relationsOf(file, parts, root)
  const sheets: Sheet[] = []
  let from1904 = false
  await scanPart(file, parts, root, workbookLimits.smallPartBytes, {
    ...silent,
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const target = relations.get(attribute(attributes, 'r:id') ?? /\bid="([^"]*)"/.exec(attributes)?.[1] ?? '')
      // Charts and macro sheets stand among the sheets.
      if (target?.type.endsWith('/worksheet') && parts.has(target.target)) {
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          hidden: attribute(attributes, 'state') !== undefined && attribute(attributes, 'state') !== 'visible',
          part: target.target,
        })
      }
    },
  })
  if (sheets.length === 0) throw new FileUnreadable('no_such_sheet', 'This workbook has no sheet with cells.')
  const partOf = (kind: string) => [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target
  return {
    file,
    parts,
    sheets,
    from1904,
    texts: await sharedTexts(file, parts, partOf('sharedStrings')),
    formats: await cellFormats(file, parts, partOf('styles')),
  }
}

type Relation = { readonly type: string; readonly target: string }

async function relationsOf(file: FileBytes, parts: ReadonlyMap<string, Part>, of: string): Promise<ReadonlyMap<string, Relation>> {
  const folder = of.includes('/') ? of.slice(0, of.lastIndexOf('/') + 1) : ''
  const found = new Map<string, Relation>()
  await scanPart(file, parts, `${folder}_rels/${of.slice(folder.length)}.rels`, workbookLimits.smallPartBytes, {
    ...silent,
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const target = attribute(attributes, 'Target') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : new URL(target, `file:///${folder}`).pathname.slice(1)
      found.set(attribute(attributes, 'Id') ?? '', {
        type: attribute(attributes, 'Type') ?? '',
        target: decodeURIComponent(path).toLowerCase(),
      })
    },
  })
  return found
}

/** Scans a part to its end; one that is not there has nothing to say. */
async function scanPart(
  file: FileBytes,
  parts: ReadonlyMap<string, Part>,
  name: string,
  most: number,
  listener: XmlListener,
): Promise<void> {
  const part = parts.get(name)
  if (part === undefined) return
  for await (const _ of scanXml(unpackPart(file, part, most), listener));
}

async function sharedTexts(file: FileBytes, parts: ReadonlyMap<string, Part>, name: string | undefined): Promise<readonly string[]> {
  const texts: string[] = []
  let chars = 0
  let text = ''
  let inText = false
  let inReading = 0
  await scanPart(file, parts, name ?? 'xl/sharedstrings.xml', workbookLimits.sheetBytes, {
    open(tag) {
      if (tag === 'si') text = ''
      else if (tag === 't') inText = true
      else if (tag === 'rPh') inReading += 1
    },
    close(tag) {
      if (tag === 't') inText = false
      else if (tag === 'rPh') inReading -= 1
      else if (tag === 'si') {
        chars += text.length + 8
        if (chars > workbookLimits.sharedChars)
          throw new FileUnreadable('workbook_too_large', 'The texts of this workbook are more than is read here.')
        texts.push(text)
      }
    },
    text(raw) {
      // How a name is pronounced stands beside it in Japanese workbooks.
      if (inText && inReading === 0) text += xmlText(raw)
    },
  })
  return texts
}

async function cellFormats(file: FileBytes, parts: ReadonlyMap<string, Part>, name: string | undefined): Promise<readonly CellFormat[]> {
  const codes = new Map<number, string>()
  const ids: number[] = []
  let inCells = false
  await scanPart(file, parts, name ?? 'xl/styles.xml', workbookLimits.smallPartBytes, {
    ...silent,
    open(tag, attributes) {
      if (tag === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '')
      else if (tag === 'cellXfs') inCells = true
      else if (tag === 'xf' && inCells) ids.push(Number(attribute(attributes, 'numFmtId') ?? 0))
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false
    },
  })
  return ids.map((id) => cellFormat(id, codes.get(id)))
}
