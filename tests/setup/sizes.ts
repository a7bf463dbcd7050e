/** The size of a test: small in `npm test`, the one an acceptance names in `npm run prove`. */
export const sized = (small: number, proven: number): number => (process.env.FRONTDESK_PROVE ? proven : small)
