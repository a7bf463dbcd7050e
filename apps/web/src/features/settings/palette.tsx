import { fits } from '../../app/palette-match.ts'
import type { PaletteSearch } from '../../app/palette-sources.ts'
import { loadWords } from '../../lib/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { isFor, settingsPages } from './pages.ts'
import { settingsWords } from './words.ts'

const MOST = 8

/** Finds the pages of the settings that are for her, by their names and what they are about, for the palette. */
export const searchSettings: PaletteSearch = async (text, _signal, { reader, role }) => {
  const t = await loadWords(settingsWords, reader)
  return settingsPages
    .filter((page) => isFor(page, role))
    .map((page) => ({ page, label: t(`page/${page.key}`), about: t(`about/${page.key}`), group: t(`group/${page.group}`) }))
    .filter(({ label, about, group }) => fits(text, [label, about, group]))
    .slice(0, MOST)
    .map(({ page, label, about }) => ({
      id: `settings/${page.key}`,
      heading: 'settings',
      label,
      note: about,
      lead: <Icon name={page.icon} className="mx-1 text-ink-3" />,
      path: page.to.replace('/w/$workspace/', ''),
    }))
}
