import { type ComponentType, cloneElement, type KeyboardEvent, lazy, type ReactElement, Suspense, useState } from 'react'

type Popup = 'menu' | 'dialog'

type Opener = {
  onClick?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: Popup
  'aria-expanded'?: boolean
}

type Trigger = { readonly trigger: ReactElement<Opener> }

/** A menu, or a popover, that gets its button as `trigger` and opens at once; write it with `Menu` or `Popover` and `startOpen`. */
export type DemandedMenu<Props = unknown> = ComponentType<Props & { readonly trigger: ReactElement }>

/** Prepares a menu that is loaded when somebody points at its button, and drawn when she presses it. Call it once, outside of components. A popover is a `dialog`. */
export function onDemandMenu<Props = unknown>(
  load: () => Promise<DemandedMenu<Props>>,
  popup: Popup = 'menu',
): (props: Props & Trigger) => ReactElement {
  const Demanded = lazy(() => load().then((menu) => ({ default: menu })))
  return (props) => (
    <OpensOnDemand trigger={props.trigger} popup={popup} preload={() => void load()}>
      <Demanded {...props} />
    </OpensOnDemand>
  )
}

type OpensOnDemandProps = Trigger & { readonly popup: Popup; readonly preload: () => void; readonly children: ReactElement }

function OpensOnDemand({ trigger, popup, preload, children }: OpensOnDemandProps) {
  const [wanted, setWanted] = useState(false)
  const open = () => setWanted(true)
  const button = cloneElement(trigger, {
    onClick: open,
    onKeyDown: (event) => {
      if (popup === 'menu' && event.key === 'ArrowDown') open()
    },
    onPointerEnter: preload,
    onFocus: preload,
    'aria-haspopup': popup,
    'aria-expanded': false,
  })
  return wanted ? <Suspense fallback={button}>{children}</Suspense> : button
}
