import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import type { Contact } from '../queries.ts'
import { OwnFieldFact } from './own-field-fact.tsx'
import { fieldsQuery, type OwnField } from './queries.ts'
import { fieldsWords } from './words.ts'

const HistorySheet = lazy(() => import('./history-sheet.tsx').then((file) => ({ default: file.HistorySheet })))

/** Who changes contacts; the server asks again. */
const mayWrite: readonly string[] = ['owner', 'admin', 'manager', 'member', 'representative', 'privacy_officer']
const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** What the business's own fields say about somebody, heading by heading, each changed where it stands; and what changed. */
export function OwnFields({ contact }: { readonly contact: Contact }) {
  const t = useWords(fieldsWords)
  const { role, slug } = useWorkspace()
  const asked = useQuery(fieldsQuery)
  const [history, setHistory] = useState(false)
  const inUse = asked.data?.items.filter(({ archivedAt }) => archivedAt === null) ?? []
  const may = mayWrite.includes(role) && contact.mergedInto === null
  return (
    <section aria-label={t('ownFields')} className="grid gap-4 px-6 pb-5 phone:px-4">
      {headings(inUse).map(([group, fields]) => (
        <div key={group} className="grid gap-2">
          {group !== '' && (
            <h2 className="text-xs font-medium text-ink-3">
              <bdi>{group}</bdi>
            </h2>
          )}
          <dl className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-4 text-sm phone:grid-cols-2">
            {fields.map((field) => (
              <OwnFieldFact key={field.id} contact={contact} field={field} may={may} />
            ))}
          </dl>
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Button size="sm" variant="quiet" icon="undo" onClick={() => setHistory(true)}>
          {t('history')}
        </Button>
        {asked.data && inUse.length === 0 && mayManage.includes(role) && (
          <Link to="/w/$workspace/settings/fields" params={{ workspace: slug }} className="text-xs text-ink-3 underline underline-offset-2">
            {t('declare')}
          </Link>
        )}
      </div>
      <Suspense>{history && <HistorySheet contact={contact} may={may} onClose={() => setHistory(false)} />}</Suspense>
    </section>
  )
}

/** Those without a heading first, then each heading where its first field stands. */
const headings = (fields: readonly OwnField[]): readonly (readonly [string, readonly OwnField[]])[] =>
  [...Map.groupBy(fields, ({ group }) => group ?? '')].toSorted(([one], [other]) => Number(one !== '') - Number(other !== ''))
