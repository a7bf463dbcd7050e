import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyField } from '../../../ui/copy-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { settingsWords } from '../words.ts'
import { webhookWords } from './words.ts'

/** The secret of an endpoint, to take to its receiver. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const t = useWords(webhookWords)
  const shared = useWords(settingsWords)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('secretTitle')}
      description={t('secretText')}
      size="md"
      footer={
        <Button variant="solid" onClick={onClose}>
          {shared('done')}
        </Button>
      }
    >
      <CopyField label={t('secret')} value={secret} />
    </Dialog>
  )
}
