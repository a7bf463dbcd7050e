import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { slugOf, useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { type ContactMerge, type SinceMerge, sinceMergeQuery } from './queries.ts'
import { useShownField } from './use-shown-field.ts'
import { type DuplicatesTranslator, duplicatesWords, hasDuplicatesWord } from './words.ts'

export type UndoMergeDialogProps = { readonly merge: ContactMerge; readonly onClose: () => void }

/** Parts two cards again, and asks what of the things that came since belongs to the one that goes. */
export function UndoMergeDialog({ merge, onClose }: UndoMergeDialogProps) {
  const t = useWords(duplicatesWords)
  const explain = useExplain()
  const formats = useFormats()
  const { labelOf } = useShownField()
  const queries = useQueryClient()
  const notices = useNotices()
  const asked = useQuery(sinceMergeQuery(merge.id))
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const other = merge.mergedName
  const undo = async () => {
    setBusy(true)
    setFailed(undefined)
    try {
      const give = (asked.data?.items ?? []).filter(({ id }) => given.has(id)).map(({ kind, id }) => ({ kind, id }))
      const { stayed } = await call('POST /merges/{mergeId}/undo', { params: { mergeId: merge.id }, body: { give } })
      await queries.invalidateQueries({ queryKey: ['contacts'] })
      notices.show({
        tone: 'ok',
        text: stayed.length === 0 ? t('parted', { other }) : t('partedBut', { other, fields: formats.list(stayed.map(labelOf)) }),
      })
      onClose()
    } catch (error) {
      setFailed(slugOf(error) === 'contacts/undo-later-first' ? t('undoLater') : t('failed', { reason: explain(error).message }))
    } finally {
      setBusy(false)
    }
  }
  const footer = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button variant="solid" busy={busy} onClick={() => void undo()}>
        {t('undo')}
      </Button>
    </>
  )
  return (
    <Dialog open onOpenChange={onClose} title={t('undoTitle', { other })} description={t('undoIntro')} size="md" footer={footer}>
      <div className="grid gap-3">
        {failed && (
          <Note tone="no" role="alert">
            {failed}
          </Note>
        )}
        {asked.isError && (
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
        )}
        {asked.isPending && <TextSkeleton lines={3} />}
        {asked.data && asked.data.items.length === 0 && <p className="text-sm text-ink-2">{t('sinceNone')}</p>}
        {asked.data && asked.data.items.length > 0 && (
          <fieldset className="grid gap-1">
            <legend className="mb-1 text-sm font-medium">{t('sinceTitle', { other })}</legend>
            {asked.data.items.map((item) => (
              <Checkbox
                key={item.id}
                label={t('sinceKind', { kind: kindWord(t, item), when: item.at ? formats.dateTime(item.at) : '' })}
                value={given.has(item.id)}
                onChange={(on) => setGiven(new Set(on ? [...given, item.id] : [...given].filter((id) => id !== item.id)))}
              />
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  )
}

const kindWord = (t: DuplicatesTranslator, { kind }: SinceMerge): string => {
  const key = `came/${kind}`
  return hasDuplicatesWord(key) ? t(key as 'came/note') : t('came/other')
}
