import { useMinute } from '../../lib/clock.ts'
import { useCommands } from '../../lib/commands.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import type { Conversation } from './queries.ts'
import { snoozeTimes } from './snooze-times.ts'
import { useStatusActs } from './use-status-acts.ts'
import { inboxWords } from './words.ts'

/** The state of a conversation, and the ways to change it. */
export function StatusActions({ conversation }: { readonly conversation: Conversation }) {
  const t = useWords(inboxWords)
  const { zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  const change = useStatusActs()
  const { status } = conversation
  const to = (wish: Parameters<typeof change>[1]) => void change(conversation, wish)
  const closed = status === 'resolved'
  useCommands([
    {
      label: closed ? t('reopen') : t('resolve'),
      group: t('group'),
      keys: 'x',
      icon: closed ? 'undo' : 'check',
      run: () => to({ status: closed ? 'open' : 'resolved' }),
    },
  ])
  return (
    <>
      {status !== 'open' && (
        <span className="phone:hidden">
          <Badge tone={closed ? 'ok' : 'wait'}>
            {status === 'snoozed' && conversation.snoozedUntil
              ? t('snoozedUntil', { when: formats.dateTime(conversation.snoozedUntil) })
              : t(`list/${status}`)}
          </Badge>
        </span>
      )}
      <Menu trigger={<IconButton name={t('snooze')} icon="clock" tip="none" />}>
        {snoozeTimes(now, zone).map(({ key, at }) => (
          <MenuItem key={key} icon="clock" note={formats.dateTime(at)} onSelect={() => to({ status: 'snoozed', snoozedUntil: at })}>
            {t(`snooze/${key}`)}
          </MenuItem>
        ))}
        {status !== 'waiting' && (
          <MenuItem icon="pause" onSelect={() => to({ status: 'waiting' })}>
            {t('wait')}
          </MenuItem>
        )}
        {status !== 'open' && (
          <MenuItem icon="inbox" onSelect={() => to({ status: 'open' })}>
            {t('reopen')}
          </MenuItem>
        )}
      </Menu>
      <Button icon={closed ? 'undo' : 'check'} keys="X" onClick={() => to({ status: closed ? 'open' : 'resolved' })}>
        {closed ? t('reopen') : t('resolve')}
      </Button>
    </>
  )
}
