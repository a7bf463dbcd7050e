import { useState } from 'react'
import { useLanguages } from '../../app/languages.ts'
import { menuWords } from '../../app/menu-words.ts'
import { shellWords } from '../../app/words.ts'
import { singleKeysOn, turnSingleKeys } from '../../lib/commands.ts'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { useTheme } from '../../lib/theme.ts'
import { Section } from '../../ui/section.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { SettingsPane } from './settings-pane.tsx'
import { settingsWords } from './words.ts'

/** How Frontdesk looks, reads and listens on this computer. */
export function AppearancePage() {
  const t = useWords(settingsWords)
  const shell = useWords(shellWords)
  const menus = useWords(menuWords)
  const [theme, chooseTheme] = useTheme()
  const { locale } = useReader()
  const { choices, choose } = useLanguages()
  const [single, setSingle] = useState(singleKeysOn)
  return (
    <SettingsPane title={t('page/appearance')}>
      <Section title={t('appearance')} intro={t('appearanceIntro')}>
        <div className="grid max-w-104 gap-4">
          <div className="grid gap-1.5">
            <span className="text-sm font-medium">{menus('theme')}</span>
            <SegmentedControl
              label={menus('theme')}
              value={theme}
              onChange={chooseTheme}
              options={[
                { value: 'system', label: menus('themeSystem'), icon: 'device' },
                { value: 'light', label: menus('themeLight'), icon: 'sun' },
                { value: 'dark', label: menus('themeDark'), icon: 'moon' },
              ]}
            />
          </div>
          <Select label={shell('language')} value={locale} onChange={choose} options={choices} />
        </div>
      </Section>
      <Section title={menus('keysDialog')}>
        <Switch
          label={menus('singleKeys')}
          hint={menus('singleKeysHint')}
          value={single}
          onChange={(on) => {
            setSingle(on)
            turnSingleKeys(on)
          }}
        />
      </Section>
    </SettingsPane>
  )
}
