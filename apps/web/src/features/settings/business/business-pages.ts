/** Pages about the business and those who work in it. */
export { FieldsPage } from '../../contacts/fields/fields-page.tsx'
export { OwnershipPage } from '../../privacy/registers/ownership-page.tsx'
export { TeamPage } from '../../privacy/registers/team-page.tsx'
export { BusinessPage } from './business-page.tsx'
export { HoursPage } from './hours-page.tsx'
export { PeoplePage } from './people-page.tsx'
