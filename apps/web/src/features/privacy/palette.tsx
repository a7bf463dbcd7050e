import { fits } from '../../app/palette-match.ts'
import type { PaletteSearch } from '../../app/palette-sources.ts'
import { loadWords } from '../../lib/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { isFor, privacyPages, seesPrivacy } from './pages.ts'
import { roomWords } from './words.ts'

const MOST = 8

/** Finds the pages of the privacy room that are for her, by their names and what they are about, for the palette. */
export const searchPrivacy: PaletteSearch = async (text, _signal, { reader, role }) => {
  if (!seesPrivacy(role)) return []
  const t = await loadWords(roomWords, reader)
  return privacyPages
    .filter((page) => isFor(page, role))
    .map((page) => ({ page, label: t(`page/${page.key}`), about: t(`about/${page.key}`), group: t(`group/${page.group}`) }))
    .filter(({ label, about, group }) => fits(text, [label, about, group]))
    .slice(0, MOST)
    .map(({ page, label, about }) => ({
      id: `privacy/${page.key}`,
      heading: 'privacy',
      label,
      note: about,
      lead: <Icon name={page.icon} className="mx-1 text-ink-3" />,
      path: `privacy/${page.key}`,
    }))
}
