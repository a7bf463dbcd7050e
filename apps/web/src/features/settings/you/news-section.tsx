import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Section } from '../../../ui/section.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { Asked } from '../settings-pane.tsx'
import { accountWords } from './account-words.ts'
import { type NewsItem, newsQuery } from './queries.ts'
import { useAct } from './use-act.ts'

type Always = 'requests_overdue' | 'incidents' | 'ownership' | 'account'
type Settable = Exclude<NewsItem['kind'], Always>
const isSettable = (item: NewsItem): item is NewsItem & { kind: Settable } => item.always === null

/** What one is mailed in this workspace: what can be settled, and what security and law keep on, with the reason. */
export function NewsSection() {
  const t = useWords(accountWords)
  const queries = useQueryClient()
  const asked = useQuery(newsQuery)
  const { act, busy, said } = useAct()
  const choose = (kind: Settable, mailed: boolean) =>
    act(async () => queries.setQueryData(newsQuery.queryKey, await call('PATCH /news-choice', { body: { [kind]: mailed } })))
  return (
    <Section title={t('newsTitle')} intro={t('newsIntro')}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <Asked asked={asked}>
        {({ items }) => (
          <ul className="grid gap-3" aria-label={t('newsTitle')}>
            {items.map((item) => (
              <li key={item.kind}>
                {isSettable(item) ? (
                  <Switch
                    name={item.kind}
                    label={t(`news/${item.kind}`)}
                    hint={t(`newsHint/${item.kind}`)}
                    value={item.mailed}
                    onChange={(mailed) => !busy && void choose(item.kind, mailed)}
                  />
                ) : (
                  <Switch
                    name={item.kind}
                    label={t(`news/${item.kind}`)}
                    hint={item.kind === 'account' ? `${t('newsHint/account')} ${t('always/security')}` : t('always/law')}
                    value
                    onChange={() => undefined}
                    disabled
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Asked>
    </Section>
  )
}
