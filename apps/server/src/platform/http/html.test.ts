import { describe, expect, it } from 'vitest'
import { html, renderHtml, webAddress } from './html.ts'

describe('html', () => {
  it('escapes what a person typed, in text and in attributes', () => {
    const typed = `"><script>alert('x')</script>&`
    expect(renderHtml(html`<p title="${typed}">${typed}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
    )
  })

  it('takes no object that only looks like markup', () => {
    const forged = JSON.parse('{"html":"<script>"}')
    expect(() => renderHtml(html`<p>${forged}</p>`)).toThrow()
  })

  it('keeps markup, joins lists and leaves out what is not there', () => {
    const items = ['a', 'b'].map((text) => html`<li>${text}</li>`)
    expect(renderHtml(html`<ul>${items}${null}${false}${undefined}${0}</ul>`)).toBe('<ul><li>a</li><li>b</li>0</ul>')
  })

  it('keeps right-to-left names and emoji as they are', () => {
    expect(renderHtml(html`<b>${'سارة 🦷'}</b>`)).toBe('<b>سارة 🦷</b>')
  })
})

describe('webAddress', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', ' ', 'not an address', 'vbscript:x'])('refuses %s', (typed) => {
    expect(webAddress(typed)).toBeNull()
  })

  it('takes what a browser may open', () => {
    expect(webAddress('https://meet.example.com/room?a=1')).toBe('https://meet.example.com/room?a=1')
  })
})
