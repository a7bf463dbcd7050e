/** Pages about how the whole is run. */
export { ClosingPage } from './closing-page.tsx'
export { KeysPage } from './keys-page.tsx'
export { OperatorPage } from './operator-page.tsx'
export { ServerPage } from './server-page.tsx'
