import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Service, serviceQuery } from './queries.ts'
import { servicesWords } from './words.ts'

/** Pausing, putting away and bringing back; each is taken back with one key. */
export function ServiceMenu({ service }: { readonly service: Service }) {
  const t = useWords(servicesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const params = { serviceId: service.id }
  const take = async (answer: Promise<Service>): Promise<Service> => {
    const changed = await answer
    queries.setQueryData(serviceQuery(changed.id).queryKey, changed)
    void queries.invalidateQueries({ queryKey: ['scheduling'] })
    return changed
  }
  const setActive = (active: boolean, version: number) => take(call('PATCH /services/{serviceId}', { params, body: { active }, version }))
  const act = async (text: string, run: () => Promise<Service>, undo: (changed: Service) => Promise<Service>) => {
    try {
      const changed = await run()
      notices.show({ text, undo: () => undo(changed) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const pause = () =>
    act(
      t(service.active ? 'pausedDone' : 'resumedDone', { name: service.name }),
      () => setActive(!service.active, service.version),
      (changed) => setActive(service.active, changed.version),
    )
  const archive = () =>
    act(
      t('archivedDone', { name: service.name }),
      () => take(call('DELETE /services/{serviceId}', { params, version: service.version })),
      () => take(call('POST /services/{serviceId}/restore', { params })),
    )
  const restore = () =>
    act(
      t('restoredDone', { name: service.name }),
      () => take(call('POST /services/{serviceId}/restore', { params })),
      (changed) => take(call('DELETE /services/{serviceId}', { params, version: changed.version })),
    )
  if (service.archivedAt) {
    return (
      <Button icon="undo" onClick={() => void restore()}>
        {t('restore')}
      </Button>
    )
  }
  return (
    <Menu trigger={<IconButton name={t('more')} icon="more" tip="none" />}>
      <MenuItem icon={service.active ? 'pause' : 'play'} onSelect={() => void pause()}>
        {service.active ? t('pause') : t('resume')}
      </MenuItem>
      <MenuItem icon="archive" onSelect={() => void archive()}>
        {t('archive')}
      </MenuItem>
    </Menu>
  )
}
