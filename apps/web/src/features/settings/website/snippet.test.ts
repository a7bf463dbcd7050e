import { describe, expect, it } from 'vitest'
import { type EmbedChoice, previewPath, sitesIn, snippetOf } from './snippet.ts'

const script = { origin: 'https://desk.example', business: 'salt', path: '/embed/1.js', integrity: 'sha384-abc' }
const choice: EmbedChoice = { mode: 'inline', service: '', person: '', colour: '', theme: 'auto', language: '', label: '' }

describe('sites', () => {
  it('are refused by the line that is none', () => {
    expect(sitesIn('example.com\nhttp://shop.example')).toEqual({ sites: ['https://example.com'], wrong: 'http://shop.example' })
    expect(sitesIn('nonsense').wrong).toBe('nonsense')
    expect(sitesIn('https://*.example.com;script-src *').wrong).toBe('https://*.example.com;script-src')
  })

  it('are taken as people write them', () => {
    expect(sitesIn('Example.com/book, https://*.example.org\nhttp://localhost:8080 example.com').sites).toEqual([
      'https://example.com',
      'https://*.example.org',
      'http://localhost:8080',
    ])
  })
})

describe('the lines for a site', () => {
  it('say only what was chosen', () => {
    expect(snippetOf(script, choice)).toBe(
      '<script src="https://desk.example/embed/1.js" integrity="sha384-abc" crossorigin="anonymous" data-business="salt" data-mode="inline" async></script>',
    )
  })

  it('let no text out of its quotes', () => {
    expect(snippetOf(script, { ...choice, mode: 'button', label: '"><script>' })).toContain('data-label="&quot;>&lt;script>"')
  })

  it('are previewed with the same choice', () => {
    expect(previewPath('salt', { ...choice, mode: 'popup', colour: '#ad2e6e', language: 'fr', theme: 'dark' })).toBe(
      '/embed/preview/salt?mode=popup&colour=ad2e6e&theme=dark&lang=fr',
    )
  })
})
