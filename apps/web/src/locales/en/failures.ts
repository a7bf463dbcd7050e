/** What goes wrong on this side, without a refusal of the server. Loaded before the first screen, since without a line nothing can be fetched. */
export const words = {
  'network/lost': 'The connection was lost. Nothing you typed is gone; it can be sent again.',
  'app/unexpected': 'Something broke in this window. What you typed is kept; try again, or reload.',
  'app/invalid': 'Some fields need another look. Nothing was sent yet.',
} as const
