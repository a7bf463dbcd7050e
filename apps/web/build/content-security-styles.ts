import type { Plugin } from 'vite'

const replacement = new URL('../src/lib/style-singleton.ts', import.meta.url).pathname

/**
 * Radix locks the page's scroll through `react-style-singleton`, which writes `<style>` elements. The server's policy is `style-src 'self'`, so they would
 * be refused. The alias puts our version in its place, which uses constructed style sheets: the policy allows those, and no nonce is needed.
 */
export function contentSecurityStyles(): Plugin {
  return {
    name: 'frontdesk-content-security-styles',
    config: () => ({ resolve: { alias: [{ find: /^react-style-singleton$/, replacement }] } }),
  }
}
