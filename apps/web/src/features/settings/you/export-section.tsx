import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { saveText } from '../../../lib/save-file.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { useAct } from './use-act.ts'
import { youWords } from './words.ts'

/** Everything the server keeps about the account, to take away. */
export function ExportSection() {
  const t = useWords(youWords)
  const { act, busy, said } = useAct()
  const save = () =>
    act(async () => saveText('frontdesk-account.json', 'application/json', JSON.stringify(await call('GET /me/export'), undefined, 2)))
  return (
    <Section title={t('exportTitle')} intro={t('exportIntro')}>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
      <span>
        <Button icon="download" busy={busy} onClick={() => void save()}>
          {t('exportDo')}
        </Button>
      </span>
    </Section>
  )
}
