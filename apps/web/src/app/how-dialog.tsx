import { useWords } from '../lib/i18n.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { bannerWords } from './banner-words.ts'

/** What a banner can explain. */
export type HowTopic = 'mail' | 'address' | 'keys'

const commands: Readonly<Record<HowTopic, string>> = {
  mail: 'SMTP_URL=smtps://user:password@mail.example.com\nMAIL_FROM="Harbor Dental <desk@example.com>"',
  address: 'npm start -- --domain desk.example.com',
  keys: 'npm run backup -- --keys frontdesk-keys.file\nnpm run backup -- --confirm-keys /media/safe/frontdesk-keys.file',
}

/** How to change what a banner says: the steps, what to write, and what comes of it. */
export function HowDialog({ topic, onClose }: { readonly topic: HowTopic; readonly onClose: () => void }) {
  const t = useWords(bannerWords)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`${topic}HowTitle`)}
      description={t(`${topic}Text`, { address: location.origin })}
      size="md"
    >
      <div className="grid gap-3 text-sm">
        <ol className="grid list-decimal gap-2 ps-5 marker:text-ink-3">
          <li>{t(`${topic}How1`)}</li>
          <li>{t(`${topic}How2`)}</li>
        </ol>
        <pre dir="ltr" className="rounded-md bg-fill p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {commands[topic]}
        </pre>
        <p className="text-ink-2">{t(`${topic}How3`)}</p>
      </div>
    </Dialog>
  )
}
