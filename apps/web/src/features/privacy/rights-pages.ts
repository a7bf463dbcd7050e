/** Pages about what people may ask for. */
export { ErasuresPage } from './erasure/erasures-page.tsx'
export { CasePage } from './requests/case-page.tsx'
export { RequestsPage } from './requests/requests-page.tsx'
