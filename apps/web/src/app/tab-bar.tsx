import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { useWorkspace } from '../lib/session.ts'
import { Icon } from '../ui/icon.tsx'
import { useRooms } from './navigation.ts'
import type { Room } from './rooms.ts'
import { shellWords } from './words.ts'

const MoreSheet = lazy(() => import('./more-sheet.tsx').then((file) => ({ default: file.MoreSheet })))

const tabLook =
  'grid h-full min-w-0 flex-1 content-center justify-items-center gap-0.5 text-2xs font-medium text-ink-2 no-underline focus-visible:-outline-offset-2 aria-[current=page]:text-link'

/** The rooms on the phone: four along the bottom, the rest behind "More". */
export function TabBar({ onSearch }: { readonly onSearch: () => void }) {
  const t = useWords(shellWords)
  const { bar } = useRooms()
  const [open, setOpen] = useState(false)
  return (
    <nav aria-label={t('rooms')} className="border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] desk:hidden">
      <div className="flex h-bar">
        {bar.map((room) => (
          <TabLink key={room.key} room={room} />
        ))}
        <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)} className={tabLook}>
          <Icon name="more" size="lg" />
          {t('more')}
        </button>
      </div>
      <Suspense>{open && <MoreSheet open onOpenChange={setOpen} onSearch={onSearch} />}</Suspense>
    </nav>
  )
}

function TabLink({ room }: { readonly room: Room }) {
  const t = useWords(shellWords)
  const { slug } = useWorkspace()
  return (
    <Link to={room.to} params={{ workspace: slug }} className={tabLook}>
      <Icon name={room.icon} size="lg" />
      <span className="max-w-full truncate">{t(`room/${room.key}`)}</span>
    </Link>
  )
}
