/** Words of the inbox room. */
export const words = {
  empty: 'What your customers write and what you answer will stand here together.',
  share: 'Share your booking link',
} as const
