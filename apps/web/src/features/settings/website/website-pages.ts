/** Pages about the business's own site. */
export { WebsitePage } from './website-page.tsx'
