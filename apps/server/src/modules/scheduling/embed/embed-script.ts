import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const body = readFileSync(new URL('./assets/embed-1.js', import.meta.url))

/**
 * The script that puts the booking pages on another site. Its address and its hash stand in pages of others, so a version never changes: what is changed is a new version
 * beside it.
 */
export const embedScript = {
  /** For ever the same. */
  path: '/embed/1.js',
  /** The newest one; without a hash. */
  newest: '/embed.js',
  integrity: `sha384-${createHash('sha384').update(body).digest('base64')}`,
  body,
} as const
