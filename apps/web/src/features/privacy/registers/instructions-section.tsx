import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { instructionsQuery } from './team-queries.ts'
import { teamWords } from './team-words.ts'
import { WordsDialog } from './words-dialog.tsx'

/** What the business told whoever runs the server. */
export function InstructionsSection() {
  const t = useWords(teamWords)
  const formats = useFormats()
  const queries = useQueryClient()
  const notices = useNotices()
  const { role, slug } = useWorkspace()
  const asked = useInfiniteQuery(instructionsQuery)
  const [giving, setGiving] = useState(false)
  const link = (
    <Link key="link" to="/w/$workspace/settings/operator" params={{ workspace: slug }} className={linkLook}>
      {t('operatorLink')}
    </Link>
  )
  return (
    <Section
      title={t('instructions')}
      intro={t('instructionsIntro')}
      actions={
        role === 'owner' && (
          <Button size="sm" onClick={() => setGiving(true)}>
            {t('instruct')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <p className="text-sm text-ink-3">{t('instructionsEmpty')}</p>
          ) : (
            <>
              <ul className="grid divide-y divide-line text-sm">
                {rowsOf(data).map((one) => (
                  <li key={one.id} className="grid gap-0.5 py-2">
                    <bdi className="wrap-anywhere whitespace-pre-line">{one.text}</bdi>
                    <span className="text-xs text-ink-3">
                      {formats.dateTime(one.at)}, {one.by}
                    </span>
                  </li>
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
      <p className="text-sm text-ink-2">{t.parts('operator', { link })}</p>
      {giving && (
        <WordsDialog
          title={t('instruct')}
          label={t('instruction')}
          hint={t('instructionHint')}
          action={t('instruct')}
          onClose={() => setGiving(false)}
          onSend={async (text, key) => {
            await call('POST /processing-instructions', { body: { text }, idempotencyKey: key })
            void queries.invalidateQueries({ queryKey: instructionsQuery.queryKey })
            notices.show({ tone: 'ok', text: t('given') })
          }}
        />
      )}
    </Section>
  )
}
