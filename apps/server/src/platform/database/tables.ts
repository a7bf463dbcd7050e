/**
 * Every table the app role can name, by name. Rooms add their row types here by declaration merging, beside their inventory:
 *
 *     declare module '../../platform/database/tables.ts' {
 *       interface Tables { contact: ContactRow }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: rooms merge their tables into it
export interface Tables {}
