/** Where agents reach a business by the Data Rights Protocol: its `api_base`, without a slash at the end. */
export const agentDoorPath = (slug: string): string => `/drp/${slug}`
