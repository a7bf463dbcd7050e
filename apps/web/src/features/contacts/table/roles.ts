/** A table of which some rows are drawn is laid out by hand, so what a `table` would say by itself is said: roles, how many rows there are, and where among them one stands. */
export const said = {
  grid: (label: string, { rows, columns }: { readonly rows: number | undefined; readonly columns: number }) => ({
    'aria-label': label,
    // With the titles; -1 for unknown.
    'aria-rowcount': rows === undefined ? -1 : rows + 1,
    'aria-colcount': columns,
  }),
  rows: { role: 'rowgroup' },
  titles: { role: 'row', 'aria-rowindex': 1 },
  row: (index: number, chosen: boolean | undefined) => ({
    role: 'row',
    'aria-rowindex': index + 2,
    ...(chosen === undefined ? {} : { 'aria-selected': chosen }),
  }),
} as const
