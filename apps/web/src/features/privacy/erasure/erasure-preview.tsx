import type { ReactNode } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Note } from '../../../ui/banner.tsx'
import type { ErasureMode, ErasurePreview as Preview } from './queries.ts'
import { rightsWords, tableWords } from './words.ts'

/** What somebody recognises, in the order in which it matters; the rest is what the program keeps around it. */
const mainTables: readonly string[] = [
  'contact',
  'contact_point',
  'booking',
  'conversation',
  'message',
  'attachment',
  'mail',
  'inbound_mail',
  'note',
  'consent',
  'timeline_event',
]

/** What goes, what lives on without her, and what stays and why: counted by the plan that will be carried out. */
export function ErasurePreview({ preview, mode }: { readonly preview: Preview; readonly mode: ErasureMode }) {
  const t = useWords(rightsWords)
  const { list } = useFormats()
  const of = (fate: Preview['tables'][number]['fate']) =>
    preview.tables.filter((each) => each.fate === fate).map(({ table, rows }) => t('counted', { what: tableWords(t, table), count: rows }))
  const gone = preview.tables.filter(({ fate }) => fate === 'goes')
  const main = mainTables.flatMap((table) => gone.filter((each) => each.table === table))
  const others = gone.filter(({ table }) => !mainTables.includes(table) && table !== 'file')
  const counted = ({ table, rows }: Preview['tables'][number]) => t('counted', { what: tableWords(t, table), count: rows })
  const goes = [...main.map(counted), ...(preview.files > 0 ? [t('filesGo', { count: preview.files })] : [])]
  return (
    <div className="grid gap-3 text-sm">
      {preview.holds.length > 0 && <Note tone="wait">{t('held', { why: list(preview.holds) })}</Note>}
      {preview.bookingsAhead > 0 && <Note tone="wait">{t('ahead', { count: preview.bookingsAhead })}</Note>}
      <Part title={t('goes')} items={goes}>
        {others.length > 0 && (
          <details>
            <summary className="cursor-pointer text-ink-2">
              {t('goesToo', { count: others.reduce((sum, { rows }) => sum + rows, 0) })}
            </summary>
            <ul className="grid gap-0.5 ps-4 pt-0.5 text-xs text-ink-3">
              {others.map((each) => (
                <li key={each.table}>{counted(each)}</li>
              ))}
            </ul>
          </details>
        )}
      </Part>
      {mode === 'anonymize' && <Part title={t('livesOn')} items={of('anonymized')} />}
      <Part title={t('handedOver')} items={of('handed_over')} />
      <Part title={t('emptied')} items={of('emptied')} />
      <Part
        title={t('stays')}
        items={[t('staysAudit'), ...(preview.suppressions > 0 ? [t('staysStop', { count: preview.suppressions })] : []), t('staysBackups')]}
      />
    </div>
  )
}

function Part({ title, items, children }: { readonly title: string; readonly items: readonly string[]; readonly children?: ReactNode }) {
  if (items.length === 0 && !children) return null
  return (
    <section className="grid gap-1">
      <h3 className="font-medium">{title}</h3>
      <ul className="grid gap-0.5 text-ink-2">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      {children}
    </section>
  )
}
