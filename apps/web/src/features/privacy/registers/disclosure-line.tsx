import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { linkLook } from '../../accounts/entrance.tsx'
import type { Disclosure } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { registerWords } from './words.ts'

/** One hand-over of data to somebody outside. */
export function DisclosureLine({ disclosure }: { readonly disclosure: Disclosure }) {
  const t = useWords(legalWords)
  const registers = useWords(registerWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { recipient, purpose, contactId, people, categories, at, by } = disclosure
  return (
    <li className="grid gap-0.5 py-3 text-sm">
      <span className="flex flex-wrap gap-x-2">
        <bdi className="font-medium wrap-anywhere">{recipient}</bdi>
        <span className="text-ink-2">{t(`purpose/${purpose}`)}</span>
      </span>
      {categories.length > 0 && (
        <span className="text-ink-2">{categories.map((category) => registers(`category/${category}`)).join(', ')}</span>
      )}
      <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{t('stepBy', { date: formats.dateTime(at), name: by })}</span>
        {contactId ? (
          <Link to="/w/$workspace/contacts/$contactId" params={{ workspace: slug, contactId }} className={linkLook}>
            {t('people', { count: people })}
          </Link>
        ) : (
          <span>{t('people', { count: people })}</span>
        )}
      </span>
    </li>
  )
}
