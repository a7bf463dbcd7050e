import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { numberLookupsQuery } from '../gate/queries.ts'
import { rulesWords } from '../gate/words.ts'

const LoadChecksDialog = lazy(() => import('./load-checks-dialog.tsx').then((file) => ({ default: file.LoadChecksDialog })))

/** What was found out about numbers: who looks them up, and the way to load a file of answers. */
export function NumberChecksSection() {
  const t = useWords(rulesWords)
  const { list } = useFormats()
  const { role } = useWorkspace()
  const asked = useQuery(numberLookupsQuery)
  const [loading, setLoading] = useState(false)
  const mayLoad = ['owner', 'admin', 'manager', 'privacy_officer'].includes(role)
  return (
    <Section
      title={t('checksTitle')}
      intro={t('checksIntro')}
      actions={
        mayLoad && (
          <Button icon="plus" onClick={() => setLoading(true)}>
            {t('checksLoad')}
          </Button>
        )
      }
    >
      <Asked asked={asked}>
        {({ lookups }) => (
          <p className="text-sm text-ink-2">
            {lookups.length === 0 ? t('checksNobody') : t('checksBy', { names: list(lookups.map(({ name }) => name)) })}
          </p>
        )}
      </Asked>
      <Suspense>{loading && <LoadChecksDialog onClose={() => setLoading(false)} />}</Suspense>
    </Section>
  )
}
