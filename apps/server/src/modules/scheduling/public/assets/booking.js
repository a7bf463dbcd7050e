// The public pages work without this file. It saves reloads, finds the visitor's time zone and keeps what was typed.
const root = document.documentElement
const byId = (id) => document.getElementById(id)

/** Storage is refused in some frames and private windows; then nothing is kept. */
function kept(store, key, value) {
  try {
    if (value === undefined) return window[store].getItem(key)
    if (value === null) window[store].removeItem(key)
    else window[store].setItem(key, value)
  } catch {}
  return null
}

/* ---- light or dark ---- */
const theme = kept('localStorage', 'frontdesk.theme')
if (!root.dataset.theme && (theme === 'light' || theme === 'dark')) root.dataset.theme = theme

function prepareThemeButton() {
  const button = document.querySelector('[data-theme-switch]')
  if (!button) return
  button.hidden = false
  button.onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset.theme = dark ? 'light' : 'dark'
    // Who refused preferences has it until the page is left.
    kept('localStorage', 'frontdesk.theme', 'keepsNothing' in root.dataset ? null : root.dataset.theme)
  }
}

/* ---- another day, person or zone without a reload ---- */
let latest = 0
/** The page that is shown, without the place in it. */
const addressNow = () => location.pathname + location.search
let shown = addressNow()

/** The visitor's zone, once it was asked for: a link that was followed before the page knew it is followed with it. */
let knownZone

async function swap(to, { key, push = true } = {}) {
  const turn = ++latest
  const address = new URL(to, location.href)
  if (knownZone && !address.searchParams.has('zone')) address.searchParams.set('zone', knownZone)
  const main = byId('main')
  main.classList.add('busy')
  main.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' } })
    const text = await answer.text()
    if (turn !== latest) return
    const page = new DOMParser().parseFromString(text, 'text/html')
    const next = page.getElementById('main')
    if (!answer.ok || !next) throw new Error('no page')
    main.replaceWith(next)
    const aside = page.getElementById('aside')
    if (aside && byId('aside')) byId('aside').replaceWith(aside)
    const foot = page.querySelector('.foot')
    if (foot) document.querySelector('.foot')?.replaceWith(foot)
    document.title = page.title
    root.dataset.zone = page.documentElement.dataset.zone ?? ''
    if (push) history.pushState(null, '', answer.url)
    prepare()
    if (key) (document.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? next).focus({ preventScroll: true })
    say(next.dataset.announce ?? '')
  } catch {
    if (turn === latest) location.assign(address)
  }
}

/** A live region speaks when its text changes; the same text twice would be silent. */
function say(text) {
  const region = byId('said')
  region.textContent = ''
  requestAnimationFrame(() => {
    region.textContent = text
  })
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-swap]')
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  swap(link.href, { key: link.dataset.key })
})

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-send]')) event.target.form.requestSubmit()
})

// A link to a place on this page (an error's field, the content) is told here as well; it leads nowhere else, and a form must not be lost to it.
addEventListener('popstate', () => {
  if (addressNow() !== shown) swap(location.href, { push: false })
})

/* ---- forms: once, with a draft ---- */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.matches('form[data-swap]')) {
    event.preventDefault()
    const address = new URL(form.action)
    address.search = new URLSearchParams(new FormData(form))
    swap(address.href, { key: 'zone' })
    return
  }
  if (!form.dataset.once) return
  const button = form.querySelector('[data-book]') ?? event.submitter ?? form.querySelector('button')
  if (button.getAttribute('aria-disabled') === 'true') {
    event.preventDefault()
    return
  }
  button.setAttribute('aria-disabled', 'true')
  button.dataset.label = button.textContent
  button.textContent = form.dataset.once
  // Now, since the page leaves: whoever does not see the button hears that it works.
  byId('said').textContent = form.dataset.once
})

// Coming back by the back button finds the form ready again.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-disabled="true"]')) {
    button.removeAttribute('aria-disabled')
    if (button.dataset.label) button.textContent = button.dataset.label
  }
  byId('said').textContent = ''
})

const draftKey = (name) => `frontdesk.draft.${name}`

function prepareDraft(form) {
  const fields = () => [...form.querySelectorAll('.input')]
  const before = JSON.parse(kept('sessionStorage', draftKey(form.dataset.draft)) ?? '{}')
  for (const field of fields()) if (field.value === '' && typeof before[field.name] === 'string') field.value = before[field.name]
  for (const part of form.querySelectorAll('details'))
    if ([...part.querySelectorAll('.input')].some(({ value }) => value !== '')) part.open = true
  form.addEventListener('input', () => {
    kept(
      'sessionStorage',
      draftKey(form.dataset.draft),
      JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, field.value]))),
    )
  })
}

/* ---- what an address filled in leaves the address, so that nobody reads it there ---- */
function hidePersonal() {
  const here = new URL(location.href)
  const found = {}
  for (const name of ['name', 'email', 'phone', 'notes']) {
    if (!here.searchParams.get(name)) continue
    found[name] = here.searchParams.get(name)
    here.searchParams.delete(name)
  }
  if (Object.keys(found).length === 0) return
  kept('sessionStorage', 'frontdesk.prefill', JSON.stringify(found))
  history.replaceState(history.state, '', here)
}

/** Fills in what was given beforehand and is not typed yet. */
function fillIn(form) {
  const { notes: note, ...rest } = JSON.parse(kept('sessionStorage', 'frontdesk.prefill') ?? '{}')
  for (const [name, text] of Object.entries({ note, ...rest })) {
    const field = form.elements[name]
    if (text && field?.value === '') field.value = text
  }
}

/* ---- everything that belongs to what is on the page now ---- */
function prepare() {
  prepareThemeButton()
  hidePersonal()
  shown = addressNow()
  const draft = document.querySelector('form[data-draft]')
  if (draft) {
    prepareDraft(draft)
    fillIn(draft)
  }
  const booked = document.querySelector('[data-booked]')
  if (booked) for (const key of [draftKey(booked.dataset.booked), 'frontdesk.prefill']) kept('sessionStorage', key, null)
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = !navigator.clipboard
    button.onclick = async () => {
      const field = document.querySelector(button.dataset.copy)
      field.select()
      await navigator.clipboard.writeText(field.value)
      button.textContent = button.dataset.done
      say(button.dataset.done)
    }
  }
  for (const field of document.querySelectorAll('#link')) field.onfocus = () => field.select()
}

prepare()
// Where the browser has put the focus already, somebody may be on her way from there.
if (document.activeElement === document.body) document.querySelector('#problems, #outcome[autofocus]')?.focus()

/* ---- the visitor's zone, where she has not said one ---- */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
if ('zoneOpen' in root.dataset && zone && byId('times')) {
  const here = new URL(location.href)
  here.searchParams.set('zone', zone)
  delete root.dataset.zoneOpen
  knownZone = zone
  history.replaceState(null, '', here)
  swap(here.href, { push: false })
} else if ('zoneOpen' in root.dataset && zone) {
  // Pages without times only carry the zone on.
  for (const link of document.querySelectorAll('main a[href^="/b/"]')) {
    const to = new URL(link.href)
    to.searchParams.set('zone', zone)
    link.href = to.href
  }
}

/* ---- in a frame of another site: says how high it is, and nothing else ---- */
if (parent !== window) {
  const tell = () => parent.postMessage({ frontdeskHeight: document.body.scrollHeight }, '*')
  new ResizeObserver(tell).observe(document.body)
  addEventListener('load', tell)
}
