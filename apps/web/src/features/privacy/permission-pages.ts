/** Pages about whom we may contact, and why. */
export { ConsentsPage } from './consents/consents-page.tsx'
export { ContactRulesPage } from './gate/contact-rules-page.tsx'
export { MayContactPage } from './gate/may-contact-page.tsx'
export { DoNotContactPage } from './suppression/do-not-contact-page.tsx'
