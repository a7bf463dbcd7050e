import { definePort } from '../../../platform/events/index.ts'
import type { Files } from '../../../platform/files/index.ts'

/** What imports need of the server around them. Filled by the house. */
export const importSurroundings = definePort<{ readonly files: Pick<Files, 'put' | 'get' | 'erase'> }>('contacts.imports')
