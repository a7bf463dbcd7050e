import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import type { AuditCheck } from './queries.ts'
import { auditWords } from './words.ts'

/** Whether the record is whole: each entry hangs on the one before, and how far it reached is signed outside of the database. */
export function ChainSection() {
  const t = useWords(auditWords)
  const explain = useExplain()
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<AuditCheck | { readonly failed: string }>()
  const check = async () => {
    setBusy(true)
    try {
      setFound(await call('POST /audit/check'))
    } catch (error) {
      setFound({ failed: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section
      title={t('chain')}
      intro={t('chainIntro')}
      actions={
        <Button icon="shield" busy={busy} onClick={() => void check()}>
          {t('check')}
        </Button>
      }
    >
      <div aria-live="polite">{found && ('failed' in found ? <Note tone="no">{found.failed}</Note> : <Verdict check={found} />)}</div>
    </Section>
  )
}

function Verdict({ check }: { readonly check: AuditCheck }) {
  const t = useWords(auditWords)
  const formats = useFormats()
  if (check.intact) return <Note tone="ok">{t('intact', { count: check.sealed, when: formats.dateTime(check.checkedAt) })}</Note>
  const { firstBad } = check
  return (
    <Note tone="no">
      {firstBad ? t(`bad/${firstBad.reason}`, { number: firstBad.sequence }) : t(check.head === 'missing' ? 'head/missing' : 'head/forged')}{' '}
      {t('badNext')}
    </Note>
  )
}
