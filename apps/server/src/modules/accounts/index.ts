export { accountsPolicy } from './accounts.policy.ts'
export { openingHours } from './opening-hours.ts'
