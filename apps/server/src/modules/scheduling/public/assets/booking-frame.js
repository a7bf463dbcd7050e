// In a frame of another site. The site is the one that says hello: the browser lets no other frame this page. Nothing personal is told.
let site
const waiting = []
const tell = (message) => (site ? parent.postMessage(message, site) : waiting.push(message))

addEventListener('message', ({ source, origin, data }) => {
  if (source !== parent || data?.frontdesk !== 'hello' || site) return
  site = origin
  for (const message of waiting.splice(0)) tell(message)
  const form = document.querySelector('form[data-draft]')
  for (const [name, text] of Object.entries(data.prefill ?? {})) {
    const field = form?.elements[name === 'notes' ? 'note' : name]
    if (field?.value === '') field.value = String(text)
  }
})

// Escape closes the dialog around, unless something here needed it.
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) tell({ frontdesk: 'close' })
})

// Other pages of the house may not stand in a frame, and other sites should not.
addEventListener(
  'click',
  (event) => {
    const link = event.target.closest?.('a[href]')
    if (!link || link.target || parent === window || !/^https?:$/.test(link.protocol)) return
    if (link.origin !== location.origin || !/^\/(b|m|me|waiting)\//.test(link.pathname)) link.target = '_blank'
  },
  true,
)

const told = document.querySelector('[data-told]')
if (told) {
  tell({ frontdesk: told.dataset.told, service: told.dataset.service })
  // Looking again is not booking again.
  const here = new URL(location.href)
  here.searchParams.delete('just')
  history.replaceState(history.state, '', here)
}

if (parent !== window) parent.postMessage({ frontdesk: 'ready' }, '*')
