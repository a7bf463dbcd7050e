import type { Resource } from '../services/resources/queries.ts'
import type { Staff, TimeOff } from './queries.ts'

/** Whose a closed time can be. */
export type OffOwners = { readonly people: readonly Staff[]; readonly resources: readonly Resource[] }

/** The name of the person, room or device that is closed; nothing where everybody is. */
export const offOwner = ({ staffId, resourceId }: TimeOff, { people, resources }: OffOwners): string | undefined =>
  people.find(({ id }) => id === staffId)?.name ?? resources.find(({ id }) => id === resourceId)?.name
