// Frontdesk booking on any site, version 1. Needs nothing else, sets no cookie, writes no inline style or script.
// <script src="https://desk.example/embed.js" data-business="salt" data-service="haircut" data-mode="inline|popup|button" async></script>
;(() => {
  const script = document.currentScript
  if (!script) return
  const home = new URL(script.src).origin
  const words = {
    en: { book: 'Book a time', close: 'Close', title: 'Booking', alone: 'Open the booking page' },
    es: { book: 'Reservar', close: 'Cerrar', title: 'Reserva', alone: 'Abrir la página de reservas' },
    fr: { book: 'Réserver', close: 'Fermer', title: 'Réservation', alone: 'Ouvrir la page de réservation' },
  }
  const personal = ['name', 'email', 'phone', 'notes']
  const css = `:host{all:initial}
button{font:600 16px/1.25 system-ui,sans-serif;min-height:44px;padding:10px 20px;border:0;border-radius:10px;cursor:pointer}
button:focus-visible{outline:2px solid #000;box-shadow:0 0 0 4px #fff}
dialog{display:flex;flex-direction:column;box-sizing:border-box;width:min(1024px,100vw - 32px);height:min(820px,100dvh - 32px);max-width:none;max-height:none;padding:0;border:0;border-radius:14px;overflow:hidden;color-scheme:light dark;background:Canvas;color:CanvasText}
dialog:not([open]){display:none}
dialog::backdrop{background:rgb(0 0 0/.55)}
iframe{flex:1;min-height:0}
.close{align-self:flex-end;flex:none;width:44px;padding:0;background:none;color:inherit;font-size:24px;font-weight:400}
@media (max-width:640px){dialog{width:100vw;height:100dvh;border-radius:0}}
@media print{:host{display:none}}`

  window.Frontdesk ??= make()
  const api = window.Frontdesk
  const options = { home, ...script.dataset }
  if (options.business) {
    if (options.mode === 'popup') api.popup(script, options)
    else if (options.mode === 'button') api.button(options)
    else if (options.mode !== 'none') api.inline(script, options)
    // Anything on the site opens it: <a href="…" data-frontdesk-book> or data-frontdesk-book="other-service".
    document.addEventListener('click', (event) => {
      const by = event.target.closest?.('[data-frontdesk-book]')
      if (!by || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      api.open({ ...options, ...(by.dataset.frontdeskBook ? { service: by.dataset.frontdeskBook } : {}) }, by)
    })
  }

  function make() {
    /** What stands on the page: the frame, what it was asked for, how it grows and how it is closed. */
    const shown = new Map()
    let popup

    const say = ({ language }) => words[(language ?? document.documentElement.lang ?? '').slice(0, 2)] ?? words.en

    function address({ home, business, service, person, zone, language, colour, theme }, frame = true) {
      const url = new URL(`/b/${[business, service].filter(Boolean).map(encodeURIComponent).join('/')}`, home)
      const query = {
        frame: frame ? '1' : '',
        staff: person,
        zone,
        lang: language,
        colour: frame && colour?.replace('#', ''),
        theme: frame && theme,
      }
      for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value)
      return url.href
    }

    function frameFor(options, look) {
      const frame = document.createElement('iframe')
      frame.title = options.title || say(options).title
      frame.src = address(options)
      Object.assign(frame.style, { border: '0', width: '100%', display: 'block', colorScheme: 'normal', ...look })
      return frame
    }

    /** Where a frame does not come to life (blocked, or this site is not allowed), a link stands in. */
    function standIn(frame, options) {
      const entry = shown.get(frame)
      entry.timer = setTimeout(() => {
        const link = document.createElement('a')
        link.href = address(options, false)
        link.target = '_blank'
        link.rel = 'noopener'
        link.textContent = say(options).alone
        frame.replaceWith(link)
        shown.delete(frame)
      }, 15_000)
    }

    addEventListener('message', (event) => {
      const { data } = event
      if (typeof data !== 'object' || data === null) return
      for (const [frame, entry] of shown) {
        if (frame.contentWindow !== event.source || event.origin !== entry.options.home) continue
        if (data.frontdesk === 'ready') {
          clearTimeout(entry.timer)
          const prefill = Object.fromEntries(
            personal.filter((name) => entry.options[name]).map((name) => [name, String(entry.options[name])]),
          )
          frame.contentWindow.postMessage({ frontdesk: 'hello', prefill }, entry.options.home)
        }
        if (Number.isFinite(data.frontdeskHeight)) entry.grow?.(Math.ceil(data.frontdeskHeight))
        if (data.frontdesk === 'close') entry.close?.()
        if (data.frontdesk === 'booked' || data.frontdesk === 'moved' || data.frontdesk === 'cancelled') {
          const detail = { business: entry.options.business, ...(data.service ? { service: String(data.service) } : {}) }
          document.dispatchEvent(new CustomEvent(`frontdesk:${data.frontdesk}`, { detail }))
        }
      }
    })

    const button = (options) => {
      const made = document.createElement('button')
      made.type = 'button'
      made.part = 'button'
      made.textContent = options.label || say(options).book
      const colour = /^#?[0-9a-f]{6}$/i.test(options.colour ?? '') ? `#${options.colour.replace('#', '')}` : '#1f6f5c'
      made.style.background = colour
      made.style.color = onColour(colour)
      made.onclick = () => api.open(options, made)
      return made
    }

    /** A host of its own, so that neither style reaches the other. */
    function place(options) {
      const host = document.createElement('span')
      const root = host.attachShadow({ mode: 'open' })
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [sheet]
      root.append(button(options))
      return host
    }

    const api = {
      /** Puts the pages in place of an element's inside, or right after a script. Gives the frame. */
      inline(where, wish) {
        const options = { home, ...wish }
        const frame = frameFor(options, { height: '720px' })
        shown.set(frame, { options, grow: (height) => Object.assign(frame.style, { height: `${height}px` }) })
        if (where === script || where.tagName === 'SCRIPT') where.after(frame)
        else where.replaceChildren(frame)
        standIn(frame, options)
        return frame
      },
      /** A button where the script stands, which opens a dialog. */
      popup(where, wish) {
        const host = place({ home, ...wish })
        where.after(host)
        return host
      },
      /** The same button, floating in a corner. */
      button(wish) {
        const host = place({ home, ...wish })
        const start = wish.side === 'left' ? 'left' : 'right'
        Object.assign(host.style, {
          position: 'fixed',
          bottom: 'max(16px, env(safe-area-inset-bottom))',
          [start]: '16px',
          zIndex: '2147483000',
        })
        const add = () => document.body.append(host)
        document.body ? add() : addEventListener('DOMContentLoaded', add)
        return host
      },
      /** Opens the dialog. The focus stays in it, and goes back where it was. */
      open(wish, opener = document.activeElement) {
        api.close()
        const options = { home, ...wish }
        const host = document.createElement('div')
        const root = host.attachShadow({ mode: 'open' })
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        root.adoptedStyleSheets = [sheet]
        const dialog = document.createElement('dialog')
        dialog.setAttribute('aria-label', options.title || say(options).title)
        const close = document.createElement('button')
        close.type = 'button'
        close.className = 'close'
        close.setAttribute('aria-label', say(options).close)
        close.textContent = '×'
        close.onclick = () => dialog.close()
        const frame = frameFor(options, { height: '100%' })
        dialog.append(close, frame)
        root.append(dialog)
        document.body.append(host)
        const before = document.documentElement.style.overflow
        shown.set(frame, { options, close: () => dialog.close() })
        standIn(frame, options)
        dialog.onclick = (event) => event.target === dialog && dialog.close()
        dialog.onclose = () => {
          document.documentElement.style.overflow = before
          clearTimeout(shown.get(frame)?.timer)
          shown.delete(frame)
          host.remove()
          popup = undefined
          opener?.focus?.()
          document.dispatchEvent(new CustomEvent('frontdesk:closed', { detail: { business: options.business } }))
        }
        document.documentElement.style.overflow = 'hidden'
        dialog.showModal()
        popup = dialog
        return dialog
      },
      /** Closes the dialog, where one is open. */
      close() {
        popup?.close()
      },
      /** Calls `run` with what happened: `booked`, `moved`, `cancelled`, `closed`. Gives the way to stop it. Nothing personal is told. */
      on(name, run) {
        const listener = (event) => run(event.detail)
        document.addEventListener(`frontdesk:${name}`, listener)
        return () => document.removeEventListener(`frontdesk:${name}`, listener)
      },
    }
    return api
  }

  /** Black or white, whichever is read better (WCAG 2.2, relative luminance). */
  function onColour(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff'
  }
})()
