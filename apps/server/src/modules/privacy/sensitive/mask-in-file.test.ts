import { describe, expect, it } from 'vitest'
import { mediaSample } from '../../../platform/files/testing.ts'
import { maskInFile } from './mask-in-file.ts'

const card = '4111 1111 1111 1111'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const kept = async (content: string | Uint8Array, name: string) => {
  const { bytes, found } = await maskInFile(Buffer.from(content), name)
  return { text: Buffer.from(bytes).toString('utf8'), found }
}

describe('a file from outside', () => {
  it.each([
    ['notes.txt', `Pay with ${card}.`, 'Pay with ••••1111.'],
    ['people.csv', `name,card\nAnn,4111111111111111\n`, 'name,card\nAnn,••••1111\n'],
    ['visit.ics', `BEGIN:VCALENDAR\r\nDESCRIPTION:${card}\r\nEND:VCALENDAR`, 'BEGIN:VCALENDAR\r\nDESCRIPTION:••••1111\r\nEND:VCALENDAR'],
    [
      'page.html',
      `<p>${card}</p><a href="https://x.example/4111111111111111">`,
      '<p>••••1111</p><a href="https://x.example/4111111111111111">',
    ],
    ['ann.vcf', `BEGIN:VCARD\r\nNOTE:${card}\r\nEND:VCARD`, 'BEGIN:VCARD\r\nNOTE:••••1111\r\nEND:VCARD'],
    ['data.json', `{"card":"${card}"}`, '{"card":"••••1111"}'],
  ])('that is text is kept without the number: %s', async (name, content, expected) => {
    expect(await kept(content, name)).toEqual({ text: expected, found: ['card'] })
  })

  it('that is a mail is searched in its plain parts and in those that travel in base64', async () => {
    const mail = (plain: string, coded: string) =>
      [
        'From: ann@home.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        plain,
        '--b',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        base64(coded),
        '--b--',
        '',
      ].join('\r\n')
    const { text, found } = await kept(mail(`My card is ${card}`, '<p>and 219-45-6789</p>'), 'forwarded.eml')
    expect(text).toBe(mail('My card is ••••1111', '<p>and ••••6789</p>'))
    expect([...found].sort()).toEqual(['card', 'ssn'])
  })

  it('in UTF-16 or Latin-1 stays in its letters', async () => {
    const utf16 = Buffer.from(`\ufeffcafé ${card}`, 'utf16le')
    const { bytes } = await maskInFile(utf16, 'note.txt')
    expect(Buffer.from(bytes).toString('utf16le')).toBe('\ufeffcafé ••••1111')
  })

  it('without such a number comes back byte for byte, and so does what is no text', async () => {
    for (const [name, bytes] of [
      ['plain.txt', Buffer.from('Call +1 (212) 555-0100 about order 1234-5678')],
      ['letter.pdf', Buffer.from(mediaSample.pdf)],
      ['photo.png', Buffer.from(mediaSample.png)],
    ] as const) {
      const result = await maskInFile(bytes, name)
      expect(result.found).toEqual([])
      expect(result.bytes).toBe(bytes)
    }
  })
})
