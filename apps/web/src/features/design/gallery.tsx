import { useEffect, useState } from 'react'
import { useTheme } from '../../lib/theme.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { ButtonSpecimens } from './button-specimens.tsx'
import { DataSpecimens } from './data-specimens.tsx'
import { FieldSpecimens } from './field-specimens.tsx'
import { FloatSpecimens } from './float-specimens.tsx'
import { TokenSpecimens } from './token-specimens.tsx'
import { WaitingSpecimens } from './waiting-specimens.tsx'

/** Every component in its states. English only: it is for those who build screens. `?dir=rtl` turns it round. */
export function Gallery() {
  const [theme, chooseTheme] = useTheme()
  const [direction, setDirection] = useState<'ltr' | 'rtl'>(() =>
    new URLSearchParams(location.search).get('dir') === 'rtl' ? 'rtl' : 'ltr',
  )
  useEffect(() => {
    const before = document.documentElement.dir
    document.documentElement.dir = direction
    return () => {
      document.documentElement.dir = before
    }
  }, [direction])
  return (
    <main id="main" className="mx-auto grid max-w-288 grid-cols-[minmax(0,1fr)] gap-10 px-6 pt-8 pb-16 phone:px-4" lang="en">
      <title>Design system · Frontdesk</title>
      <header className="flex flex-wrap items-start gap-4">
        <div className="grid min-w-64 flex-1 gap-1">
          <h1 tabIndex={-1} className="text-2xl">
            Frontdesk design system
          </h1>
          <p className="max-w-[60ch] text-ink-2">Calm, dense, quick. Every piece the screens are made of, as it is.</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <SegmentedControl
            label="Theme"
            value={theme}
            onChange={chooseTheme}
            options={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
          <SegmentedControl
            label="Direction"
            value={direction}
            onChange={setDirection}
            options={[
              { value: 'ltr', label: 'LTR' },
              { value: 'rtl', label: 'RTL' },
            ]}
          />
        </div>
      </header>
      <TokenSpecimens />
      <ButtonSpecimens />
      <FieldSpecimens />
      <DataSpecimens />
      <WaitingSpecimens />
      <FloatSpecimens />
    </main>
  )
}
