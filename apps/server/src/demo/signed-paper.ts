/** A scan of a signed form, as a page of PDF 1.4: the words that were read, the name below them, the day. Letters beyond Latin-1 are left out. */
export function signedPaper(paper: {
  readonly business: string
  readonly words: string
  readonly name: string
  readonly day: string
}): Buffer {
  const lines = [paper.business, '', ...wrapped(paper.words, 84), '', `Signed: ${paper.name}`, `Date: ${paper.day}`]
  const text = lines.map((line) => `(${escaped(line)}) '`).join('\n')
  const content = `BT /F1 11 Tf 16 TL 64 760 Td\n${text}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = Buffer.byteLength(file, 'latin1')
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = Buffer.byteLength(file, 'latin1')
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

const escaped = (line: string): string => line.replace(/[^ -~\u00a1-\u00ff]/g, '').replace(/[\\()]/g, (sign) => `\\${sign}`)
