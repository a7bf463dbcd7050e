import { useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { linkLook } from './entrance.tsx'
import type { Acceptance } from './use-acceptance.ts'
import { accountsWords } from './words.ts'

/** Says what a new account accepts, with the pages to read it on; nothing where the server has no documents. */
export function WhatIsAccepted({ acceptance: { documents, changed } }: { readonly acceptance: Acceptance }) {
  const t = useWords(accountsWords)
  if (documents.length === 0) return null
  return (
    <div className="grid gap-1 text-sm text-ink-2">
      {changed && (
        <Note tone="wait" role="alert">
          {t('accepts/changed')}
        </Note>
      )}
      <p>{t('accepts/text')}</p>
      <ul className="flex flex-wrap gap-x-4">
        {documents.map(({ document, path, locale }) => (
          <li key={document}>
            <a href={`${path}?lang=${locale}`} target="_blank" rel="noopener" className={linkLook}>
              {t(`accepts/${document}`)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
