import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { NameDialog } from './name-dialog.tsx'
import type { Segment } from './queries.ts'
import { segmentsWords } from './words.ts'

/** Calls a segment something else. */
export function RenameSegmentDialog({ segment, onClose }: { readonly segment: Segment; readonly onClose: () => void }) {
  const t = useWords(segmentsWords)
  const queries = useQueryClient()
  return (
    <NameDialog
      title={t('renameTitle', { name: segment.name })}
      label={t('name')}
      action={t('rename')}
      name={segment.name}
      onClose={onClose}
      send={async (name) => {
        await call('PATCH /segments/{segmentId}', { params: { segmentId: segment.id }, body: { name }, version: segment.version })
        await queries.invalidateQueries({ queryKey: ['segments'] })
      }}
    />
  )
}
