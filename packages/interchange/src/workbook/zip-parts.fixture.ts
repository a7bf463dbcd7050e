import { crc32, deflateRawSync } from 'node:zlib'

/** Zips the parts of a workbook as Excel does: sizes known before. `claim` changes what the list says of a part. */
export function zipParts(
  parts: Readonly<Record<string, string | Uint8Array>>,
  claim: (name: string, size: number) => { readonly size?: number; readonly flags?: number } = () => ({}),
): Buffer {
  const bodies: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const said = claim(name, bytes.length)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(said.flags ?? 0, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(said.size ?? bytes.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(4)
    place.writeUInt32LE(at)
    bodies.push(Buffer.from([0x50, 0x4b, 3, 4]), facts, Buffer.from(name), packed)
    list.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, Buffer.alloc(10), place, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, directory, end])
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook with these sheets, as XML inside of `<worksheet>`, by their names. */
export function workbookParts(
  sheets: Readonly<Record<string, string>>,
  more: {
    readonly strings?: string
    readonly styles?: string
    readonly properties?: string
    readonly states?: Readonly<Record<string, string>>
  } = {},
): Record<string, string> {
  const names = Object.keys(sheets)
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0"?>\n<x:workbook xmlns:x="${main}" xmlns:r="${office}">${more.properties ?? ''}<x:sheets>${names
      .map(
        (name, index) =>
          `<x:sheet name="${name}" sheetId="${index + 1}"${more.states?.[name] ? ` state="${more.states[name]}"` : ''} r:id="rId${index + 1}"/>`,
      )
      .join('')}</x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/><Relationship Id="t" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
  }
  if (more.strings !== undefined) parts['xl/sharedStrings.xml'] = `<sst xmlns="${main}">${more.strings}</sst>`
  if (more.styles !== undefined) parts['xl/styles.xml'] = `<styleSheet>${more.styles}</styleSheet>`
  for (const [index, name] of names.entries())
    parts[`xl/worksheets/sheet${index + 1}.xml`] = `<worksheet xmlns="${main}">${sheets[name]}</worksheet>`
  return parts
}
