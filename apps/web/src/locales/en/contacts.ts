/** Words of the contacts room. */
export const words = {
  empty: 'Everybody who books, writes or calls will stand here, with all that happened on one timeline.',
  share: 'Share your booking link',
} as const
