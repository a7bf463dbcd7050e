/** What every screen needs, so it travels in one file: fewer requests on a bad line, and text that repeats compresses better. */
const everywhere = [
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack)\//,
  /\/packages\/(i18n|contract)\/src\//,
  /\/@radix-ui\/react-direction\//,
  /\/src\/lib\/(?!draft|merge-edits|use-merged-edit|money|list-time|temporal|realtime)/,
  /\/src\/app\/(status|words|navigation|rooms|paths|install)\.ts$/,
  /\/src\/features\/[^/]+\/(routes|address)\.ts$/,
  /\/src\/routes\//,
  /\/src\/locales\/en\/(ui|shell|failures)\.ts$/,
  /\/src\/ui\/(cx|icon|icon-shapes|button|icon-button|kbd|spinner|tooltip|avatar|hue|name|banner|toast|list|skeleton|page-header|panes|words|on-demand-menu|badge|segmented-control|empty-state)\.tsx?$/,
]

/** What the calendar shows at once. Bookings and sheets elsewhere take parts of it. */
const calendar = [
  /\/src\/features\/calendar\/(words|status-words|queries|clock-days|open-hours|short-when|block-look|column-blocks|lanes)\.ts$/,
  /\/src\/locales\/en\/calendar\.ts$/,
]

/** What only rooms with endless lists need. */
const endless = /\/(infiniteQueryObserver|useInfiniteQuery)\.js$/

const group = (name: string, places: readonly RegExp[]) => ({
  name,
  test: (id: string) => !endless.test(id) && places.some((place) => place.test(id)),
})

/** Groups of modules that share a file; the rest is split as the screens import it. */
export const chunkGroups = [group('base', everywhere), group('calendar', calendar)]
