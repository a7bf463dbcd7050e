/** Pages about reminders. */
export { RemindersPage } from './reminders-page.tsx'
