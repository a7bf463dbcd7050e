import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { type ReminderRules, type Rule, rulesQuery } from './queries.ts'
import { RuleRow } from './rule-row.tsx'
import { RuleSheet } from './rule-sheet.tsx'
import { whenOf } from './rule-words.ts'
import { reminderWords } from './words.ts'

/** Who sets reminders up; the server asks again. */
const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** When customers are written to about an appointment, and by which ways. */
export function RemindersPage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(rulesQuery)
  return (
    <SettingsPane title={shared('page/reminders')}>
      <Asked asked={asked} lines={6}>
        {(rules) => <Rules {...rules} />}
      </Asked>
    </SettingsPane>
  )
}

function Rules({ items, ways }: ReminderRules) {
  const t = useWords(reminderWords)
  const shared = useWords(settingsWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const may = mayManage.includes(role)
  const [open, setOpen] = useState<Rule | Rule['moment']>()
  const refresh = () => queries.invalidateQueries({ queryKey: rulesQuery.queryKey })

  const act = async (work: () => Promise<unknown>, notice: { readonly text: string; readonly undo?: () => unknown }) => {
    try {
      await work()
      notices.show(notice)
    } catch (error) {
      notices.show({ tone: 'no', text: t('failed', { reason: explain(error).message }) })
    }
    await refresh()
  }
  const turn = ({ id, version, ...rule }: Rule) => {
    const active = !rule.active
    return act(() => call('PUT /reminder-rules/{ruleId}', { params: { ruleId: id }, version, body: { ...rule, active } }), {
      text: t(active ? 'switchedOn' : 'switchedOff'),
    })
  }
  const remove = ({ id, version: _, ...rule }: Rule) =>
    act(() => call('DELETE /reminder-rules/{ruleId}', { params: { ruleId: id } }), {
      text: t('removed', { when: whenOf(t, rule) }),
      undo: async () => {
        await call('POST /reminder-rules', { body: rule })
        await refresh()
      },
    })
  const section = (moment: Rule['moment']) => {
    const rules = items.filter((rule) => rule.moment === moment)
    const add = may && (
      <Button icon="plus" onClick={() => setOpen(moment)}>
        {t(moment === 'before' ? 'addBefore' : 'addAfter')}
      </Button>
    )
    return (
      <Section title={t(moment)} intro={t(moment === 'before' ? 'intro' : 'afterIntro')} actions={rules.length > 0 && add}>
        {rules.length === 0 ? (
          <EmptyState icon={moment === 'before' ? 'bell' : 'chat'} action={add}>
            {t(`${moment}Empty`)}
          </EmptyState>
        ) : (
          <ul className="grid divide-y divide-line">
            {rules.map((rule) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                may={may}
                onTurn={() => void turn(rule)}
                onChange={() => setOpen(rule)}
                onRemove={() => void remove(rule)}
              />
            ))}
          </ul>
        )}
      </Section>
    )
  }
  return (
    <>
      {!may && (
        <div className="px-4 pt-4">
          <p className="text-sm text-ink-3">{shared('onlyRead')}</p>
        </div>
      )}
      {ways.some(({ channel, setUp }) => channel === 'email' && !setUp) && (
        <div className="px-4 pt-4">
          <Note icon="mail" tone="wait">
            {t('mailNotSetUp')}
          </Note>
        </div>
      )}
      {section('before')}
      {section('after')}
      <Section title={t('ways')} intro={t('waysIntro')}>
        <ul className="grid gap-2 text-sm">
          {ways.map(({ channel, setUp }) => (
            <li key={channel} className="flex items-center gap-2">
              <span className="min-w-32">{t(`channel/${channel}`)}</span>
              <Badge tone={setUp ? 'ok' : 'neutral'} icon={setUp ? 'check' : 'minus'}>
                {t(setUp ? 'setUp' : 'notSetUp')}
              </Badge>
            </li>
          ))}
        </ul>
      </Section>
      {open !== undefined && (
        <RuleSheet
          {...(typeof open === 'string' ? { moment: open } : { moment: open.moment, rule: open })}
          ways={ways}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}
