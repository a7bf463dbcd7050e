import type { ContactId } from '@frontdesk/contract'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Section } from '../../../ui/section.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import type { RightsDialogProps } from '../erasure/export-dialog.tsx'
import { rightsWords } from '../erasure/words.ts'
import { DisclosureLine } from './disclosure-line.tsx'
import { disclosuresOfQuery, noticesQuery } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { NoticeList } from './recipient-notices.tsx'

/** Who received one person's data, and who was told of what became of them: what she may ask for (GDPR Art. 15(1)(c), 19). */
export function RecipientsDialog({ contactId, name, onClose }: RightsDialogProps) {
  const t = useWords(legalWords)
  const rights = useWords(rightsWords)
  const given = useQuery(disclosuresOfQuery(contactId as ContactId))
  const notices = useQuery(noticesQuery({ contactId: contactId as ContactId }))
  return (
    <Dialog
      open
      size="md"
      onOpenChange={onClose}
      title={t('toldOf', { name })}
      footer={<Button onClick={onClose}>{rights('close')}</Button>}
    >
      <Asked asked={given}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-sm text-ink-2">{t('toldNone')}</p>
          ) : (
            <Section title={t('toldGiven')}>
              <ul className="grid divide-y divide-line">
                {items.map((disclosure) => (
                  <DisclosureLine key={disclosure.id} disclosure={disclosure} />
                ))}
              </ul>
            </Section>
          )
        }
      </Asked>
      <Asked asked={notices}>
        {({ items }) =>
          items.length > 0 && (
            <Section title={t('told')}>
              <NoticeList notices={items} may />
            </Section>
          )
        }
      </Asked>
    </Dialog>
  )
}
