import { describe, expect, it } from 'vitest'
import { splitQuoted, textOfHtml } from './split-quoted.ts'

describe('splitQuoted', () => {
  it.each([
    [
      'Gmail',
      'Thanks, see you then!\n\nOn Mon, Jan 4, 2027 at 9:00 AM Salon Ana <desk@example.com> wrote:\n\n> Your appointment\n> is confirmed.\n',
      'Thanks, see you then!',
    ],
    [
      'Gmail, on two lines',
      'Thanks!\n\nOn Mon, Jan 4, 2027 at 9:00 AM Salon Ana\n<desk+abcdefghijklmnop@example.com> wrote:\n\n> Hi\n',
      'Thanks!',
    ],
    ['Gmail in Spanish', 'Gracias\n\nEl lun, 4 ene 2027 a las 9:00, Salon Ana (<desk@example.com>) escribió:\n\n> Hola', 'Gracias'],
    ['Gmail in French', 'Merci\n\nLe lun. 4 janv. 2027 à 09:00, Salon Ana <desk@example.com> a écrit :\n\n> Bonjour', 'Merci'],
    ['Apple Mail in German', 'Danke\n\nAm 04.01.2027 um 09:00 schrieb Salon Ana <desk@example.com>:\n\n> Hallo', 'Danke'],
    [
      'Outlook',
      'Can we move it?\n\n________________________________\nFrom: Salon Ana <desk@example.com>\nSent: Monday\nTo: Ann\nSubject: Hi\n\nYour appointment',
      'Can we move it?',
    ],
    ['Outlook, plain', 'Yes\n\n-----Original Message-----\nFrom: Salon Ana\n\nHi', 'Yes'],
    ['Outlook without a line', 'Yes\n\nFrom: Salon Ana <desk@example.com>\nSent: Monday\n\nHi', 'Yes'],
    ['bare quotes', 'Yes\n\n> Hi\n> there\n', 'Yes'],
    ['CRLF', 'Yes\r\n\r\n> Hi\r\n', 'Yes'],
  ])('parts an answer of %s from what it quotes', (_program, whole, text) => {
    const split = splitQuoted(whole)
    expect(split.text).toBe(text)
    expect(split.quoted).not.toBeNull()
    expect(`${split.text}${split.quoted}`.replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
  })

  it.each([
    ['a mail without quotes', 'Hello\n\nOn Monday I wrote to you: no answer.\nBest'],
    ['answers between the lines', '> Can you come at nine?\nNo.\n> At ten?\nYes.'],
    ['answers below', 'On Monday, Ana <a@b.example> wrote:\n> Can you?\n\nYes I can.'],
    ['nothing but a quote', '> Hi\n> there'],
    ['a colon after on', 'On the table:\n- one\n- two'],
  ])('leaves %s whole', (_what, whole) => {
    expect(splitQuoted(whole)).toEqual({ text: whole.trim(), quoted: null })
  })
})

describe('textOfHtml', () => {
  it('keeps words and line breaks, and drops what nobody reads', () => {
    const html =
      '<html><head><title>T</title><style>p{color:red}</style></head><body><p>Hi&nbsp;Ana &amp; team,</p><script>alert(1)</script><div>see&#233;<br>you &#x1F44B; &lt;3</div><!-- secret --></body></html>'
    expect(textOfHtml(html)).toBe('Hi Ana & team,\nseeé\nyou 👋 <3')
  })

  it('survives broken numbers', () => {
    expect(textOfHtml('a&#9999999;b&#xd800;c&unknown;')).toBe('abc&unknown;')
  })
})
