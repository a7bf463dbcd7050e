import type { Plugin } from 'vite'

/** The one font file that every screen in a Latin script needs at once; the other subsets load when a name asks for them. */
const FIRST = /inter-latin-wght-normal[^/]*\.woff2$/

/** Asks for the Latin subset of Inter together with the page, so that text is not drawn twice. */
export function fontPreload(): Plugin {
  return {
    name: 'frontdesk-font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const file = Object.keys(bundle ?? {}).find((name) => FIRST.test(name))
        if (!file) throw new Error('The Latin subset of Inter is not in the build. Look at the import in src/styles/app.css.')
        return [
          {
            tag: 'link',
            attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head-prepend',
          },
        ]
      },
    },
  }
}
