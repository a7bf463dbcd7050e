import type { ContactFilter } from '@frontdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { partsOf } from './filter-value.ts'
import { stepsQuery } from './queries.ts'
import { useSayFilter } from './use-say-filter.ts'
import { segmentsWords } from './words.ts'

/** How a number comes about: how many are left after each condition. */
export function ExplainDialog({ filter, onClose }: { readonly filter: ContactFilter; readonly onClose: () => void }) {
  const t = useWords(segmentsWords)
  const formats = useFormats()
  const explain = useExplain()
  const say = useSayFilter([filter])
  const asked = useQuery(stepsQuery(filter))
  const { parts } = partsOf(filter)
  const count = asked.data
  return (
    <Dialog open onOpenChange={onClose} title={t('explain')} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      {asked.isError && !count && (
        <Note tone="no" role="alert">
          {t('noCount', { reason: explain(asked.error).message })}
        </Note>
      )}
      {asked.isPending && <TextSkeleton lines={3} />}
      {count && (
        <table className="w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('conditions')}</th>
              <th scope="col">{t('left')}</th>
            </tr>
          </thead>
          <tbody>
            <tr className="border-b border-line">
              <th scope="row" className="py-2 pe-4 text-start font-normal text-ink-2">
                {t('everybody')}
              </th>
              <td className="figures py-2 text-end">{formats.number(count.of ?? 0)}</td>
            </tr>
            {(count.steps ?? []).map(({ path, left }) => {
              const part = parts[Number(path.split('.').at(-1))]
              return (
                <tr key={path} className="border-b border-line last:border-0">
                  <th scope="row" className="py-2 pe-4 text-start font-normal wrap-anywhere">
                    {part ? say.part(part) : path}
                  </th>
                  <td className="figures py-2 text-end font-strong">{formats.number(left)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Dialog>
  )
}
