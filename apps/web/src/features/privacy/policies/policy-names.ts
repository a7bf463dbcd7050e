/** The documents by name, as they stand in the address. */
export const policyNames = ['privacy', 'cookies', 'california', 'terms', 'retention', 'dpa'] as const
export type PolicyName = (typeof policyNames)[number]
