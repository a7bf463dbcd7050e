import type { ReactElement } from 'react'
import { useReader, useWords } from '../lib/i18n.tsx'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { useLanguages } from './languages.ts'
import { shellWords } from './words.ts'

/** The languages, by their own names. */
export function LanguageMenu({ trigger }: { readonly trigger: ReactElement }) {
  const t = useWords(shellWords)
  const { locale } = useReader()
  const { choices, choose } = useLanguages()
  return (
    <Menu trigger={trigger} startOpen>
      <MenuChoice label={t('language')} value={locale} onChange={choose} choices={choices} />
    </Menu>
  )
}
