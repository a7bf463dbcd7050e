import type { SensitiveName } from '@frontdesk/contract'
import { definePortList } from '../../../platform/events/index.ts'

/** Says whether a name sounds like data that need protection, and which; the room that knows them answers. */
export type FieldNameScreen = { readonly look: (name: string) => SensitiveName | undefined }

export const fieldNameScreens = definePortList<FieldNameScreen>('contacts.field-name-screens')
