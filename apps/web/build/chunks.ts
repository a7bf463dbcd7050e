/** What every screen needs, so it travels in one file: fewer requests on a bad line, and text that repeats compresses better. */
const everywhere = [
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack)\//,
  /\/packages\/(i18n|contract)\/src\//,
  /\/@radix-ui\/react-direction\//,
  /\/src\/lib\/(?!draft|merge-edits|use-merged-edit|money|phone|list-time|temporal)/,
  /\/src\/app\/(status|words|navigation|rooms|paths)\.ts$/,
  /\/src\/features\/[^/]+\/(routes|address)\.ts$/,
  /\/src\/routes\//,
  /\/src\/locales\/en\/(ui|shell|problems)\.ts$/,
  /\/src\/ui\/(cx|icon|icon-shapes|button|icon-button|kbd|spinner|tooltip|avatar|hue|name|banner|toast|list|skeleton|page-header|panes|words|on-demand-menu)\.tsx?$/,
]

/** Groups of modules that share a file; the rest is split as the screens import it. */
export const chunkGroups = [{ name: 'base', test: (id: string) => everywhere.some((place) => place.test(id)) }]
