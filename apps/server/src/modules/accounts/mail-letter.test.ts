import { catalogProblems } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { writeLetter } from './mail-letter.ts'
import { mailWords } from './words.ts'

const letter = (locale: string | null, name: string | null) =>
  writeLetter({
    locale,
    name,
    say: (t) => ({
      subject: t('resetSubject'),
      paragraphs: [t('resetText')],
      button: { label: t('resetButton'), href: 'https://desk.example.com/reset/abc?a=1&b=2' },
      notYou: t('resetNotYou'),
    }),
  })

it('says everything in each language', () => {
  expect(catalogProblems(mailWords)).toEqual([])
})

describe('a letter', () => {
  it('escapes what people typed', () => {
    const { html } = letter('en', '<img src=x onerror=alert(1)> & Söhne')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; Söhne')
    expect(html).not.toContain('<img')
  })
  it('has the link in text and HTML', () => {
    const { text, html } = letter('en', 'Dana')
    expect(text).toContain('Choose a new password: https://desk.example.com/reset/abc?a=1&b=2')
    expect(html).toContain('href="https://desk.example.com/reset/abc?a=1&amp;b=2"')
  })
  it('speaks the reader’s language, and English where it speaks none of hers', () => {
    expect(letter('fr-CA', null)).toMatchObject({ subject: 'Choisissez un nouveau mot de passe' })
    expect(letter('fr-CA', null).html).toContain('<html lang="fr">')
    expect(letter('de-DE', null).text).toMatch(/^Hello,/)
  })
})
