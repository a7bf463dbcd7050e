import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../../ui/checkbox.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { privacySettingsQuery } from '../settings/queries.ts'
import { EraseProgress } from './erase-progress.tsx'
import { ErasurePreview } from './erasure-preview.tsx'
import type { RightsDialogProps } from './export-dialog.tsx'
import { type ErasureMode, previewQuery, rightsQuery } from './queries.ts'
import { rightsWords } from './words.ts'

/** The one act that nothing takes back: says exactly what goes and what stays, and why, asks, and shows how far it is. */
export function EraseDialog({
  contactId,
  name,
  onClose,
  onErased,
}: RightsDialogProps & { /** Her card is gone. */ readonly onErased: () => void }) {
  const t = useWords(rightsWords)
  const explain = useExplain()
  const rights = useQuery({ ...rightsQuery(contactId), retry: false })
  const settings = useQuery({ ...privacySettingsQuery, retry: false })
  const usual = settings.data?.settings.find(({ key }) => key === 'client.removal_default')?.value
  const [chosen, setMode] = useState<ErasureMode>()
  // What the business settled stands first; it can be changed for one contact.
  const mode: ErasureMode = chosen ?? (usual === 'anonymize' ? 'anonymize' : 'erase')
  const [never, setNever] = useState(false)
  const [sure, setSure] = useState(false)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [erasureId, setErasureId] = useState<string>()
  const preview = useQuery({ ...previewQuery(contactId, mode), enabled: erasureId === undefined })
  const running = erasureId ?? rights.data?.erasure?.id
  const send = async () => {
    setSending(true)
    setProblem(undefined)
    try {
      const erasure = await call('POST /contacts/{contactId}/erasure', {
        params: { contactId },
        body: { mode, ground: 'person_asked', bookingsAhead: 'cancel', neverContactAgain: never },
      })
      setErasureId(erasure.id)
    } catch (error) {
      setProblem(explain(error).message)
    } finally {
      setSending(false)
    }
  }
  if (running) {
    return (
      <Dialog
        open
        onOpenChange={onErased}
        size="md"
        title={t('eraseTitle', { name })}
        footer={<Button onClick={onErased}>{t('close')}</Button>}
      >
        <EraseProgress erasureId={running} />
      </Dialog>
    )
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="md"
      title={t('eraseTitle', { name })}
      description={t('eraseText')}
      footer={
        <>
          <Button onClick={onClose}>{t('keep')}</Button>
          <Button variant="danger" icon="trash" busy={sending} disabled={!sure || !preview.data} onClick={() => void send()}>
            {t(`do/${mode}`)}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <RadioGroup
          label={t('how')}
          value={mode}
          onChange={(chosen) => {
            setMode(chosen)
            setSure(false)
          }}
          choices={[
            { value: 'erase', label: t('mode/erase'), note: t('mode/eraseNote') },
            { value: 'anonymize', label: t('mode/anonymize'), note: t('mode/anonymizeNote') },
          ]}
        />
        {preview.data ? (
          <ErasurePreview preview={preview.data} mode={mode} />
        ) : preview.isError ? (
          <Note tone="no" role="alert">
            {explain(preview.error).message}
          </Note>
        ) : (
          <TextSkeleton lines={6} />
        )}
        <Checkbox label={t('never')} hint={t('neverHint')} value={never} onChange={setNever} />
        <Checkbox label={t('sure', { name })} value={sure} onChange={setSure} />
        {problem && (
          <Note tone="no" role="alert">
            {problem}
          </Note>
        )}
      </div>
    </Dialog>
  )
}
