import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../ui/menu.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { EndpointSheet } from './endpoint-sheet.tsx'
import type { Endpoint } from './queries.ts'
import { ReplayDialog } from './replay-dialog.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { webhookWords } from './words.ts'

type Open = 'edit' | 'remove' | 'rotate' | 'replay' | undefined

/** What can be done with one address. */
export function EndpointActs({ endpoint }: { readonly endpoint: Endpoint }) {
  const t = useWords(webhookWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug: workspace } = useWorkspace()
  const [open, setOpen] = useState<Open>()
  const [secret, setSecret] = useState<string>()
  const params = { endpointId: endpoint.id }

  const act = async (work: () => Promise<unknown>, done?: string) => {
    setOpen(undefined)
    try {
      await work()
      if (done) notices.show({ tone: 'ok', text: done })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      void queries.invalidateQueries({ queryKey: ['webhooks'] })
    }
  }
  const toggle = (enabled: boolean) =>
    act(
      () => call('PATCH /webhook-endpoints/{endpointId}', { params, version: endpoint.version, body: { enabled } }),
      enabled ? t('switchedOn') : t('switchedOff'),
    )
  const remove = () =>
    act(async () => {
      await call('DELETE /webhook-endpoints/{endpointId}', { params })
      await navigate({ to: '/w/$workspace/settings/webhooks', params: { workspace } })
    }, t('removed'))
  return (
    <>
      {endpoint.enabled ? (
        <Button icon="send" onClick={() => void act(() => call('POST /webhook-endpoints/{endpointId}/test', { params }), t('tested'))}>
          {t('test')}
        </Button>
      ) : (
        <Button variant="solid" icon="play" onClick={() => void toggle(true)}>
          {t('switchOn')}
        </Button>
      )}
      <Menu trigger={<IconButton name={t('more')} icon="more" tip="none" />}>
        <MenuItem icon="edit" onSelect={() => setOpen('edit')}>
          {t('edit')}
        </MenuItem>
        {endpoint.enabled && (
          <MenuItem icon="refresh" onSelect={() => setOpen('replay')}>
            {t('replay')}
          </MenuItem>
        )}
        <MenuItem
          icon="eye"
          onSelect={() =>
            void act(
              async () => setSecret((await call('POST /webhook-endpoints/{endpointId}/secret', { params })).secret),
              t('secretShown'),
            )
          }
        >
          {t('secretShow')}
        </MenuItem>
        <MenuItem icon="key" onSelect={() => setOpen('rotate')}>
          {t('secretRotate')}
        </MenuItem>
        {endpoint.enabled && (
          <MenuItem icon="pause" onSelect={() => void toggle(false)}>
            {t('switchOff')}
          </MenuItem>
        )}
        <MenuItem icon="trash" danger onSelect={() => setOpen('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      {open === 'edit' && (
        <EndpointSheet
          endpoint={endpoint}
          onClose={() => setOpen(undefined)}
          onChanged={() => void act(async () => undefined, t('changed'))}
        />
      )}
      {open === 'replay' && <ReplayDialog endpoint={endpoint} onClose={() => setOpen(undefined)} />}
      <ConfirmDialog
        open={open === 'rotate'}
        onOpenChange={() => setOpen(undefined)}
        title={t('secretRotateAsk')}
        description={t('secretRotateText')}
        action={t('secretRotate')}
        onConfirm={() =>
          void act(async () => setSecret((await call('POST /webhook-endpoints/{endpointId}/secret/rotate', { params })).secret))
        }
      />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={() => setOpen(undefined)}
        title={t('removeAsk', { url: endpoint.url })}
        description={t('removeText')}
        action={t('remove')}
        onConfirm={() => void remove()}
      />
      {secret !== undefined && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </>
  )
}
