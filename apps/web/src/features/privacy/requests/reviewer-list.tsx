import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import type { RequestCase } from './queries.ts'
import { requestWords } from './words.ts'

/** Who was invited from outside to look at a case, with a way to take an invitation back that was not used. */
export function ReviewerList({
  reviewers,
  may,
  onRevoke,
}: {
  readonly reviewers: RequestCase['reviewers']
  readonly may: boolean
  readonly onRevoke: (reviewerId: string) => Promise<void>
}) {
  const t = useWords(requestWords)
  const formats = useFormats()
  const explain = useExplain()
  const [problem, setProblem] = useState<string>()
  const revoke = async (reviewerId: string) => {
    setProblem(undefined)
    try {
      await onRevoke(reviewerId)
    } catch (error) {
      setProblem(explain(error).message)
    }
  }
  return (
    <>
      <ul className="grid divide-y divide-line">
        {reviewers.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-3 py-2 text-sm">
            <span className="grid min-w-48 flex-1">
              <bdi>{one.name ?? t('anonymous')}</bdi>
              <span className="text-xs text-ink-3">
                {one.email && <bdi>{one.email}</bdi>}{' '}
                {one.decidedAt
                  ? t('reviewerDecided', { date: formats.date(one.decidedAt) })
                  : one.revokedAt
                    ? t('reviewerRevoked')
                    : t('reviewerUntil', { date: formats.date(one.expiresAt) })}
              </span>
            </span>
            {may && one.decidedAt === null && one.revokedAt === null && (
              <Button size="sm" onClick={() => void revoke(one.id)}>
                {t('revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <Note tone="no" role="alert">
          {problem}
        </Note>
      )}
    </>
  )
}
