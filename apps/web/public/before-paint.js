// Runs before the first paint. Without a choice the system decides the theme and the browser the language.
const root = document.documentElement
try {
  const theme = localStorage.getItem('frontdesk.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  const locale = localStorage.getItem('frontdesk.locale')
  if (locale) root.lang = locale
} catch {
  // Storage is refused: the defaults stand.
}
