import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import type { Import } from './queries.ts'
import { importWords } from './words.ts'

const endings = { delimited: 'csv', workbook: 'xlsx', vcard: 'vcf' } as const

/** Saves the rows that were not taken, or not wholly. */
export function ErrorsButton({ one }: { readonly one: Import }) {
  const t = useWords(importWords)
  const explain = useExplain()
  const notices = useNotices()
  const [busy, setBusy] = useState(false)
  const get = async () => {
    setBusy(true)
    try {
      const content = await call('GET /imports/{importId}/errors', { params: { importId: one.id } })
      const base = one.name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
      saveFile(`${base} - errors.${endings[one.format?.kind ?? 'delimited']}`, content)
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
    setBusy(false)
  }
  return (
    <div className="grid justify-items-start gap-1">
      <Button icon="download" busy={busy} onClick={() => void get()}>
        {t('errorsGet')}
      </Button>
      <p className="max-w-[64ch] text-xs text-ink-3">{t('errorsNote')}</p>
    </div>
  )
}
