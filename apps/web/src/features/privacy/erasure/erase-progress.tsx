import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { type Erasure, erasureQuery } from './queries.ts'
import { rightsWords, tableWords } from './words.ts'

const steps = ['collect', 'erase', 'prove', 'done'] as const

/** How far an erasure is, and its receipt at the end. */
export function EraseProgress({ erasureId }: { readonly erasureId: string }) {
  const t = useWords(rightsWords)
  const explain = useExplain()
  const asked = useQuery(erasureQuery(erasureId))
  if (asked.isError) {
    return (
      <Note tone="no" role="alert">
        {explain(asked.error).message}
      </Note>
    )
  }
  if (!asked.data) return <TextSkeleton lines={3} />
  const { state, step, heldBy, receipt } = asked.data
  if (state === 'held') return <Note tone="wait">{t('held', { why: heldBy ?? '' })}</Note>
  if (receipt) return <Receipt receipt={receipt} />
  return <Progress label={t(`step/${step}`)} done={steps.indexOf(step) + 1} total={steps.length} />
}

/** What an erasure did and what stays, without naming anybody. */
export function Receipt({ receipt }: { readonly receipt: NonNullable<Erasure['receipt']> }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  return (
    <div className="grid gap-3 text-sm">
      <Note tone="ok" role="status">
        {t(`done/${receipt.mode}`, { when: formats.dateTime(receipt.finishedAt) })}
      </Note>
      <ul className="grid gap-0.5 text-ink-2">
        {receipt.tables.map(({ table, deleted, emptied, anonymized }) => (
          <li key={table}>{t('receiptLine', { what: tableWords(t, table), deleted, emptied, anonymized })}</li>
        ))}
        <li>{t('receiptFiles', { files: receipt.files, jobs: receipt.jobs })}</li>
      </ul>
      {receipt.mentioned.length > 0 && (
        <Note tone="wait">
          {t('mentioned', {
            where: formats.list(receipt.mentioned.map(({ table, rows }) => t('counted', { what: tableWords(t, table), count: rows }))),
          })}
        </Note>
      )}
      {receipt.kept.length > 0 && (
        <section className="grid gap-1">
          <h3 className="font-medium">{t('stays')}</h3>
          <ul className="grid gap-1 text-ink-2">
            {receipt.kept.map(({ table, column, why, until }) => (
              <li key={`${table}.${column}`}>
                {tableWords(t, table)} · {until ?? t('noEnd')}
                <span lang="en" className="block text-xs text-ink-3">
                  {why}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="text-xs text-ink-3">{t('receiptKept')}</p>
    </div>
  )
}
