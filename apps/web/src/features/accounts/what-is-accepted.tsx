import { useReader, useWords } from '../../lib/i18n.tsx'
import { linkLook } from './entrance.tsx'
import { useSignUpPolicy } from './sign-up-policy.ts'
import { accountsWords } from './words.ts'

/** Says what a new account accepts, with the pages to read it on; nothing where the server has no documents. */
export function WhatIsAccepted() {
  const t = useWords(accountsWords)
  const { locale } = useReader()
  const documents = useSignUpPolicy()?.accepts ?? []
  if (documents.length === 0) return null
  return (
    <div className="grid gap-1 text-sm text-ink-2">
      <p>{t('accepts/text')}</p>
      <ul className="flex flex-wrap gap-x-4">
        {documents.map(({ document, path }) => (
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
