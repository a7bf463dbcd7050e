import { useId, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { newKey } from '../../../lib/keys.ts'
import { useExplain } from '../../../lib/problems.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { LegalCase } from './legal-queries.ts'
import { legalWords } from './legal-words.ts'
import { useSaveLegal } from './use-save-legal.ts'
import { WordsDialog } from './words-dialog.tsx'

const grounds = ['not_valid', 'no_jurisdiction', 'too_wide', 'no_data', 'withdrawn'] as const

/** What the scope holds, and the two answers: hand it over, or refuse. */
export function LegalDisclosure({ request, may }: { readonly request: LegalCase; readonly may: boolean }) {
  const t = useWords(legalWords)
  const explain = useExplain()
  const notices = useNotices()
  const save = useSaveLegal(request.id)
  const [asking, setAsking] = useState<'disclose' | 'refuse'>()
  const params = { legalRequestId: request.id }
  const act = async (work: () => Promise<unknown>) => {
    setAsking(undefined)
    try {
      await work()
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  if (!may) return null
  const open = request.state === 'received' || request.state === 'checking' || request.state === 'valid'
  const seen = request.state === 'valid' || request.state === 'disclosed'
  return (
    <Section
      title={t('look')}
      intro={t('lookIntro')}
      actions={
        <>
          {open && (
            <Button size="sm" onClick={() => setAsking('refuse')}>
              {t('refuse')}
            </Button>
          )}
          {request.state === 'valid' && (
            <Button size="sm" variant="solid" onClick={() => setAsking('disclose')}>
              {t('disclose')}
            </Button>
          )}
        </>
      }
    >
      {seen && <Look request={request} onFail={(error) => notices.show({ tone: 'no', text: explain(error).message })} />}
      {request.extract === 'making' && (
        <p role="status" className="text-sm text-ink-3">
          {t('making')}
        </p>
      )}
      {request.extract === 'ready' && (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            icon="download"
            onClick={() =>
              void act(async () =>
                saveFile(`legal-request-${request.number}.json`, await call('GET /legal-requests/{legalRequestId}/extract', { params })),
              )
            }
          >
            {t('extract')}
          </Button>
          <span className="text-sm text-ink-3">{t('extractHint')}</span>
        </div>
      )}
      {asking === 'disclose' && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(undefined)}
          title={t('discloseAsk')}
          description={t('discloseText')}
          action={t('disclose')}
          onConfirm={() =>
            void act(() => save(call('POST /legal-requests/{legalRequestId}/disclosure', { params, body: {}, idempotencyKey: newKey() })))
          }
        />
      )}
      {asking === 'refuse' && <RefuseDialog request={request} onClose={() => setAsking(undefined)} />}
    </Section>
  )
}

function Look({ request, onFail }: { readonly request: LegalCase; readonly onFail: (error: unknown) => void }) {
  const t = useWords(legalWords)
  const [found, setFound] = useState<readonly { readonly table: string; readonly rows: number }[]>()
  const [busy, setBusy] = useState(false)
  const look = async () => {
    setBusy(true)
    try {
      setFound((await call('GET /legal-requests/{legalRequestId}/rows', { params: { legalRequestId: request.id }, query: {} })).tables)
    } catch (error) {
      onFail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="grid justify-items-start gap-2">
      <Button size="sm" busy={busy} onClick={() => void look()}>
        {t('lookDo')}
      </Button>
      {found && <Facts items={found.map(({ table, rows }) => ({ term: table, value: t('rows', { count: rows }) }))} />}
    </div>
  )
}

function RefuseDialog({ request, onClose }: { readonly request: LegalCase; readonly onClose: () => void }) {
  const t = useWords(legalWords)
  const save = useSaveLegal(request.id)
  const id = useId()
  const [ground, setGround] = useState<(typeof grounds)[number]>('not_valid')
  return (
    <WordsDialog
      title={t('refuse')}
      label={t('note')}
      action={t('refuse')}
      onClose={onClose}
      onSend={(note, key) =>
        save(
          call('POST /legal-requests/{legalRequestId}/refusal', {
            params: { legalRequestId: request.id },
            body: { ground, note },
            idempotencyKey: key,
          }),
        )
      }
    >
      <Select
        key={id}
        label={t('ground')}
        value={ground}
        onChange={setGround}
        options={grounds.map((value) => ({ value, label: t(`refusal/${value}`) }))}
      />
    </WordsDialog>
  )
}
