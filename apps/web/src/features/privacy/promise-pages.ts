/** Pages about what the business says it does. */
export { CookiesPage } from './cookies/cookies-page.tsx'
export { PoliciesPage } from './policies/policies-page.tsx'
export { ChoicesPage } from './settings/choices-page.tsx'
