// The service worker of the installed app. It keeps the shell so that a bad line or no line still opens Frontdesk, and never touches the API: what a
// person sees of her data comes from the server or not at all. `__VERSION__`, `__SHELL__` and `__PAGES__` are filled in by build/service-worker.ts.
const VERSION = 'frontdesk-__VERSION__'
const SHELL = __SHELL__
const PAGES = new Set(__PAGES__)

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(SHELL)))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('frontdesk-') && name !== VERSION).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  )
})

// The page asks for the change of version, when the person says so.
self.addEventListener('message', (event) => {
  if (event.data === 'activate') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (PAGES.has(url.pathname.split('/')[1])) event.respondWith(page(request))
  } else if (url.pathname.startsWith('/assets/') || SHELL.includes(url.pathname)) {
    event.respondWith(asset(request))
  }
})

/** From the network, so that a new version is seen at once; the kept shell when there is no network. */
async function page(request) {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match('/')
    if (kept) return kept
    throw error
  }
}

/** Assets carry a hash of their content in their name, so the kept one is always right. */
async function asset(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok && new URL(request.url).pathname.startsWith('/assets/')) {
    const cache = await caches.open(VERSION)
    await cache.put(request, answer.clone())
  }
  return answer
}
