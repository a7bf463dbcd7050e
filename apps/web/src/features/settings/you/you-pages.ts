/** Pages about oneself. */
export { AppearancePage } from '../appearance-page.tsx'
export { AccountPage } from './account-page.tsx'
export { ProfilePage } from './profile-page.tsx'
export { SecurityPage } from './security-page.tsx'
export { SessionsPage } from './sessions-page.tsx'
