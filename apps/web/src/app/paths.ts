/**
 * The first part of every address that is a screen of this app. The server answers them with `index.html`; the service worker answers them when there is no
 * network; everything else (`/api`, booking pages, files) belongs to the server.
 */
export const APP_PATHS = [
  '',
  'w',
  'setup',
  'welcome',
  'sign-in',
  'sign-up',
  'forgot',
  'reset',
  'verify',
  'join',
  'account',
  'design',
] as const
