import { useRouter } from '@tanstack/react-router'
import { Command as Cmdk } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { type RefObject, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Command, onMac, shownKeys, useCommandList } from '../lib/commands.ts'
import { useReader, useWords } from '../lib/i18n.tsx'
import { useWorkspace } from '../lib/session.ts'
import { useDialogFocus } from '../ui/dialog-focus.ts'
import { Icon } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Name } from '../ui/name.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { menuWords } from './menu-words.ts'
import { fits } from './palette-match.ts'
import { type FoundItem, paletteSources, type Searcher } from './palette-sources.ts'
import { shellWords } from './words.ts'

/** How long the fingers rest before the server is asked. */
const REST_MS = 140

/** What `Palette` is given. */
export type PaletteProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** What was typed while it was loaded; taken out of here when it opens. */
  readonly typed: RefObject<string>
  /** What gets the focus back. */
  readonly opener: RefObject<Element | null>
}

/** Everything by typing: people first, then places and acts, then pages of privacy and of the settings. */
export function Palette({ open, onOpenChange, typed, opener }: PaletteProps) {
  const shell = useWords(shellWords)
  const focus = useDialogFocus(opener)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          {...focus}
          className="fixed inset-x-0 z-50 mx-auto grid animate-rise overflow-hidden bg-raised shadow-float focus:outline-none desk:top-[12vh] desk:max-w-140 desk:rounded-lg phone:inset-y-0 phone:grid-rows-[minmax(0,1fr)] forced-colors:border"
        >
          <Radix.Title className="sr-only">{shell('search')}</Radix.Title>
          <PaletteBody typed={typed} onDone={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function PaletteBody({ typed, onDone }: Pick<PaletteProps, 'typed'> & { readonly onDone: () => void }) {
  const t = useWords(menuWords)
  const shell = useWords(shellWords)
  const { history } = useRouter()
  const { slug, role } = useWorkspace()
  const reader = useReader()
  const [text, setText] = useState(typed.current)
  const input = useRef<HTMLInputElement>(null)
  // At once, so that no letter falls between what stood in for the palette and the palette.
  useLayoutEffect(() => {
    setText(typed.current)
    typed.current = ''
    input.current?.focus()
  }, [typed])
  const wanted = useDeferredValue(text.trim())
  const { found, busy } = useFound(wanted, { reader, role })
  const [chosen, setChosen] = useState('')
  const commands = useCommandList().filter((command) => !command.keysOnly && fits(wanted, [command.label, ...(command.words ?? [])]))
  // Newest first: what belongs to the screen stands before what is always there.
  const groups = Map.groupBy(commands.toReversed(), (command) => command.group)

  // What was found late still stands first, so it is what Enter opens.
  const first =
    found.get('contacts')?.[0]?.id ?? (commands.length === 0 ? (found.get('privacy') ?? found.get('settings'))?.[0]?.id : undefined)
  useEffect(() => {
    if (first) setChosen(first)
  }, [first])

  const run = (act: () => unknown) => {
    onDone()
    act()
  }
  return (
    <Cmdk
      data-body
      label={shell('search')}
      shouldFilter={false}
      loop
      value={chosen}
      onValueChange={setChosen}
      className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        {busy ? <Spinner className="text-ink-3" /> : <Icon name="search" className="text-ink-3" />}
        <Cmdk.Input
          ref={input}
          value={text}
          onValueChange={setText}
          placeholder={t('paletteHint')}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
        <span className="desk:hidden">
          <button type="button" onClick={onDone} className="h-11 px-1 text-sm text-link">
            {shell('cancel')}
          </button>
        </span>
        <Kbd>Esc</Kbd>
      </div>
      <Cmdk.List className="scroll-calm max-h-[min(26rem,60vh)] overflow-auto overscroll-contain p-1 phone:max-h-none">
        {!busy && (
          <Cmdk.Empty className="px-4 py-8 text-center text-sm text-ink-2">
            {wanted ? t('paletteNone', { text: wanted }) : t('paletteHint')}
          </Cmdk.Empty>
        )}
        <FoundGroup heading="contacts" found={found} onOpen={(path) => run(() => history.push(`/w/${slug}/${path}`))} />
        {[...groups].map(([heading, members]) => (
          <Cmdk.Group key={heading} heading={heading} className={groupLook}>
            {members.toReversed().map((command) => (
              <CommandItem key={command.label} command={command} onRun={() => run(command.run)} />
            ))}
          </Cmdk.Group>
        ))}
        <FoundGroup heading="privacy" found={found} onOpen={(path) => run(() => history.push(`/w/${slug}/${path}`))} />
        <FoundGroup heading="settings" found={found} onOpen={(path) => run(() => history.push(`/w/${slug}/${path}`))} />
      </Cmdk.List>
      <footer className="flex gap-4 border-t border-line px-4 py-2 text-xs text-ink-3 phone:hidden">
        <span>{t('paletteMove')}</span>
        <span>{t('paletteOpen')}</span>
        <span>{t('paletteClose')}</span>
      </footer>
    </Cmdk>
  )
}

function FoundGroup({
  heading,
  found,
  onOpen,
}: {
  readonly heading: FoundItem['heading']
  readonly found: Found
  readonly onOpen: (path: string) => void
}) {
  const t = useWords(menuWords)
  const items = found.get(heading) ?? []
  if (items.length === 0) return null
  return (
    <Cmdk.Group heading={t(`found/${heading}`)} className={groupLook}>
      {items.map((item) => (
        <Cmdk.Item key={item.id} value={item.id} className={itemLook} onSelect={() => onOpen(item.path)}>
          {item.lead}
          <Name cut className="flex-1">
            {item.label}
          </Name>
          {item.note && <span className="max-w-1/2 truncate text-xs text-ink-3">{item.note}</span>}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}

const groupLook =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3'
const itemLook =
  'flex min-h-9 cursor-default items-center gap-3 rounded-md px-3 py-1 text-sm data-[selected=true]:bg-fill phone:min-h-12 forced-colors:data-[selected=true]:outline-2'

function CommandItem({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  return (
    <Cmdk.Item value={`${command.group}/${command.label}`} onSelect={onRun} className={itemLook}>
      <Icon name={command.icon ?? 'arrowRight'} className="mx-1 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.keys && shownKeys(command.keys, onMac()).map((part) => <Kbd key={part}>{part}</Kbd>)}
    </Cmdk.Item>
  )
}

type Found = ReadonlyMap<FoundItem['heading'], readonly FoundItem[]>
const NOTHING: Found = new Map()

/** Asks every source once the fingers rest; a newer question drops the older one. */
function useFound(text: string, who: Searcher): { readonly found: Found; readonly busy: boolean } {
  const asks = useRef(who)
  asks.current = who
  const [answer, setAnswer] = useState<{ readonly text: string; readonly found: Found }>({ text: '', found: NOTHING })
  useEffect(() => {
    if (text.length < 2) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const lists = await Promise.all(
        paletteSources.map((load) =>
          load()
            .then((search) => search(text, stop.signal, asks.current))
            // A source that fails leaves the others alone; its room says why when one goes there.
            .catch((): readonly FoundItem[] => []),
        ),
      )
      if (!stop.signal.aborted) setAnswer({ text, found: Map.groupBy(lists.flat(), (item) => item.heading) })
    }, REST_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [text])
  return text.length < 2 ? { found: NOTHING, busy: false } : { found: answer.found, busy: answer.text !== text }
}
