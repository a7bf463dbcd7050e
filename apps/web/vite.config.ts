import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkGroups } from './build/chunks.ts'
import { contentSecurityStyles } from './build/content-security-styles.ts'
import { fontPreload } from './build/font-preload.ts'
import { serviceWorker } from './build/service-worker.ts'

/** Where `npm run dev` finds the server; the built app is served by the server itself. */
const server = process.env.FRONTDESK_DEV_SERVER ?? 'http://127.0.0.1:4600'

const firstScreens = /\/(shell|sign-in-screen|setup-screen|onboarding-screen|calendar-screen|calendar-grid)-/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwind(), contentSecurityStyles(), fontPreload(), serviceWorker()],
  build: {
    // The first browsers with light-dark(), relative colours and popover focus rules; older ones would get a page without colours.
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    // Everything is a file of its own, because the content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // What the first screens stand on is fetched together with them. Later ones are loaded ahead of their use (app/router.ts), and a list of all files would be the first thing everybody fetches.
      resolveDependencies: (file, files, { hostType }) => (hostType === 'html' || firstScreens.test(file) ? files : []),
    },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
  server: {
    // Only the paths that the server answers itself; the rest are screens.
    proxy: Object.fromEntries(['/api', '/auth', '/b/', '/f/', '/healthz'].map((path) => [path, { target: server }])),
  },
})
