import { type ComponentType, cloneElement, type KeyboardEvent, lazy, type ReactElement, Suspense, useState } from 'react'

type Opener = {
  onClick?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}

/** A menu that gets its button as `trigger` and opens at once; write it with `Menu` and `startOpen`. */
export type DemandedMenu = ComponentType<{ readonly trigger: ReactElement }>

/** Prepares a menu that is loaded when somebody points at its button, and drawn when she presses it. Call it once, outside of components. */
export function onDemandMenu(load: () => Promise<DemandedMenu>): (props: { readonly trigger: ReactElement<Opener> }) => ReactElement {
  const Demanded = lazy(() => load().then((menu) => ({ default: menu })))
  return ({ trigger }) => <Button trigger={trigger} menu={Demanded} preload={() => void load()} />
}

type ButtonProps = { readonly trigger: ReactElement<Opener>; readonly menu: DemandedMenu; readonly preload: () => void }

function Button({ trigger, menu: Demanded, preload }: ButtonProps) {
  const [wanted, setWanted] = useState(false)
  const open = () => setWanted(true)
  const button = cloneElement(trigger, {
    onClick: open,
    onKeyDown: (event) => {
      if (event.key === 'ArrowDown') open()
    },
    onPointerEnter: preload,
    onFocus: preload,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  })
  return wanted ? (
    <Suspense fallback={button}>
      <Demanded trigger={trigger} />
    </Suspense>
  ) : (
    button
  )
}
