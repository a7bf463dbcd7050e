import { useQueryClient } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useCommands } from '../lib/commands.ts'
import { useReader, useWords } from '../lib/i18n.tsx'
import { useMe, useWorkspace } from '../lib/session.ts'
import { chooseTheme } from '../lib/theme.ts'
import { buttonLook } from '../ui/button.tsx'
import { enterList } from '../ui/list.tsx'
import { useNotices } from '../ui/toast.tsx'
import { isDoor } from './door.ts'
import { useRooms } from './navigation.ts'
import { Rail } from './rail.tsx'
import { TabBar } from './tab-bar.tsx'
import { shellWords } from './words.ts'

const Banners = lazy(() => import('./banners.tsx').then((file) => ({ default: file.Banners })))
const Palette = lazy(() => import('./palette.tsx').then((file) => ({ default: file.Palette })))
const KeysDialog = lazy(() => import('./keys-dialog.tsx').then((file) => ({ default: file.KeysDialog })))

/** Everything around the work; without the second factor that a business asks for, the page alone on which one is set up. */
export function Shell() {
  const { asksSecondFactor, slug } = useWorkspace()
  const { href } = useLocation()
  if (!asksSecondFactor) return <WholeShell />
  if (!isDoor(href)) return <Navigate to="/w/$workspace/settings/security" params={{ workspace: slug }} replace />
  return (
    <main id="main" tabIndex={-1} className="h-dvh pt-[env(safe-area-inset-top)]">
      <Outlet />
    </main>
  )
}

/** Rooms, banners, palette, keys. */
function WholeShell() {
  const t = useWords(shellWords)
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  const typed = useRef('')
  const opener = useRef<Element>(null)
  const openPalette = () => {
    opener.current = document.activeElement
    setPalette(true)
  }
  useLive()
  useOwnLanguage()
  useShellCommands({ openPalette, openKeys: () => setKeys(true) })
  return (
    <div className="grid h-dvh pt-[env(safe-area-inset-top)] grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] desk:grid-cols-[auto_minmax(0,1fr)] desk:grid-rows-[minmax(0,1fr)]">
      <a href="#main" className={`${buttonLook()} fixed start-2 top-2 z-90 not-focus:sr-only`}>
        {t('skip')}
      </a>
      <Rail onSearch={openPalette} onHelp={() => setKeys(true)} />
      <div className="grid min-h-0 min-w-0 grid-rows-[auto_minmax(0,1fr)]">
        <div>
          <Suspense>
            <Banners />
          </Suspense>
        </div>
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0">
          <Outlet />
        </main>
      </div>
      <TabBar onSearch={openPalette} />
      <Suspense fallback={<TypedMeanwhile into={typed} />}>
        {palette && <Palette open onOpenChange={setPalette} typed={typed} opener={opener} />}
      </Suspense>
      <Suspense>{keys && <KeysDialog open onOpenChange={setKeys} />}</Suspense>
    </div>
  )
}

/** While the palette is on its way, whoever types on types into it and not into the keys of the room. */
function TypedMeanwhile({ into }: { readonly into: RefObject<string> }) {
  const t = useWords(shellWords)
  return (
    <input
      ref={(element) => element?.focus()}
      aria-label={t('search')}
      className="fixed top-0 opacity-0"
      onChange={({ target }) => {
        into.current = target.value
      }}
    />
  )
}

/** One stream of events for the workspace, as long as its shell stands. */
function useLive(): void {
  const queries = useQueryClient()
  const { id } = useWorkspace()
  useEffect(() => {
    let end: (() => void) | undefined
    let over = false
    // After the first screen, which does not wait for it. Without a line it is looked for again when there is one.
    const listen = () =>
      import('../lib/realtime.ts').then(
        ({ startRealtime }) => {
          if (!over) end = startRealtime(id, queries)
        },
        () => {
          if (!over) addEventListener('online', listen, { once: true })
        },
      )
    void listen()
    return () => {
      over = true
      removeEventListener('online', listen)
      end?.()
    }
  }, [id, queries])
}

/** Somebody who reads another language than this browser suggests reads hers, unless she chose one here. */
function useOwnLanguage(): void {
  const { user } = useMe()
  const { chosen, speak } = useReader()
  useEffect(() => {
    if (!chosen && user.locale) speak(user.locale, { keep: false })
  }, [chosen, user.locale, speak])
}

function useShellCommands({ openPalette, openKeys }: { readonly openPalette: () => void; readonly openKeys: () => void }): void {
  const t = useWords(shellWords)
  const navigate = useNavigate()
  const { slug, role } = useWorkspace()
  const { daily, foot } = useRooms()
  const notices = useNotices()
  const app = t('group/app')
  useCommands([
    { label: t('openPalette'), group: app, keys: 'mod+k', keysOnly: true, run: openPalette },
    { label: t('showKeys'), group: app, keys: '?', icon: 'keyboard', run: openKeys },
    { label: t('undoLast'), group: app, keys: 'z', keysOnly: true, run: notices.undoLast },
    { label: t('useLight'), group: app, icon: 'sun', run: () => chooseTheme('light') },
    { label: t('useDark'), group: app, icon: 'moon', words: ['night'], run: () => chooseTheme('dark') },
    { label: t('useSystem'), group: app, icon: 'device', run: () => chooseTheme('system') },
    { label: t('intoList'), group: t('group/list'), keys: 'j', keysOnly: true, run: enterList },
    { label: t('intoListBack'), group: t('group/list'), keys: 'k', keysOnly: true, run: enterList },
    ...[...daily, ...foot].map((room) => ({
      label: t('goTo', { room: t(`room/${room.key}`) }),
      group: t('group/go'),
      keys: `g ${room.key2}`,
      icon: room.icon,
      run: () => navigate({ to: room.to, params: { workspace: slug } }),
    })),
    ...(role === 'billing'
      ? []
      : [
          {
            label: t('myTasks'),
            group: t('group/go'),
            keys: 'g t',
            icon: 'check' as const,
            run: () => navigate({ to: '/w/$workspace/contacts/tasks', params: { workspace: slug }, search: {} }),
          },
        ]),
  ])
}
