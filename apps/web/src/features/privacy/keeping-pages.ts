/** Pages about how long data stay, and what is locked away. */
export { HoldsPage } from './retention/holds-page.tsx'
export { RetentionPage } from './retention/retention-page.tsx'
export { SensitivePage } from './sensitive/sensitive-page.tsx'
