import { definePolicy, leads } from '../policy/index.ts'

/** Who reads the events of a workspace: those who run it, and API keys that keep another system up to date. */
export const eventsPolicy = definePolicy({
  'events.read': [...leads, 'auditor', 'privacy_officer'],
})
