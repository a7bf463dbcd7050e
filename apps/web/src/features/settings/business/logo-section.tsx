import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, useRef } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { logoAddress } from '../../../lib/logo.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/section.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { faultOfLogo, logoTypes } from './logo-file.ts'
import { type Workspace, workspaceQuery } from './queries.ts'
import { showWorkspace } from './show-workspace.ts'
import { useLogoAct } from './use-logo-act.ts'
import { businessWords } from './words.ts'

/** The logo: seen, uploaded, replaced, removed. Saved by itself, apart from the form around it. */
export function LogoSection({ workspace }: { readonly workspace: Workspace }) {
  const t = useWords(businessWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { act, refuse, busy, said } = useLogoAct()
  const picker = useRef<HTMLInputElement>(null)
  const upload = useRef<HTMLButtonElement>(null)
  const address = logoAddress(workspace)

  const put = async (logoFileId: string | null) => {
    const { version } = await queries.fetchQuery({ ...workspaceQuery, staleTime: 0 })
    showWorkspace(queries, await call('PATCH /workspace', { body: { logoFileId: logoFileId as Workspace['logoFileId'] }, version }))
  }
  const tell = (answer: Workspace, text: string) => {
    const earlier = workspace.logoFileId
    showWorkspace(queries, answer)
    notices.show({ tone: 'ok', text, undo: () => put(earlier) })
  }
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = '' // so that the same file can be chosen again
    if (!file) return
    const fault = faultOfLogo(file)
    if (fault) refuse(fault)
    else void act(async () => tell(await call('PUT /workspace/logo', { file }), t('logoSaved')))
  }
  const remove = () =>
    act(async () => {
      tell(await call('DELETE /workspace/logo'), t('logoRemoved'))
      upload.current?.focus() // the button that was pressed is gone
    })

  return (
    <Section title={t('logoTitle')} intro={t('logoIntro')}>
      <div className="flex flex-wrap items-center gap-4">
        {address === undefined ? (
          <p className="text-sm text-ink-3">{t('logoNone')}</p>
        ) : (
          <img
            src={address}
            alt={t('logoOf', { name: workspace.name })}
            className="size-20 shrink-0 rounded-lg bg-white object-contain inset-ring inset-ring-line"
          />
        )}
        <div className="flex flex-wrap items-center gap-2">
          <input ref={picker} type="file" accept={logoTypes.join(',')} onChange={choose} aria-label={t('logoTitle')} hidden />
          <Button ref={upload} busy={busy} onClick={() => picker.current?.click()}>
            {address === undefined ? t('logoUpload') : t('logoReplace')}
          </Button>
          {address !== undefined && (
            <Button variant="quiet" icon="trash" onClick={() => void remove()}>
              {t('logoRemove')}
            </Button>
          )}
        </div>
      </div>
      {said && (
        <Note tone="no" role="alert">
          {said}
        </Note>
      )}
    </Section>
  )
}
