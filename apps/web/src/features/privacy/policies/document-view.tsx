import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { SegmentedControl } from '../../../ui/segmented-control.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { OwnWordsForm } from './own-words-form.tsx'
import type { PolicyName } from './policy-names.ts'
import { PublishDialog } from './publish-dialog.tsx'
import { draftQuery, type PolicyDraft, type PolicyLocale } from './queries.ts'
import { VersionsSection } from './versions-section.tsx'
import { policiesWords } from './words.ts'

const languages = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
  { value: 'fr', label: 'Français' },
] as const satisfies readonly { readonly value: PolicyLocale; readonly label: string }[]

/** One document: what the next version changes, the draft, own words, and the versions. */
export function DocumentView({ kind }: { readonly kind: PolicyName }) {
  const t = useWords(policiesWords)
  const { role } = useWorkspace()
  const { locale: reads } = useReader()
  const [locale, setLocale] = useState<PolicyLocale>(reads)
  const [publishing, setPublishing] = useState(false)
  const asked = useQuery(draftQuery(kind, locale))
  const may = role === 'owner' || role === 'privacy_officer'
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line p-4">
        <SegmentedControl label={t('language')} value={locale} onChange={setLocale} options={languages} />
      </div>
      <Asked asked={asked} lines={10}>
        {(draft) => (
          <>
            <Changes draft={draft} onPublish={may ? () => setPublishing(true) : undefined} />
            <Draft draft={draft} />
            {may && <OwnWordsForm key={`${draft.version}-${locale}`} draft={draft} />}
            {publishing && <PublishDialog draft={draft} onClose={() => setPublishing(false)} />}
          </>
        )}
      </Asked>
      <VersionsSection kind={kind} />
    </>
  )
}

function Changes({ draft, onPublish }: { readonly draft: PolicyDraft; readonly onPublish: (() => void) | undefined }) {
  const t = useWords(policiesWords)
  const { changes, current, path, locale } = draft
  const buttons = (
    <span className="flex flex-wrap items-center gap-3">
      <a href={`${path}?lang=${locale}`} target="_blank" rel="noreferrer" className={`${linkLook} inline-flex items-center gap-1 text-sm`}>
        {t('look')} <Icon name="external" size="xs" />
      </a>
      {onPublish && (changes.length > 0 || !current) && (
        <Button variant="solid" onClick={onPublish}>
          {t('publish')}
        </Button>
      )}
    </span>
  )
  const intro = !current ? t('changesFirst') : changes.length > 0 ? t('changesLive') : t('changesNone')
  return (
    <Section title={t('changesTitle')} intro={intro} actions={buttons}>
      {current && changes.length > 0 && (
        <ul className="grid gap-3 text-sm" lang={locale}>
          {changes.map(({ section, id, before, after }) => (
            <li key={`${section} ${id}`} className="grid gap-1 rounded-md bg-fill px-3 py-2">
              {before !== null && <Line label={t(after === null ? 'gone' : 'before')} text={before} />}
              {after !== null && <Line label={t('after')} text={after} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Line({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <p className="min-w-0 wrap-anywhere">
      <span className="text-xs text-ink-2">{label}: </span>
      {text}
    </p>
  )
}

function Draft({ draft }: { readonly draft: PolicyDraft }) {
  const t = useWords(policiesWords)
  return (
    <Section title={t('draftTitle')} intro={t('draftIntro')}>
      <div lang={draft.locale} className="grid">
        {draft.sections.map(({ id, title, highlight, clauses, own }) => (
          <details key={id} className="group border-b border-line last:border-0">
            <summary className="flex min-h-(--control) items-center gap-2 py-2 text-sm">
              <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
              <span className="font-medium">{title}</span>
              <span className="min-w-0 flex-1 truncate text-ink-3 phone:hidden">{highlight}</span>
            </summary>
            <ul className="grid gap-2 ps-6 pb-4 text-sm">
              {clauses.map((clause) => (
                <li key={clause.id} className="grid min-w-0 gap-0.5 wrap-anywhere">
                  <span>{clause.text}</span>
                  <code lang="en" className="text-xs text-ink-3">
                    {clause.rests}
                  </code>
                </li>
              ))}
              {own.map((text) => (
                <li key={text} className="whitespace-pre-line wrap-anywhere">
                  {text}
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </Section>
  )
}
