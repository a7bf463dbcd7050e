import { useState } from 'react'
import { onMac, shownKeys, singleKeysOn, turnSingleKeys, useCommandList } from '../lib/commands.ts'
import { useWords } from '../lib/i18n.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Switch } from '../ui/switch.tsx'
import { menuWords } from './menu-words.ts'

/** Every key that does something on the present screen. */
export function KeysDialog({ open, onOpenChange }: { readonly open: boolean; readonly onOpenChange: (open: boolean) => void }) {
  const t = useWords(menuWords)
  const commands = useCommandList().filter((command) => command.keys)
  const [single, setSingle] = useState(singleKeysOn)
  const groups = Map.groupBy(commands, (command) => command.group)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('keysDialog')} size="md">
      <div className="grid gap-5">
        {[...groups].map(([group, members]) => (
          <section key={group} className="grid gap-1">
            <h3 className="text-xs font-medium text-ink-3">{group}</h3>
            <dl className="grid">
              {members.map((command) => (
                <div key={command.keys} className="flex items-center gap-3 border-b border-line py-1.5 text-sm last:border-0">
                  <dt className="min-w-0 flex-1">{command.label}</dt>
                  <dd className="flex items-center gap-1">
                    <span className="sr-only">{shownKeys(command.keys ?? '', onMac()).join(` ${t('followedBy')} `)}</span>
                    {shownKeys(command.keys ?? '', onMac()).map((part) => (
                      <Kbd key={part}>{part}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Switch
          label={t('singleKeys')}
          hint={t('singleKeysHint')}
          value={single}
          onChange={(on) => {
            setSingle(on)
            turnSingleKeys(on)
          }}
        />
      </div>
    </Dialog>
  )
}
