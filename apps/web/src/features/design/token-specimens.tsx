import { Icon, type IconName } from '../../ui/icon.tsx'
import { iconShapes } from '../../ui/icon-shapes.ts'
import { Columns, Row, Specimen } from './specimen.tsx'

const neutral = Array.from({ length: 12 }, (_, step) => `--n-${step + 1}`)
const accent = [2, 3, 4, 6, 8, 9, 10, 11, 12].map((step) => `--a-${step}`)
const meanings = ['ok', 'wait', 'no', 'ai'] as const
const grounds = ['backdrop', 'surface', 'raised', 'sunken', 'selected'] as const

const types = [
  { size: '28/36', look: 'text-2xl font-strong', text: 'Book a visit' },
  { size: '20/28', look: 'text-xl font-strong', text: 'Siobhán Okonkwo-Reilly' },
  { size: '16/24', look: 'text-lg font-strong', text: 'Times are yours' },
  { size: '14/20', look: 'text-md', text: 'Could I move Friday’s cleaning to the afternoon?' },
  { size: '13/20', look: 'text-sm', text: 'Insurer verified, pre-approval on file' },
  { size: '12/16', look: 'text-xs', text: 'Due 11:00 · Dana' },
  { size: '11/16', look: 'text-2xs figures', text: '9:00 10:00 11:00' },
]

/** Colours, type and icons. */
export function TokenSpecimens() {
  return (
    <>
      <Specimen title="Colour" note="Screens use the roles, seldom the steps">
        <Columns>
          <Ramp name="Neutral" steps={neutral} />
          <Ramp name="Accent" steps={accent} />
        </Columns>
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,14rem),1fr))] gap-4">
          {meanings.map((meaning) => (
            <Ramp key={meaning} name={meaning} steps={['tint', 'line', 'mark', 'ink'].map((part) => `--${meaning}-${part}`)} />
          ))}
        </div>
        <div className="grid grid-cols-[repeat(auto-fit,minmax(8rem,1fr))] gap-2">
          {grounds.map((ground) => (
            <div key={ground} style={{ background: `var(--${ground})` }} className="grid gap-1 rounded-lg border border-line p-3 text-sm">
              <span>{ground}</span>
              <span className="text-ink-2">said beside</span>
              <span className="text-ink-3">whispered</span>
              <span className="text-link">link</span>
            </div>
          ))}
        </div>
        <Row>
          {[10, 45, 80, 125, 165, 200, 240, 275, 310, 345].map((hue) => (
            <span
              key={hue}
              data-hue
              style={{ '--h': hue }}
              className="rounded-xs bg-hue-tint px-1.5 py-0.5 text-xs font-medium text-hue-ink"
            >
              hue {hue}
            </span>
          ))}
        </Row>
      </Specimen>
      <Specimen title="Type" note="Inter; weights 430, 530, 620">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {types.map(({ size, look, text }) => (
            <div key={size} className="flex min-w-0 items-baseline gap-4">
              <span className="figures w-12 shrink-0 text-xs text-ink-3">{size}</span>
              <span className={`min-w-0 truncate ${look}`}>{text}</span>
            </div>
          ))}
        </div>
      </Specimen>
      <Specimen title="Icons" note="20 grid, 1.5 px, round">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-1">
          {Object.keys(iconShapes).map((name) => (
            <li key={name} className="grid justify-items-center gap-1 rounded-md p-2 text-2xs text-ink-3 hover:bg-hover">
              <Icon name={name as IconName} size="lg" className="text-ink" />
              {name}
            </li>
          ))}
        </ul>
      </Specimen>
    </>
  )
}

function Ramp({ name, steps }: { readonly name: string; readonly steps: readonly string[] }) {
  return (
    <div className="grid gap-1">
      <p className="text-xs text-ink-3">{name}</p>
      <div className="flex overflow-hidden rounded-md inset-ring inset-ring-line">
        {steps.map((step) => (
          <span key={step} title={step} style={{ background: `var(${step})` }} className="h-10 flex-1" />
        ))}
      </div>
    </div>
  )
}
