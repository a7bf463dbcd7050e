import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { servicesQuery } from '../../calendar/queries.ts'
import type { Rule } from './queries.ts'
import { whenOf } from './rule-words.ts'
import { reminderWords } from './words.ts'

export type RuleRowProps = {
  readonly rule: Rule
  readonly may: boolean
  readonly onTurn: () => void
  readonly onChange: () => void
  readonly onRemove: () => void
}

/** One rule: when, by which way, for what, and whether it is sent. */
export function RuleRow({ rule, may, onTurn, onChange, onRemove }: RuleRowProps) {
  const t = useWords(reminderWords)
  const formats = useFormats()
  const services = useQuery(servicesQuery).data ?? []
  const when = whenOf(t, rule)
  const named = rule.serviceIds?.flatMap((id) => services.find((one) => one.id === id)?.name ?? [])
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="grid min-w-40 flex-1 gap-0.5 text-sm">
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{when}</span>
          {rule.texts.some(({ subject, body }) => subject !== null || body !== null) && <Badge tone="outline">{t('ownWords')}</Badge>}
        </span>
        <span className="wrap-anywhere text-ink-2">
          {t(`channel/${rule.channel}`)} · {named === undefined ? t('everyService') : formats.list(named)}
        </span>
      </div>
      {may && (
        <span className="flex items-center gap-1">
          <Switch label={t('on')} name={`rule-${rule.id}`} value={rule.active} onChange={onTurn} aria-label={`${t('on')}: ${when}`} />
          <IconButton name={t('change', { when })} icon="edit" onClick={onChange} />
          <IconButton name={t('remove', { when })} icon="trash" onClick={onRemove} />
        </span>
      )}
    </li>
  )
}
