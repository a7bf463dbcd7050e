import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { type Explained, useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Select } from '../../../ui/select.tsx'
import { Table } from '../../../ui/table.tsx'
import { type ListCounts, noCounts, plus } from './list-counts.ts'
import { RemedyLink } from './remedy-link.tsx'
import { hasRulesWord, rulesWords } from './words.ts'

type Way = 'email' | 'sms' | 'call' | 'ai'
type What = 'marketing' | 'feedback'

/** Before a launch: how many of a list may be contacted now, and why not the others, counted reason by reason. */
export function ListCheck({ tag, onClose }: { readonly tag: string | undefined; readonly onClose: () => void }) {
  const t = useWords(rulesWords)
  const explain = useExplain()
  const [way, setWay] = useState<Way>('email')
  const [what, setWhat] = useState<What>('marketing')
  const [counts, setCounts] = useState<ListCounts>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Explained>()

  const check = async () => {
    setBusy(true)
    setProblem(undefined)
    let sum = noCounts
    setCounts(sum)
    try {
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const part = await call('GET /may-contact', {
          query: {
            channel: way === 'ai' ? 'call' : way,
            purpose: what,
            voice: way === 'ai' ? 'artificial' : 'human',
            ...(tag === undefined ? {} : { tag }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        })
        sum = plus(sum, part)
        setCounts(sum)
        cursor = part.next
      }
    } catch (error) {
      setCounts(undefined)
      setProblem(explain(error))
    }
    setBusy(false)
  }
  const again = (change: () => void) => {
    change()
    setCounts(undefined)
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title={t('listTitle')}
      description={t('listIntro')}
      footer={
        <Button variant="solid" onClick={() => void check()} busy={busy}>
          {t('check')}
        </Button>
      }
    >
      <div className="grid gap-4">
        <p className="text-sm font-medium">{tag === undefined ? t('listAll') : t('listOf', { tag })}</p>
        <div className="grid gap-4 desk:grid-cols-2">
          <Select
            label={t('way')}
            value={way}
            onChange={(next) => again(() => setWay(next))}
            options={(['email', 'call', 'ai', 'sms'] as const).map((value) => ({ value, label: t(`way/${value}`) }))}
          />
          <Select
            label={t('what')}
            value={what}
            onChange={(next) => again(() => setWhat(next))}
            options={(['marketing', 'feedback'] as const).map((value) => ({ value, label: t(`what/${value}`) }))}
          />
        </div>
        {problem && (
          <Note tone="no" role="alert">
            {problem.message}
          </Note>
        )}
        {busy && <Progress label={t('checking')} done={counts?.checked ?? 0} />}
        {counts && !busy && <Counts counts={counts} />}
      </div>
    </Dialog>
  )
}

function Counts({ counts: { checked, allowed, later, reasons } }: { readonly counts: ListCounts }) {
  const t = useWords(rulesWords)

  if (checked === 0) return <p className="text-sm text-ink-2">{t('nobody')}</p>
  return (
    <div className="grid gap-3">
      <p role="status" className="flex flex-wrap gap-x-4 text-sm">
        <span className="font-medium text-ok-ink">{t('mayNow', { count: allowed })}</span>
        {later > 0 && <span className="text-wait-ink">{t('mayLater', { count: later })}</span>}
        {checked - allowed - later > 0 && <span className="text-no-ink">{t('mayNot', { count: checked - allowed - later })}</span>}
      </p>
      {reasons.length > 0 && (
        <Table
          label={t('why')}
          rows={reasons}
          keyOf={({ code }) => code}
          columns={[
            {
              key: 'why',
              title: t('why'),
              phone: 'title',
              cell: ({ code, remedy }) => {
                const key = `group/${code}`
                return (
                  <span className="grid gap-0.5">
                    {hasRulesWord(key) ? t(key as 'group/suppressed') : code}
                    <RemedyLink remedy={remedy} />
                  </span>
                )
              },
            },
            { key: 'count', title: t('howMany'), phone: 'aside', cell: ({ count }) => <span className="figures">{count}</span> },
          ]}
        />
      )}
    </div>
  )
}
